"""Imports, undo, erasure, merges and edits in any order: what holds whatever comes first."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine
from sqlmodel import col, select

from ambassador.errors import AmbassadorError
from ambassador.services.doctor import examine
from ambassador.services.imports.import_files import ImportOptions
from ambassador.services.imports.undo_import import list_imports, undo_import
from ambassador.services.mentions.refresh import bring_up_to_date
from ambassador.services.networks import describe_rung
from ambassador.services.people.edit_people import archive_people, edit_people, restore_people
from ambassador.services.people.erase_person import erase_person
from ambassador.services.people.merge_people import merge_people, undo_merge
from ambassador.services.people.people import list_people
from ambassador.services.work import UnitOfWork
from ambassador.store.cascades.parents import has_unresolved
from ambassador.store.database import open_engine
from ambassador.store.forecasts.evidence import count_evidence
from ambassador.store.kept import _kept
from ambassador.store.networks.networks import read_tie_ends
from ambassador.store.networks.tie_views import out_degrees
from ambassador.store.people.past_results import count_mentions
from ambassador.store.tables.people import Account, Person
from ambassador.values.doctor import FaultKind
from ambassador.values.imports.imports import AS_LISTED
from ambassador.values.people.people import PersonEdit
from ambassador.values.status import ImportKind
from tests.conftest import NOW
from tests.databases import copy_sqlite, empty
from tests.everything import differences, everything
from tests.naive import listing
from tests.services.brought import bring

NAMES = ("zelda7", "quinto7", "brunhild7", "ottavio7")
"""Handles that occur in nothing else."""
_PEOPLE = "handle,platform,name,followers,city\n"
_POSTS = "post_id,author,platform,posted_at,parent_id,kind,text,author_followers\n"
_TIES = "source,target,platform\n"
FILES = (
    (
        ImportKind.PEOPLE,
        _PEOPLE + "".join(f"{n},x,{n.title()} Rossi,{100 + i},Rome\n" for i, n in enumerate(NAMES)),
    ),
    (ImportKind.PEOPLE, _PEOPLE + f"{NAMES[0]},x,{NAMES[0].title()} Rossi,900,Milan\n{NAMES[2]},x,,7,\n"),
    (
        ImportKind.MENTIONS,
        _POSTS
        + f"p1,{NAMES[0]},x,2026-05-01T10:00:00Z,,original,look #q1,100\n"
        + f"p2,{NAMES[1]},x,2026-05-01T11:00:00Z,p1,reply,thanks @{NAMES[0]},50\n"
        + f"p3,{NAMES[2]},x,2026-05-01T12:00:00Z,p1,repost,RT @{NAMES[0]}: look #q1,\n",
    ),
    (
        ImportKind.MENTIONS,
        _POSTS
        + f"p2,{NAMES[1]},x,2026-05-01T11:00:00Z,p1,reply,thanks @{NAMES[0]},61\n"
        + f"p4,{NAMES[3]},x,2026-05-02T11:00:00Z,p2,reply,so true @{NAMES[1]},5\n",
    ),
    (ImportKind.TIES, _TIES + "".join(f"{a},{b},x\n" for a in NAMES for b in NAMES if a < b)),
)
"""What a marketer might bring: lists, a newer list, exports that overlap, who follows whom."""


OPTIONS = ImportOptions(answers={"direction": AS_LISTED})
_OF_THE_FOLDER = frozenset({FaultKind.BACKUP, FaultKind.UNKNOWN_FILE})


def shown(work: UnitOfWork) -> tuple[object, ...]:
    """Read what pages keep until something changes."""
    return list_people(work), describe_rung(work)


class AnyOrder(RuleBasedStateMachine):
    """One workspace; what was erased must never be seen again, and undo at once is as if nothing had been."""

    work: ClassVar[UnitOfWork]

    def __init__(self) -> None:
        super().__init__()
        self.merges: list[tuple[int, ...]] = []
        self.erased: set[str] = set()

    @rule(number=st.integers(0, len(FILES) - 1))
    def bring_a_file(self, number: int) -> None:
        kind, content = FILES[number]
        with allowed():
            bring(self.work, kind, content, OPTIONS, name=f"file-{number}.csv")

    @rule(number=st.integers(0, len(FILES) - 1))
    def bring_a_file_and_take_it_back(self, number: int) -> None:
        before, kind = everything(self.work), FILES[number][0]
        report = bring(self.work, kind, FILES[number][1], OPTIONS, name=f"file-{number}.csv")
        if report.batch_id:
            undo_import(self.work, report.batch_id)
        bring_up_to_date(self.work)
        after = everything(self.work)
        assert after == before, differences(before, after)

    @precondition(lambda self: self.standing())
    @rule(choice=st.integers(0, 99))
    def take_an_import_back(self, choice: int) -> None:
        standing = self.standing()
        with allowed():
            undo_import(self.work, standing[choice % len(standing)])

    @precondition(lambda self: self.people())
    @rule(choice=st.integers(0, 99))
    def erase_somebody(self, choice: int) -> None:
        people = self.people()
        person = people[choice % len(people)]
        handles = self.handles_of(person)
        with allowed():
            erase_person(self.work, person)
            self.erased |= handles

    @precondition(lambda self: len(self.people()) > 1)
    @rule(choice=st.integers(0, 99))
    def merge_two(self, choice: int) -> None:
        people = self.people()
        keep, other = people[choice % len(people)], people[(choice + 1) % len(people)]
        with allowed():
            self.merges.append(merge_people(self.work, keep, [other]))

    @precondition(lambda self: self.merges)
    @rule()
    def part_them_again(self) -> None:
        with allowed():
            undo_merge(self.work, self.merges.pop())

    @precondition(lambda self: self.people())
    @rule(choice=st.integers(0, 99), city=st.sampled_from(["Turin", "Naples", ""]))
    def edit_somebody(self, choice: int, city: str) -> None:
        people = self.people()
        with allowed():
            edit_people(self.work, [PersonEdit(people[choice % len(people)], {"city": city}, {})])

    @precondition(lambda self: self.people())
    @rule(choice=st.integers(0, 99))
    def archive_and_restore(self, choice: int) -> None:
        person = self.people()[choice % len(self.people())]
        with allowed():
            archive_people(self.work, [person])
            restore_people(self.work, [person])

    @invariant()
    def what_lists_show_is_what_counting_row_by_row_gives(self) -> None:
        bring_up_to_date(self.work)
        with self.work.reading() as session:
            held = count_evidence(session)
            assert out_degrees(session) == listing.out_degrees(session)
            assert count_mentions(session) == listing.count_mentions(session)
            assert list(zip(*map(list, read_tie_ends(session)), strict=True)) == listing.tie_ends(session)
            assert held.tied_accounts == listing.tied_accounts(session)
            assert (held.mentions, held.reactions) == listing.posts_and_reactions(session)
            assert not has_unresolved(session)

    @invariant()
    def what_is_kept_is_what_would_be_built_anew(self) -> None:
        kept = shown(self.work)
        _kept.pop(self.work.engine, None)
        assert shown(self.work) == kept

    @invariant()
    def nobody_erased_is_seen(self) -> None:
        bring_up_to_date(self.work)
        left = repr(everything(self.work, imports=True)).casefold()
        assert [name for name in self.erased if name in left] == []

    def teardown(self) -> None:
        bring_up_to_date(self.work)
        found = examine(self.work.engine.url.render_as_string(hide_password=False)).faults
        assert [fault for fault in found if fault.kind not in _OF_THE_FOLDER] == []

    def standing(self) -> list[int]:
        return [batch.id for batch in list_imports(self.work) if batch.undone_at is None]

    def people(self) -> list[int]:
        with self.work.reading() as session:
            here = select(col(Person.id)).where(
                col(Person.erased_at).is_(None), col(Person.archived_at).is_(None)
            )
            return [number for number in session.exec(here.order_by(col(Person.id))).all() if number]

    def handles_of(self, person: int) -> set[str]:
        with self.work.reading() as session:
            return set(
                session.exec(select(col(Account.handle)).where(col(Account.person_id) == person)).all()
            )


@contextmanager
def allowed() -> Iterator[None]:
    """Let the program refuse in its own words; anything else is a fault."""
    try:
        yield
    except AmbassadorError:
        return


def _run(work: UnitOfWork, *, clear: Callable[[], object], examples: int) -> None:
    class Machine(AnyOrder):
        def __init__(self) -> None:
            clear()
            super().__init__()

    Machine.work = work
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.reuse, Phase.generate],  # making a case smaller takes minutes
        ),
    )


def test_any_order_on_sqlite(sqlite_template: Path, tmp_path: Path) -> None:
    url = copy_sqlite(sqlite_template, tmp_path)
    work = UnitOfWork(open_engine(url), "tester", lambda: NOW)

    def clear() -> None:
        work.engine.dispose()
        for path in tmp_path.iterdir():
            path.unlink()
        copy_sqlite(sqlite_template, tmp_path)

    _run(work, clear=clear, examples=8)
    work.engine.dispose()


def test_any_order_on_postgresql(postgresql_engine: Engine) -> None:
    work = UnitOfWork(postgresql_engine, "tester", lambda: NOW)
    _run(work, clear=lambda: empty(postgresql_engine), examples=3)

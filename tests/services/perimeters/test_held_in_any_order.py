"""A perimeter holds what reading every post finds: whatever comes, is edited, taken back or erased."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from sqlalchemy import Engine
from sqlmodel import col, select

from ambassador.errors import AmbassadorError
from ambassador.services.imports.undo_import import list_imports, undo_import
from ambassador.services.mentions.mentions import find_mentions, list_mentions
from ambassador.services.mentions.paste_mention import paste_mention
from ambassador.services.people.erase_person import erase_person
from ambassador.services.people.merge_people import merge_people
from ambassador.services.perimeters import add_perimeter, count_perimeters, edit_perimeter, filter_of
from ambassador.services.perimeters.perimeters import draft_of
from ambassador.services.undo import take_back
from ambassador.services.work import UnitOfWork
from ambassador.store.database import open_engine
from ambassador.store.tables.people import Account, Person
from ambassador.values.mentions.mentions import MOST_COUNTED, MentionFilter, PastedMention
from ambassador.values.mentions.perimeter_rules import PerimeterRule
from ambassador.values.perimeters import PerimeterDraft, PerimeterKind, PerimeterRef
from ambassador.values.status import ImportKind
from tests.conftest import NOW
from tests.databases import copy_sqlite, empty
from tests.naive.watching import held
from tests.services.brought import bring

NAMES = ("nina", "bea", "ugo", "leo.neri")
TEXTS = (
    "la Brezza è bellissima #Q1",
    "le brezze! so light @nina",
    "PERCHÉ so light? #q1 rumore",
    "camera of the other brand @leo.neri",
    "cameras 😍",
    "",
)
LANGUAGES = ("", "it", "it-IT", "en", "en, it")
POST = st.tuples(
    st.integers(0, 9),
    st.sampled_from(NAMES),
    st.sampled_from(("x", "instagram")),
    st.sampled_from(TEXTS),
    st.sampled_from(LANGUAGES),
)


def some(*words: str, most: int = 2) -> Any:
    return st.lists(st.sampled_from(words), max_size=most, unique=True).map(tuple)


RULE = st.builds(
    PerimeterRule,
    words=some("brezza", "perche", "so light", "cam*", "😍", "camera"),
    hashtags=some("#q1", "#altro"),
    accounts=some("nina", "x:nina", "instagram:leo.neri", "ugo", "x:nobody at all"),
    languages=some("it", "en"),
    exclude_words=some("rumore", "other brand"),
    everything=st.just(True),
)


class HeldInAnyOrder(RuleBasedStateMachine):
    """One workspace with two perimeters."""

    work: ClassVar[UnitOfWork]

    def __init__(self) -> None:
        super().__init__()
        self.refs: list[PerimeterRef] = []
        self.done: list[Any] = []
        for name, one in (("Brand", PerimeterRule(("brezza",))), ("Nina", PerimeterRule(accounts=("nina",)))):
            self.refs.append(add_perimeter(self.work, PerimeterDraft(name, PerimeterKind.BRAND, one)))

    @rule(posts=st.lists(POST, min_size=1, max_size=6))
    def posts_come(self, posts: list[Any]) -> None:
        lines = [
            f'p{number},{author},{platform},2026-05-02T0{number}:00:00Z,"{language}","{text}"'
            for number, author, platform, text, language in posts
        ]
        with suppress(AmbassadorError):
            heading = "post_id,author,platform,posted_at,language,text\n"
            bring(self.work, ImportKind.MENTIONS, heading + "\n".join(lines) + "\n")

    @rule(number=st.integers(0, 99), name=st.sampled_from(NAMES), text=st.sampled_from(TEXTS))
    def a_post_is_pasted(self, number: int, name: str, text: str) -> None:
        noting = self.work.noting()
        with suppress(AmbassadorError):
            what = PastedMention(platform="x", handle=name, text=text)
            paste_mention(noting, what, f"form-{number}")
            self.done.append(noting.kept or [])

    @rule(which=st.integers(0, 1), wanted=RULE)
    def a_perimeter_is_edited(self, which: int, wanted: PerimeterRule) -> None:
        noting, ref = self.work.noting(), self.refs[which]
        now = draft_of(self.work, ref)
        with suppress(AmbassadorError):
            edit_perimeter(noting, ref, PerimeterDraft(now.name, now.kind, wanted), now)
            self.done.append(noting.kept or [])

    @precondition(lambda self: self.done)
    @rule()
    def it_is_taken_back(self) -> None:
        with suppress(AmbassadorError):
            take_back(self.work, self.done.pop())

    @rule(choice=st.integers(0, 9))
    def an_import_is_taken_back(self, choice: int) -> None:
        standing = [batch.id for batch in list_imports(self.work) if batch.undone_at is None]
        if standing:
            with suppress(AmbassadorError):
                undo_import(self.work, standing[choice % len(standing)])

    @rule(name=st.sampled_from(NAMES))
    def somebody_comes(self, name: str) -> None:
        with suppress(AmbassadorError):
            bring(self.work, ImportKind.PEOPLE, f"handle,platform,name\n{name},x,{name.title()} Verdi\n")

    @rule(choice=st.integers(0, 9), both=st.booleans())
    def somebody_is_erased_or_two_are_one(self, choice: int, both: bool) -> None:
        people = self.people()
        with suppress(AmbassadorError):
            if both and len(people) > 1:
                merge_people(self.work, people[choice % len(people)], [people[(choice + 1) % len(people)]])
            elif people:
                erase_person(self.work, people[choice % len(people)])

    @rule()
    def it_is_looked_at(self) -> None:
        self.right()

    def teardown(self) -> None:
        self.right()

    def right(self) -> None:
        counted = {one.card.ref: one.mentions for one in count_perimeters(self.work).perimeters}
        for ref in self.refs:
            rule_now = draft_of(self.work, ref).rule
            with self.work.engine.connect() as connection:
                expected = held(connection, rule_now)
            wanted = filter_of(self.work, ref)
            for found in (list_mentions(self.work, wanted), find_mentions(self.work, wanted)):
                assert {row.id for row in found.rows} == expected, rule_now
                assert found.found == len(expected)
            assert counted[ref] == len(expected)

    def people(self) -> list[int]:
        with self.work.reading() as session:
            here = select(Person.id).join(Account, col(Account.person_id) == Person.id)
            here = here.where(col(Person.erased_at).is_(None)).distinct().order_by(col(Person.id))
            return [number for number in session.exec(here) if number]


def run(work: UnitOfWork, *, clear: Callable[[], object], examples: int) -> None:
    """Try so many ways, each in an empty workspace."""

    class Machine(HeldInAnyOrder):
        def __init__(self) -> None:
            clear()
            super().__init__()

    Machine.work = work
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
        ),
    )


def test_held_in_any_order_on_sqlite(sqlite_template: Path, tmp_path: Path) -> None:
    work = UnitOfWork(open_engine(copy_sqlite(sqlite_template, tmp_path)), "tester", lambda: NOW)

    def clear() -> None:
        work.engine.dispose()
        for path in tmp_path.iterdir():
            path.unlink()
        copy_sqlite(sqlite_template, tmp_path)

    run(work, clear=clear, examples=8)
    work.engine.dispose()


def test_held_in_any_order_on_postgresql(postgresql_engine: Engine) -> None:
    work = UnitOfWork(postgresql_engine, "tester", lambda: NOW)
    run(work, clear=lambda: empty(postgresql_engine), examples=3)


def test_a_search_joins_a_perimeter_and_long_lists_are_walked(work: UnitOfWork, monkeypatch: Any) -> None:
    lines = "post_id,author,platform,posted_at,language,text\n" + "\n".join(
        f"p{n},{NAMES[n % 4]},{'x' if n % 3 else 'instagram'},2026-05-02T0{n % 10}:00:00Z,"
        f'"{LANGUAGES[n % 5]}","{TEXTS[n % 6]}"'
        for n in range(60)
    )
    bring(work, ImportKind.MENTIONS, lines + "\n")
    for wanted in (
        PerimeterRule(words=("brezza", "cam*"), accounts=("instagram:nina",), exclude_words=("rumore",)),
        PerimeterRule(accounts=("x:leo.neri", "ugo"), languages=("it",)),
        PerimeterRule(languages=("en",), exclude_words=("other brand",)),
        PerimeterRule(exclude_words=("so light",), everything=True),
    ):
        with work.engine.connect() as connection:
            expected = held(connection, wanted)
            said = held(connection, PerimeterRule(words=("perche", "cameras")))
        asked = MentionFilter(perimeter=wanted)
        for counted in (MOST_COUNTED, 0):  # 0: as where an index finds too many
            monkeypatch.setattr("ambassador.services.mentions.mentions.MOST_COUNTED", counted)
            assert {row.id for row in find_mentions(work, asked).rows} == expected
            joined = MentionFilter(perimeter=wanted, search="perche OR cameras")
            assert {row.id for row in find_mentions(work, joined).rows} == expected & said

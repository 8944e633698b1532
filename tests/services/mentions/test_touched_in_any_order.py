"""What follows from some posts is what follows from all: whatever comes, in any order, cut off anywhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, ClassVar
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from sqlalchemy import Engine
from sqlmodel import col, select

from ambassador.errors import AmbassadorError
from ambassador.services.campaigns.brand_accounts import set_brand_accounts
from ambassador.services.imports.undo_import import list_imports, undo_import
from ambassador.services.mentions import refresh
from ambassador.services.mentions.paste_mention import paste_mention
from ambassador.services.mentions.refresh import bring_up_to_date, refresh_in, refresh_mentions
from ambassador.services.mentions.review import review_mentions
from ambassador.services.people.edit_people import add_person
from ambassador.services.people.erase_person import erase_person
from ambassador.services.people.merge_people import merge_people
from ambassador.services.undo import take_back
from ambassador.services.work import UnitOfWork
from ambassador.store.database import open_engine
from ambassador.store.doctor.sums import forget_derived, read_derived
from ambassador.store.post_words import index_is_sound, wrong_words
from ambassador.store.stale import has_marks
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.people import Account, Person
from ambassador.values.campaigns.campaigns import MatchRuleDraft
from ambassador.values.mentions.mentions import PastedMention
from ambassador.values.people.people import NewPerson
from ambassador.values.status import ImportKind, Verdict
from tests.conftest import NOW
from tests.databases import copy_sqlite, empty
from tests.services.brought import bring
from tests.services.talk import RULE, Talk

NAMES = ("nina", "bea", "ugo", "leo", "ada", "eva")
TEXTS = (
    "look #q1brezza",
    "nothing of ours",
    "RT @nina: look #q1brezza",
    "RT @bea: RT @nina: look #q1brezza",
    "so true (via @ugo)",
    "thanks @ada and @leo",
    "",
)
POST = st.tuples(
    st.integers(0, 11),
    st.sampled_from(NAMES),
    st.integers(0, 11),
    st.integers(0, 11),
    st.sampled_from(("parent", "root", "both", "author", "none")),
    st.sampled_from(TEXTS),
    st.integers(0, 40),
)


def file_of(posts: list[Any]) -> str:
    """Write posts as a file; a number has one author and one moment, whatever is drawn."""
    lines = ["post_id,author,platform,posted_at,parent_id,root_id,parent_author,kind,text"]
    for number, author, parent, root, hangs, text, hour in posts:
        above = f"p{parent}" if hangs in ("parent", "both") else ""
        start = f"p{root}" if hangs in ("root", "both") else ""
        answered = NAMES[parent % len(NAMES)] if hangs == "author" else ""
        kind = "original" if hangs == "none" else "reply"
        who = author if number % 3 == 0 else NAMES[number % len(NAMES)]
        day, at = 2 + hour // 24, hour % 24
        lines.append(
            f'p{number},{who},x,2026-05-{day:02}T{at:02}:00:00Z,{above},{start},{answered},{kind},"{text}"'
        )
    return "\n".join(lines) + "\n"


class TouchedInAnyOrder(RuleBasedStateMachine):
    """One workspace with a campaign, in which only what was touched is ever worked out."""

    work: ClassVar[UnitOfWork]

    def __init__(self) -> None:
        super().__init__()
        self.talk = Talk(self.work)
        self.talk.ambassador("nina")
        self.talk.ambassador("ugo")
        self.talk.phone("S1", "nina", since=-20, until=10)
        self.other = self.talk.add_campaign("Q2", MatchRuleDraft(keywords=("true",)))
        self.reviews: list[Any] = []
        self.pasted = 0
        refresh_mentions(self.work)

    @rule(posts=st.lists(POST, min_size=1, max_size=5))
    def posts_come(self, posts: list[Any]) -> None:
        with allowed():
            bring(self.work, ImportKind.MENTIONS, file_of(posts))

    @rule(pairs=st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), min_size=1, max_size=4))
    def ties_come(self, pairs: list[tuple[str, str]]) -> None:
        lines = "".join(f"{one},{other},x\n" for one, other in pairs)
        with allowed():
            bring(self.work, ImportKind.TIES, "source,target,platform\n" + lines)

    @rule(name=st.sampled_from((*NAMES, "zoe")), at=st.integers(1, 9))
    def somebody_comes(self, name: str, at: int) -> None:
        with allowed():
            bring(
                self.work,
                ImportKind.PEOPLE,
                f"handle,platform,name,followers\n{name},x,{name.title()},{at}\n",
            )

    @rule(name=st.sampled_from((*NAMES, "zoe")))
    def somebody_is_put_in(self, name: str) -> None:
        with allowed():
            add_person(self.work, NewPerson(name.title(), "x", name))

    @rule(number=st.integers(0, 11), name=st.sampled_from(NAMES), answers=st.integers(0, 11))
    def a_post_is_pasted(self, number: int, name: str, answers: int) -> None:
        link, above = (f"https://x.com/{name}/status/{100 + one}" for one in (number, answers))
        what = PastedMention(
            platform="x",
            handle=name,
            text=TEXTS[number % len(TEXTS)],
            link=link,
            parent_link=above if number % 2 else "",
            campaign_id=self.talk.campaign if number % 3 else None,
        )
        with allowed():
            self.pasted += 1
            paste_mention(self.work, what, f"form-{self.pasted}")

    @rule()
    def it_is_worked_out(self) -> None:
        self.right()

    @rule(pieces=st.integers(0, 6))
    def it_is_cut_off(self, pieces: int) -> None:
        """Stop after so many pieces, as a process that is killed does."""
        with cut_off_after(pieces), suppress(KeyboardInterrupt):
            bring_up_to_date(self.work)

    @precondition(lambda self: self.posts())
    @rule(choice=st.integers(0, 99), verdict=st.sampled_from([Verdict.MATCHED, Verdict.REJECTED]))
    def a_person_decides(self, choice: int, verdict: Verdict) -> None:
        posts = self.posts()
        noting = self.work.noting()
        review_mentions(noting, [posts[choice % len(posts)]], self.talk.campaign, verdict)
        self.reviews.append(noting.kept or [])

    @precondition(lambda self: self.reviews)
    @rule()
    def and_takes_it_back(self) -> None:
        with allowed():
            take_back(self.work, self.reviews.pop())

    @rule(words=st.sampled_from(["true", "thanks", "nothing"]))
    def rules_change(self, words: str) -> None:
        self.talk.change_rule(MatchRuleDraft(hashtags=RULE.hashtags, keywords=(words,)))

    @rule(ours=st.sets(st.sampled_from(NAMES), max_size=2))
    def accounts_are_ours(self, ours: set[str]) -> None:
        with allowed():
            set_brand_accounts(self.work, [f"x:{name}" for name in sorted(ours)])

    @precondition(lambda self: self.standing())
    @rule(choice=st.integers(0, 99))
    def an_import_is_taken_back(self, choice: int) -> None:
        standing = self.standing()
        with allowed():
            undo_import(self.work, standing[choice % len(standing)])

    @rule(choice=st.integers(0, 99))
    def somebody_is_erased(self, choice: int) -> None:
        people = self.people()
        if people and choice % 4 == 0:
            with allowed():
                erase_person(self.work, people[choice % len(people)])

    @rule(choice=st.integers(0, 99))
    def two_are_one(self, choice: int) -> None:
        people = self.people()
        if len(people) > 1:
            with allowed():
                merge_people(self.work, people[choice % len(people)], [people[(choice + 1) % len(people)]])

    def teardown(self) -> None:
        self.right()

    def right(self) -> None:
        """Check that what stands, once it is brought up to date, is what comes out from nothing."""
        bring_up_to_date(self.work)
        with self.work.reading() as session:
            assert not has_marks(session)
            assert not wrong_words(session)
            assert index_is_sound(session)
            stands = read_derived(session)
        with suppress(_TakenBackError), self.work.writing() as session:
            forget_derived(session)
            refresh_in(session, self.work)
            found = read_derived(session)
            raise _TakenBackError
        for name in stands:
            assert stands[name] == found[name], (name, stands[name] ^ found[name])

    def posts(self) -> list[int]:
        with self.work.reading() as session:
            return [number for number in session.exec(select(Mention.id).order_by(col(Mention.id))) if number]

    def people(self) -> list[int]:
        with self.work.reading() as session:
            here = select(Person.id).join(Account, col(Account.person_id) == Person.id)
            here = here.where(col(Person.erased_at).is_(None)).distinct().order_by(col(Person.id))
            return [number for number in session.exec(here) if number]

    def standing(self) -> list[int]:
        return [batch.id for batch in list_imports(self.work) if batch.undone_at is None]


class _TakenBackError(Exception):
    """What was tried is not kept."""


@contextmanager
def allowed() -> Iterator[None]:
    """Let the program refuse in its own words; anything else is a fault."""
    with suppress(AmbassadorError):
        yield


@contextmanager
def cut_off_after(pieces: int) -> Iterator[None]:
    real, left = refresh.next_turn, [pieces]

    def turn(session: Any) -> int:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        return real(session)

    with patch.object(refresh, "next_turn", turn):
        yield


def run(work: UnitOfWork, *, clear: Callable[[], object], examples: int) -> None:
    """Try so many ways, each in an empty workspace, never looking at more than what was touched."""

    class Machine(TouchedInAnyOrder):
        def __init__(self) -> None:
            clear()
            super().__init__()

    Machine.work = work
    with patch.object(refresh, "_MOST_TOUCHED", float("inf")), patch.object(refresh, "AT_ONCE", 3):
        run_state_machine_as_test(
            Machine,
            settings=settings(
                max_examples=examples,
                stateful_step_count=14,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                phases=[Phase.explicit, Phase.reuse, Phase.generate],  # making a case smaller takes minutes
            ),
        )


def run_on_sqlite(template: Path, folder: Path, examples: int) -> None:
    """Try so many ways on SQLite."""
    work = UnitOfWork(open_engine(copy_sqlite(template, folder)), "tester", lambda: NOW)

    def clear() -> None:
        work.engine.dispose()
        for path in folder.iterdir():
            path.unlink()
        copy_sqlite(template, folder)

    run(work, clear=clear, examples=examples)
    work.engine.dispose()


def test_touched_in_any_order_on_sqlite(sqlite_template: Path, tmp_path: Path) -> None:
    run_on_sqlite(sqlite_template, tmp_path, examples=6)


def test_touched_in_any_order_on_postgresql(postgresql_engine: Engine) -> None:
    work = UnitOfWork(postgresql_engine, "tester", lambda: NOW)
    run(work, clear=lambda: empty(postgresql_engine), examples=2)

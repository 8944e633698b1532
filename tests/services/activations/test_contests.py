"""A contest from its checklist to its ranking: who enters, who marks, what holds, what cannot be used."""

import csv
import io
from dataclasses import replace
from fractions import Fraction

import pytest
from sqlmodel import select

from ambassador.errors import (
    AmbassadorError,
    BadInputError,
    ConflictError,
    IllegalStatusChangeError,
    NotFoundError,
)
from ambassador.services.activations.activation_view import (
    activation_draft,
    list_activations,
    open_activation,
)
from ambassador.services.activations.activations import create_activation, edit_activation, move_activation
from ambassador.services.activations.ballots import bring_in_votes
from ambassador.services.activations.contests import count_contest
from ambassador.services.activations.entries import find_idea, put_idea, withdraw_idea
from ambassador.services.activations.files import votes_file
from ambassador.services.activations.jury import give_mark, take_mark_back
from ambassador.services.activations.law import add_law_point, note_law_point, read_law
from ambassador.services.people.erase_person import erase_person
from ambassador.services.undo import undo_of
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.activations import ActivationEntry, EntrySource, JuryMark
from ambassador.store.tables.people import Account
from ambassador.values.activations.activations import EntryDraft
from ambassador.values.activations.contests import ContestResult
from ambassador.values.activations.prize_law import PRIZE_LAW
from ambassador.values.activations.states import ActivationKind, ActivationStatus, BudgetRule, PointState
from tests.people_samples import add_post, made
from tests.services.activations.contests import contest, marked_contest, opened_contest, tick_all
from tests.services.activations.rounds import cast, draft, opened

_S = ActivationStatus


def places(result: ContestResult) -> list[tuple[str, int | None, int, float | None]]:
    return [
        (one.key, one.place, one.votes, None if one.points is None else round(one.points, 3))
        for one in result.entries
    ]


def rows_of(work: UnitOfWork, number: int, **which: bool) -> list[dict[str, str]]:
    written = votes_file(work, number, ".csv", BudgetRule.VOTES, **which)
    return list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"))))


def test_votes_and_jury_are_weighed_and_anybody_can_add_the_files_up_again(work: UnitOfWork) -> None:
    number = marked_contest(work)
    cast(work, number, {"ann": "1", "ben": "1", "cia": "1", "dan": "2", "eva": "3", "fay": "1"})
    result = count_contest(work, number)
    assert places(result) == [("1", 1, 4, 8.5), ("2", 2, 1, 5.75), ("3", 3, 1, 3.25)]
    assert (result.jury_weight, result.margin, result.holds_without_votes) == (50, 3, False)
    keys = {one.entry_id: one.key for one in result.entries}
    assert [keys[one] for one in (*result.first_by_votes, *result.first_by_jury)] == ["1", "2"]
    assert [(one.name, one.marked, one.missing) for one in result.jurors] == [("Marta", 3, 0), ("Ugo", 2, 1)]
    ballots, marks = rows_of(work, number, ballots=True), rows_of(work, number, marks=True)
    votes = {key: sum(one["vote"] == key for one in ballots) for key in keys.values()}
    given = {key: [int(one["mark"]) for one in marks if one["entry"] == key] for key in keys.values()}
    for row in rows_of(work, number):
        by_votes = Fraction(10 * votes[row["key"]], max(votes.values()))
        by_jury = Fraction(sum(given[row["key"]]), len(given[row["key"]]))
        assert float((by_votes + by_jury) / 2) == pytest.approx(float(row["points"]))
    assert not {"Marta", "Ugo", "ann"} & {cell for one in (*ballots, *marks) for cell in one.values()}


def test_so_many_votes_may_fall_and_not_one_more(work: UnitOfWork) -> None:
    number = marked_contest(work)
    votes = {f"v{n}": "1" for n in range(6)} | {"w": "2"}
    cast(work, number, votes)
    margin = count_contest(work, number).margin or 0
    other = marked_again(work, dict(list(votes.items())[margin:]))
    assert (
        count_contest(work, other).tied_first
        or count_contest(work, other).first != count_contest(work, number).first
    )
    other = marked_again(work, dict(list(votes.items())[margin - 1 :]), "With one more")
    (first,) = count_contest(work, other).first
    assert first == find_idea(work, other, "1")


def marked_again(work: UnitOfWork, votes: dict[str, str], title: str = "Again") -> int:
    number = opened_contest(work, 50, title)
    for juror, key, points in (("M", "1", 7), ("M", "2", 9), ("M", "3", 4)):
        give_mark(work, number, juror, key, points)
    cast(work, number, votes, f"{title}.csv")
    return number


def test_a_tie_for_the_first_place_decides_nothing(work: UnitOfWork) -> None:
    number = opened_contest(work)
    cast(work, number, {"ann": "1", "ben": "2"})
    result = count_contest(work, number)
    assert (result.tied_first, result.margin) == (True, None)
    assert [one.place for one in result.entries] == [1, 1, None]


def test_a_jury_that_decides_alone_needs_no_vote(work: UnitOfWork) -> None:
    result = count_contest(work, marked_contest(work, weight=100))
    assert (result.entries[0].key, result.margin, result.holds_without_votes) == ("2", None, True)


def test_flagged_votes_count_and_what_would_be_without_them_is_said(work: UnitOfWork) -> None:
    number = opened_contest(work)
    slow = [f"s{n},2026-05-{n + 2:02},1" for n in range(12)]
    quick = [f"q{n},2026-05-09 10:00:{n:02},2" for n in range(20)]
    bring_in_votes(work, number, "v.csv", "\n".join(["voter,voted at,vote", *slow, *quick]).encode())
    result = count_contest(work, number)
    assert (result.entries[0].key, result.margin, result.entries[0].flagged) == ("2", 8, 20)
    assert (result.participation.flagged, result.participation.in_rings) == (20, 20)
    assert result.first_without_flagged == (find_idea(work, number, "1"),)


def test_a_contest_opens_once_every_point_is_ticked_or_passed_over_for_a_reason(work: UnitOfWork) -> None:
    number = contest(work)
    with pytest.raises(BadInputError, match=f"{len(PRIZE_LAW)} points of the checklist"):
        move_activation(work, number, _S.OPEN)
    own = add_law_point(work, number, "  Insurance  of the stand ")
    tick_all(work, number)
    with pytest.raises(BadInputError, match="says why"):
        note_law_point(work, number, "deposit", PointState.PASSED)
    note_law_point(work, number, own, PointState.OPEN)
    with pytest.raises(BadInputError, match="1 points of the checklist"):
        move_activation(work, number, _S.OPEN)
    note_law_point(work, number, own, PointState.PASSED, "no stand")
    move_activation(work, number, _S.OPEN)
    last = read_law(work, number)[-1]
    assert (last.text, last.source, last.state, last.reason, last.actor) == (
        "Insurance of the stand", "", PointState.PASSED, "no stand", "tester",
    )  # fmt: skip
    with pytest.raises(NotFoundError, match="no point called"):
        note_law_point(work, number, "nothing", PointState.DONE)
    with pytest.raises(BadInputError, match="no contest"):
        read_law(work, opened(work))


def test_a_post_is_entered_with_its_words_link_and_author_and_once_only(work: UnitOfWork) -> None:
    nina = made(work, "nina", platform="instagram")
    number = opened_contest(work)
    with work.writing() as session:
        account = session.exec(select(Account).where(Account.person_id == nina)).one()
        post = add_post(session, account.id or 0, "p1", text="Our\nsea", url="https://i.example/p1")
        gone = add_post(session, account.id or 0, "p2", text="Late", deleted_at=work.now())
    assert put_idea(work, number, EntryDraft("", mention_id=post)) == "added"
    entry = open_activation(work, number).entries[-1]
    assert (entry.key, entry.title, entry.url, entry.proposed_by, entry.mention_id) == (
        "4", "Our sea", "https://i.example/p1", "instagram:nina", post,
    )  # fmt: skip
    with pytest.raises(ConflictError, match="entered already as 4"):
        put_idea(work, number, EntryDraft("", mention_id=post))
    with pytest.raises(BadInputError, match="taken down"):
        put_idea(work, number, EntryDraft("", mention_id=gone))
    with pytest.raises(NotFoundError, match="no mention number"):
        put_idea(work, number, EntryDraft("", mention_id=999))
    with pytest.raises(BadInputError, match="no address of the web"):
        put_idea(work, number, EntryDraft("9", "Odd", url="javascript:alert(1)"))
    with pytest.raises(BadInputError, match="needs a title"):
        put_idea(work, number, EntryDraft("9"))
    with pytest.raises(BadInputError, match="is no contest"):
        put_idea(work, opened(work), EntryDraft("9", "Odd", url="https://a.example"))
    cast(work, number, {"instagram:nina": "1", "zoe": "4"})
    card = next(one for one in list_activations(work) if one.id == number)
    assert card.took_part == 5  # three fans and nina entered, nina and zoe voted


def test_marks_come_by_file_too_and_what_cannot_be_used_is_said(work: UnitOfWork) -> None:
    number = opened_contest(work, 30)
    rows = [
        "juror,entry,mark",
        "Marta,1,8",
        "MARTA,Nets,7.0",
        "Ugo,9,5",
        "Ugo,1,11",
        "Ugo,2,many",
        ",3,4",
        "Marta,1,9",
    ]
    report = bring_in_votes(work, number, "marks.csv", "\n".join(rows).encode())
    assert (report.marks, report.ballots, report.file_id) == (3, 0, None)
    assert sorted((one.line, str(one)) for one in report.rejected) == [
        (4, "9 is no entry of the contest"),
        (5, "11 is no mark: give a whole number from 1 to 10"),
        (6, "many is no mark: give a whole number from 1 to 10"),
        (7, "the mark names no juror"),
    ]
    result = count_contest(work, number)
    assert [(one.name, one.marked) for one in result.jurors] == [("Marta", 2)]
    assert {one.key: one.marks for one in result.entries}["1"] == (("Marta", 9),)
    assert result.unmarked == 1
    take_mark_back(work, number, "marta", "Dawn")
    with pytest.raises(NotFoundError, match="has given"):
        take_mark_back(work, number, "marta", "Dawn")
    noting = work.noting()
    give_mark(noting, number, "Ugo", "1", 2)
    undo_of(noting)()
    assert [one.name for one in count_contest(work, number).jurors] == ["Marta"]


def test_a_contest_is_not_announced_while_the_jury_has_left_something_unmarked(work: UnitOfWork) -> None:
    number = opened_contest(work, 30)
    give_mark(work, number, "Marta", "1", 8)
    move_activation(work, number, _S.CLOSED)
    with pytest.raises(BadInputError, match="2 entries have no mark"):
        move_activation(work, number, _S.ANNOUNCED)
    for key in ("2", "3"):
        withdraw_idea(work, find_idea(work, number, key))
    move_activation(work, number, _S.ANNOUNCED)
    for change in (
        lambda: give_mark(work, number, "Marta", "1", 9),
        lambda: note_law_point(work, number, "deposit", PointState.OPEN),
        lambda: put_idea(work, number, EntryDraft("7", "Late")),
    ):
        with pytest.raises(IllegalStatusChangeError, match="take the announcement back"):
            change()


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"kind": ActivationKind.CONTEST, "jury_weight": 101}, "101 is no weight"),
        ({"kind": ActivationKind.CONTEST, "jury_weight": -1}, "-1 is no weight"),
        ({"jury_weight": 10}, "ranks contests only"),
    ],
)
def test_a_weight_that_cannot_be_is_refused(
    sqlite_work: UnitOfWork, more: dict[str, object], reason: str
) -> None:
    with pytest.raises(BadInputError, match=reason):
        create_activation(sqlite_work, draft("Photos", **more))


def test_the_weight_of_the_jury_stays_once_people_have_voted(sqlite_work: UnitOfWork) -> None:
    work = sqlite_work
    number = opened_contest(work, 30)
    edit_activation(work, number, replace(activation_draft(work, number), jury_weight=40))
    cast(work, number, {"ann": "1"})
    with pytest.raises(BadInputError, match="stays 40%"):
        edit_activation(work, number, replace(activation_draft(work, number), jury_weight=90))


@pytest.mark.parametrize(
    ("juror", "key", "points", "reason"),
    [
        (" ", "1", 5, "names no juror"),
        ("M" * 300, "1", 5, "names no juror"),
        ("Marta", "9", 5, "no entry of the contest"),
        ("Marta", "1", 0, "0 is no mark"),
    ],
)
def test_a_mark_that_cannot_be_is_refused(
    sqlite_work: UnitOfWork, juror: str, key: str, points: int, reason: str
) -> None:
    number = opened_contest(sqlite_work)
    with pytest.raises(BadInputError, match=reason):
        give_mark(sqlite_work, number, juror, key, points)
    with pytest.raises(IllegalStatusChangeError, match="marks come in once it is open"):
        give_mark(sqlite_work, contest(sqlite_work, title="Later"), "Marta", "1", 5)


def test_erasing_takes_words_links_and_names_off_entries_and_marks_and_counts_stay(work: UnitOfWork) -> None:
    zelda = made(work, "zelda", platform="x", name="Zelda Lima")
    number = opened_contest(work, 50)
    with work.writing() as session:
        account = session.exec(select(Account).where(Account.person_id == zelda)).one()
        post = add_post(session, account.id or 0, "z1", text="My sea", url="https://x.example/zelda/1")
    put_idea(work, number, EntryDraft("z", mention_id=post))
    put_idea(work, number, EntryDraft("f", "About zelda lima", url="https://a.example/zelda/2"))
    for juror, key in (("Zelda Lima", "z"), ("Zelda Lima", "1"), ("Zeldas Lima", "1"), ("Marta", "1")):
        give_mark(work, number, juror, key, 7)
    cast(work, number, {"x:zelda": "z", "ann": "z"})
    before = places(count_contest(work, number))
    erase_person(work, zelda)
    assert places(count_contest(work, number)) == before
    with work.reading() as session:
        texts = [
            *session.exec(select(ActivationEntry.title)),
            *session.exec(select(ActivationEntry.proposed_by)),
            *session.exec(select(EntrySource.url)),
            *session.exec(select(JuryMark.juror)),
        ]
    assert not [one for one in texts if "zelda" in one.replace("Zeldas", "").casefold()]
    assert "My sea" not in texts
    assert open_activation(work, number).entries[3].post_gone
    assert sorted(one.name[:6] for one in count_contest(work, number).jurors) == ["Marta", "Zeldas", "erased"]
    with pytest.raises(AmbassadorError, match="erased"):
        put_idea(work, number, EntryDraft("again", "Back", proposed_by="x:zelda"))

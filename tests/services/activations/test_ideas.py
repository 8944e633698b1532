"""A round of ideas from draft to announcement: what counts, what is built, how sure it is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ambassador.errors import BadInputError, ConflictError, IllegalStatusChangeError, NotFoundError
from ambassador.services.activations.activation_view import (
    activation_draft,
    find_activation,
    list_activations,
    open_activation,
)
from ambassador.services.activations.activations import (
    archive_activation,
    create_activation,
    edit_activation,
    move_activation,
)
from ambassador.services.activations.ballots import bring_in_votes, take_out_votes, vote_by_hand
from ambassador.services.activations.entries import find_idea, note_progress, put_idea, withdraw_idea
from ambassador.services.activations.files import votes_file
from ambassador.services.activations.ideas import count_ideas
from ambassador.services.people.merge_people import merge_people
from ambassador.services.undo import remember_change, undo_last, undo_of
from ambassador.services.work import UnitOfWork
from ambassador.values.activations.activations import EntryDraft
from ambassador.values.activations.results import IdeasResult
from ambassador.values.activations.states import ActivationStatus, BudgetRule, EntryStatus
from ambassador.values.money import Money, money
from tests.conftest import NOW
from tests.people_samples import made
from tests.services.activations.rounds import VOTES, cast, draft, opened, polled

_S = ActivationStatus


def built(result: IdeasResult) -> dict[BudgetRule, list[str]]:
    keys = {one.entry_id: one.key for one in result.ideas}
    return {one.rule: [keys[entry] for entry in one.built] for one in result.rules}


def test_three_rules_stand_side_by_side_with_whom_each_leaves_out(work: UnitOfWork) -> None:
    number = opened(work)
    report = cast(work, number, VOTES)
    assert (report.ballots, report.rejected, report.unknown) == (10, (), ())
    result = count_ideas(work, number)
    assert built(result) == {
        BudgetRule.VOTES: ["B", "A"],
        BudgetRule.VOTES_PER_COST: ["D", "B", "C"],
        BudgetRule.EQUAL_SHARES: ["B", "C", "D"],
    }
    assert [one.unrepresented for one in result.rules] == [4, 0, 0]
    assert [one.spent for one in result.rules] == [money("1000"), money("800"), money("800")]
    assert [(one.key, one.votes) for one in result.ideas] == [("A", 6), ("B", 6), ("C", 4), ("D", 2)]
    margin = result.of(BudgetRule.VOTES).margin
    assert margin is not None and margin.votes == 2  # with 4 the fair is behind the cheaper ramp


def test_a_later_ballot_takes_the_place_of_an_earlier_one_whatever_order_they_come_in(
    work: UnitOfWork,
) -> None:
    number = opened(work)
    rows = ["nina,2026-05-03 10:00,A", "nina,2026-05-02 10:00,B", "leo,2026-05-02,C", "leo,2026-05-02,C"]
    bring_in_votes(work, number, "v.csv", "\n".join(["voter,voted at,vote", *rows]).encode())
    result = count_ideas(work, number)
    assert {one.key: one.votes for one in result.ideas} == {"A": 1, "B": 0, "C": 1, "D": 0}
    assert (result.participation.voters, result.participation.replaced) == (2, 2)


def test_accounts_that_are_one_person_have_one_vote(work: UnitOfWork) -> None:
    nina, other = made(work, "nina", platform="x"), made(work, "nina.b", platform="instagram")
    number = opened(work)
    cast(work, number, {"x:nina": "A", "instagram:nina.b": "B", "stranger": "B"})
    assert count_ideas(work, number).participation.voters == 3
    merge_people(work, nina, [other])
    result = count_ideas(work, number)
    assert (result.participation.voters, result.participation.replaced) == (2, 1)
    assert {one.key: one.votes for one in result.ideas}["A"] == 0  # the ballot that came later counts


def test_somebody_who_becomes_known_later_is_still_one_voter(work: UnitOfWork) -> None:
    number = opened(work)
    cast(work, number, {"x:zoe": "A"})
    made(work, "zoe", platform="x")
    cast(work, number, {"zoe": "B"}, "later.csv")
    assert count_ideas(work, number).participation.voters == 1


def test_what_cannot_be_used_on_a_ballot_is_told_and_the_rest_counts(work: UnitOfWork) -> None:
    number = opened(work)
    edit_activation(work, number, replace(activation_draft(work, number), most_choices=2))
    votes = "voter,voted at,vote\nnina,,A;Z\nleo,,Q\nugo,,A;B;C\neva,2026-06-01 12:00,A\npia,,\nada,,stage\n"
    report = bring_in_votes(work, number, "v.csv", votes.encode())
    assert [(one.line, one.value) for one in report.unknown] == [(2, "Z")]
    assert [(one.line, str(one)) for one in report.rejected] == [
        (3, "nothing the ballot names is here: Q"),
        (4, "the ballot names 3 entries; at most 2 are allowed"),
        (5, "the ballot was given on 2026-06-01, outside the days of the vote"),
        (6, "the ballot is empty: nothing is chosen on it"),
    ]
    assert {one.key: one.votes for one in count_ideas(work, number).ideas}["A"] == 2


def test_the_same_file_is_refused_until_it_is_taken_out_and_nothing_of_it_is_lost(work: UnitOfWork) -> None:
    number = opened(work)
    report = cast(work, number, {"nina": "A"})
    assert report.file_id
    with pytest.raises(ConflictError, match="in already"):
        cast(work, number, {"nina": "A"})
    take_out_votes(work, report.file_id)
    assert count_ideas(work, number).participation.voters == 0
    again = cast(work, number, {"nina": "A"})
    with pytest.raises(ConflictError, match="in already"):
        take_out_votes(work, report.file_id, out=False)
    assert again.file_id
    take_out_votes(work, again.file_id)
    take_out_votes(work, report.file_id, out=False)
    assert count_ideas(work, number).participation.voters == 1
    assert [one.ballots for one in open_activation(work, number).files] == [1, 1]


def test_bursts_and_new_accounts_are_flagged_and_still_count(work: UnitOfWork) -> None:
    number = opened(work)
    slow = [f"s{n},2026-05-{n + 2:02},C," for n in range(20)]
    quick = [f"q{n},2026-05-09 10:00:{n:02},A," for n in range(30)]
    young = ["y,2026-05-04 12:00,D,2026-05-01", "o,2026-05-04 12:00,D,2020-01-01"]
    text = "\n".join(["voter,voted at,vote,account since", *slow, *quick, *young])
    bring_in_votes(work, number, "v.csv", text.encode())
    result = count_ideas(work, number)
    part = result.participation
    assert (part.voters, part.flagged, part.in_bursts, part.new_accounts) == (52, 31, 30, 1)
    stage = next(one for one in result.ideas if one.key == "A")
    assert (stage.votes, stage.flagged) == (30, 30)
    by_votes = result.of(BudgetRule.VOTES)
    assert not by_votes.holds_without_flagged
    assert stage.entry_id in by_votes.built
    assert stage.entry_id not in by_votes.without_flagged


def test_a_tie_for_the_last_place_is_said(work: UnitOfWork) -> None:
    number = opened(work, {"A": ("Stage", "1000"), "B": ("Fair", "1000")})
    cast(work, number, {"nina": "A", "leo": "B"})
    result = count_ideas(work, number)
    first, second = (one.entry_id for one in sorted(result.ideas, key=lambda one: one.key))
    for rule in result.rules:
        assert [(tie.stands, tie.falls) for tie in rule.tied] == [(first, second)]


def test_ideas_without_a_cost_are_named_and_withdrawn_ones_count_for_nothing(work: UnitOfWork) -> None:
    number = opened(work, {"A": ("Stage", "600"), "B": ("Fair", "")})
    cast(work, number, {"nina": "A,B", "leo": "A"})
    assert count_ideas(work, number).without_cost == ("Fair",)
    withdraw_idea(work, find_idea(work, number, "A"))
    result = count_ideas(work, number)
    assert (result.ideas, result.participation.empty) == ((), 1)
    withdraw_idea(work, find_idea(work, number, "stage"), withdrawn=False)
    assert count_ideas(work, number).ideas[0].votes == 2


def test_a_round_opens_only_with_ideas_and_money(work: UnitOfWork) -> None:
    number = create_activation(work, draft(budget=Money(0)))
    with pytest.raises(BadInputError, match="enter 1 idea"):
        move_activation(work, number, _S.OPEN)
    put_idea(work, number, EntryDraft("A", "Stage"))
    with pytest.raises(BadInputError, match="how much may be spent"):
        move_activation(work, number, _S.OPEN)
    with pytest.raises(IllegalStatusChangeError, match="votes come in once it is open"):
        cast(work, number, {"nina": "A"})
    with pytest.raises(IllegalStatusChangeError, match="cannot become"):
        move_activation(work, number, _S.ANNOUNCED)


def test_what_was_announced_stays_until_the_announcement_is_taken_back(work: UnitOfWork) -> None:
    number = opened(work)
    file_id = cast(work, number, VOTES).file_id or 0
    stage = find_idea(work, number, "A")
    move_activation(work, number, _S.CLOSED)
    with pytest.raises(IllegalStatusChangeError, match="announce the result before"):
        note_progress(work, stage, EntryStatus.IN_WORK)
    move_activation(work, number, _S.ANNOUNCED)
    for change in (
        lambda: cast(work, number, {"zoe": "A"}, "late.csv"),
        lambda: take_out_votes(work, file_id),
        lambda: withdraw_idea(work, stage),
        lambda: put_idea(work, number, EntryDraft("A", "Other")),
        lambda: edit_activation(work, number, draft("Other")),
    ):
        with pytest.raises(IllegalStatusChangeError, match="take the announcement back"):
            change()
    note_progress(work, stage, EntryStatus.BUILT)
    view = open_activation(work, number)
    assert (view.card.status, view.announced_at, view.entries[0].status) == (
        _S.ANNOUNCED,
        NOW,
        EntryStatus.BUILT,
    )
    move_activation(work, number, _S.CLOSED)
    assert open_activation(work, number).announced_at is None


def test_a_vote_typed_by_hand_counts_and_is_taken_back(work: UnitOfWork) -> None:
    number = opened(work)
    noting = work.noting()
    vote_by_hand(noting, number, "x:nina", "A, fair")
    assert {one.key: one.votes for one in count_ideas(work, number).ideas} == {"A": 1, "B": 1, "C": 0, "D": 0}
    with pytest.raises(BadInputError, match="Q is no idea"):
        vote_by_hand(work, number, "leo", "A,Q")
    undo_of(noting)()
    assert count_ideas(work, number).participation.voters == 0


def test_a_file_of_votes_and_an_edit_are_taken_back(work: UnitOfWork) -> None:
    number = opened(work)
    noting = work.noting()
    cast(noting, number, VOTES)
    remember_change(noting, "activation import")
    assert undo_last(work).verb == "activation import"
    assert count_ideas(work, number).participation.voters == 0
    noting = work.noting()
    edit_activation(noting, number, replace(activation_draft(work, number), title="Other"))
    undo_of(noting)()
    assert find_activation(work, "ideas for bari") == number


def test_a_pb_file_becomes_a_closed_round_and_goes_out_the_same(work: UnitOfWork) -> None:
    number = opened(work)
    cast(work, number, VOTES)
    first = count_ideas(work, number)
    written = votes_file(work, number, ".pb", BudgetRule.EQUAL_SHARES)
    edit_activation(work, number, replace(activation_draft(work, number), title="The first"))
    report = bring_in_votes(work, None, "bari.pb", written)
    assert (report.entries, report.ballots, report.rejected) == (4, 10, ())
    view = open_activation(work, report.activation_id)
    assert (view.card.title, view.card.status, view.card.budget) == (
        "Ideas for Bari",
        _S.CLOSED,
        money("1000"),
    )
    second = count_ideas(work, report.activation_id)
    assert built(second) == built(first)
    assert [one.unrepresented for one in second.rules] == [one.unrepresented for one in first.rules]
    assert b"fan0" not in written
    assert (
        votes_file(work, report.activation_id, ".pb", BudgetRule.EQUAL_SHARES).splitlines()[11:]
        == (written.splitlines()[11:])
    )


def test_tables_of_a_result_are_counted_again_elsewhere(work: UnitOfWork) -> None:
    number = opened(work)
    cast(work, number, VOTES)
    ideas = votes_file(work, number, ".csv", BudgetRule.VOTES).decode("utf-8-sig").splitlines()
    assert ideas[:2] == [
        "key,title,cost,currency,votes,votes,votes_per_cost,equal_shares",
        "A,Stage,600,EUR,6,1,0,0",
    ]
    ballots = (
        votes_file(work, number, ".csv", BudgetRule.VOTES, ballots=True).decode("utf-8-sig").splitlines()
    )
    assert ballots[:2] == ["voter,vote", '1,"A,B"']
    other = opened(work, title="Again")
    bring_in_votes(work, other, "ballots.csv", "\n".join(ballots).encode())
    assert built(count_ideas(work, other)) == built(count_ideas(work, number))


def test_each_activation_says_what_it_cost_for_those_who_took_part_and_were_new(work: UnitOfWork) -> None:
    first = opened(work)
    cast(work, first, {"nina": "A", "leo": "A"})
    second = create_activation(
        work, replace(draft("Later"), starts_on=draft().starts_on + timedelta(days=2), cost=Money(9_000))
    )
    put_idea(work, second, EntryDraft("A", "Stage", money("5")))
    move_activation(work, second, _S.OPEN)
    cast(work, second, {"nina": "A", "zoe": "A", "ugo": "A"})
    later, earlier = list_activations(work)
    assert (earlier.took_part, earlier.new, earlier.cost_per_person) == (2, 2, Money(2_500))
    assert (later.took_part, later.new, later.cost_per_person, later.cost_per_new) == (
        3, 2, Money(3_000), Money(4_500),
    )  # fmt: skip


def test_titles_are_taken_once_and_things_are_found_by_title_or_number(work: UnitOfWork) -> None:
    number = create_activation(work, draft())
    with pytest.raises(ConflictError, match="already"):
        create_activation(work, draft("ideas FOR bari"))
    assert find_activation(work, str(number)) == number
    with pytest.raises(NotFoundError, match="no activation called"):
        find_activation(work, "9" * 40)
    archive_activation(work, number)
    assert list_activations(work) == ()
    assert len(list_activations(work, archived=True)) == 1


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"title": "  "}, "needs a title"),
        ({"ends_on": draft().starts_on - timedelta(days=1)}, "before it starts"),
        ({"currency": "EURO"}, "no currency"),
        ({"cost": Money(5, "USD")}, "not in the currency"),
        ({"budget": Money(-5)}, "below zero"),
        ({"most_choices": 0}, "at least 1"),
        ({"time_zone": "Bari"}, "no time zone"),
    ],
)
def test_what_cannot_be_used_in_a_form_is_said(
    sqlite_work: UnitOfWork, more: dict[str, object], reason: str
) -> None:
    with pytest.raises(BadInputError, match=reason):
        create_activation(sqlite_work, replace(draft(), **more))


def test_a_poll_is_no_round_of_ideas(sqlite_work: UnitOfWork) -> None:
    with pytest.raises(BadInputError, match="no round of ideas"):
        count_ideas(sqlite_work, polled(sqlite_work))

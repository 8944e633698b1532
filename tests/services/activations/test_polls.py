"""A poll: shares with their range, the first place, and what makes it unsafe."""

import pytest

from ambassador.errors import BadInputError
from ambassador.services.activations.ballots import bring_in_votes
from ambassador.services.activations.files import votes_file
from ambassador.services.activations.polls import count_poll
from ambassador.services.work import UnitOfWork
from ambassador.values.activations.states import BudgetRule
from tests.services.activations.rounds import cast, opened, polled


def test_shares_have_a_range_and_the_first_place_a_margin(work: UnitOfWork) -> None:
    number = polled(work)
    cast(work, number, {f"v{n}": "2" if n < 7 else "red" for n in range(10)})
    result = count_poll(work, number)
    blue, red = result.options
    assert (blue.title, blue.votes, red.votes, result.margin) == ("blue", 7, 3, 4)
    assert (blue.share, round(blue.low or 0, 3), round(blue.high or 0, 3)) == (0.7, 0.397, 0.892)
    assert not result.tied_first


def test_a_tie_for_the_first_place_decides_nothing(work: UnitOfWork) -> None:
    number = polled(work)
    cast(work, number, {"nina": "1", "leo": "2"})
    result = count_poll(work, number)
    assert (result.tied_first, result.margin) == (True, None)


def test_a_first_place_that_hangs_on_a_burst_is_seen(work: UnitOfWork) -> None:
    number = polled(work)
    slow = [f"s{n},2026-05-{n + 2:02},1" for n in range(12)]
    quick = [f"q{n},2026-05-09 10:00:{n:02},2" for n in range(20)]
    bring_in_votes(work, number, "v.csv", "\n".join(["voter,voted at,vote", *slow, *quick]).encode())
    result = count_poll(work, number)
    assert (result.options[0].title, result.margin, result.options[0].flagged) == ("blue", 8, 20)
    assert result.first_without_flagged == (result.options[1].entry_id,)


def test_one_choice_a_ballot_where_the_poll_says_so(work: UnitOfWork) -> None:
    number = polled(work)
    report = cast(work, number, {"nina": "1,2", "leo": "1"})
    assert [str(one) for one in report.rejected] == ["the ballot names 2 entries; at most 1 are allowed"]
    assert votes_file(work, number, ".csv", BudgetRule.VOTES).decode("utf-8-sig").splitlines() == [
        "key,title,votes", "1,red,1", "2,blue,0",
    ]  # fmt: skip


def test_before_anybody_votes_no_share_is_known(sqlite_work: UnitOfWork) -> None:
    result = count_poll(sqlite_work, polled(sqlite_work))
    assert [one.share for one in result.options] == [None, None]
    assert (result.margin, result.tied_first, result.first_without_flagged) == (None, False, ())
    with pytest.raises(BadInputError, match="no poll"):
        count_poll(sqlite_work, opened(sqlite_work))

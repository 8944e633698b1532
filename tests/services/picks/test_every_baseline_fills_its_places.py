"""What a choice is compared with fills as many places within the same budget, whatever it goes by."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from ambassador.services.picks.picks import pick_ambassadors
from ambassador.services.work import UnitOfWork
from ambassador.values.money import Money
from ambassador.values.picks.costs import CostsPerPerson
from ambassador.values.picks.picks import Objective, PickAnswer, PickRequest
from tests.services.crowd import CERTAIN, add_person, add_ties

ASK = PickRequest(
    3, budget=Money(400_00), costs=CostsPerPerson(Money(40_00), other=Money(10_00)), key=4, runs=40
)


def _without_ties(work: UnitOfWork, objective: Objective) -> PickAnswer:
    """The biggest takes all the money; two of five have no followers."""
    for handle, followers, fee in (
        ("uno", 90_000, 300_00), ("due", 50_000, 150_00), ("tre", None, 60_00), ("fin", None, 20_00),
        ("mini", 400, 30_00),
    ):  # fmt: skip
        figures = {"followers": followers, "average_likes": 90.0, "average_views": 900.0}
        add_person(work, handle, figures, fee_minor=fee, fee_currency="EUR")
    return pick_ambassadors(work, replace(ASK, objective=objective))


def _by_followers_on_ties(work: UnitOfWork) -> PickAnswer:
    """Followers are known of three, which is as many as are picked: the biggest go by them."""
    return _with_ties(work, {"hub": 90_000, "mid": 50_000, "low": 400})


def _by_listeners(work: UnitOfWork) -> PickAnswer:
    """Nobody's followers are known: the biggest go by who listens to them."""
    return _with_ties(work, {})


def _with_ties(work: UnitOfWork, followers: dict[str, int]) -> PickAnswer:
    sizes = {"hub": 9, "mid": 7, "low": 5, "few": 2}
    add_ties(work, [(one, f"{one}{place}") for one, size in sizes.items() for place in range(size)])
    for handle, fee in (("hub", 300_00), ("mid", 150_00), ("low", 60_00), ("few", 20_00)):
        figures = {"followers": followers[handle]} if handle in followers else None
        add_person(work, handle, figures, fee_minor=fee, fee_currency="EUR")
    return pick_ambassadors(work, replace(ASK, probabilities=CERTAIN))


@pytest.mark.parametrize(
    ("choose", "by_followers"),
    [
        (lambda work: _without_ties(work, Objective.INTERACTIONS), True),
        (lambda work: _without_ties(work, Objective.VIEWS), True),
        (_by_followers_on_ties, True),
        (_by_listeners, False),
    ],
    ids=["interactions", "views", "ties, by followers", "ties, by listeners"],
)
def test_the_biggest_first_have_as_many_phones_within_the_same_money(
    work: UnitOfWork, choose: Callable[[UnitOfWork], PickAnswer], *, by_followers: bool
) -> None:
    answer = choose(work)
    assert answer.gain is not None
    assert answer.gain.cost is not None
    assert len(set(answer.gain.handles)) == len(answer.picks) == 3
    assert answer.gain.cost.minor <= ASK.budget.minor if ASK.budget else False
    assert answer.gain.by_followers is by_followers
    assert answer.gain.difference.mean == pytest.approx(
        (answer.expected or answer.spread).mean - answer.gain.biggest_first  # type: ignore[union-attr]
    )

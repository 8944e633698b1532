"""Picks that can choose nobody say why instead of answering with nobody."""

import pytest

from ambassador.errors import BadInputError, InfeasibleError
from ambassador.services.picks.picks import pick_ambassadors
from ambassador.services.work import UnitOfWork
from ambassador.values.money import Money
from ambassador.values.picks.picks import PickRequest
from tests.people_samples import made


def test_an_empty_database_is_asked_for_people_first(work: UnitOfWork) -> None:
    with pytest.raises(BadInputError, match="nobody is left to pick from"):
        pick_ambassadors(work, PickRequest(2, key=1))


def test_a_budget_below_every_fee_names_the_lowest(work: UnitOfWork) -> None:
    made(work, "anna", figures={"followers": 10, "average_likes": 9.0}, fee_minor=150_00, fee_currency="EUR")
    made(work, "bea", figures={"followers": 10, "average_likes": 8.0}, fee_minor=90_00, fee_currency="EUR")
    with pytest.raises(InfeasibleError, match="budget of 50 EUR pays nobody: the lowest fee is 90"):
        pick_ambassadors(work, PickRequest(2, budget=Money(50_00), key=1))
    assert len(pick_ambassadors(work, PickRequest(2, budget=Money(100_00), key=1)).picks) == 1

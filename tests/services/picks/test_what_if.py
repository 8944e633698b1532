"""What one demand less or another number of devices would change about a recorded pick."""

from dataclasses import replace

import pytest

from ambassador.errors import BadInputError
from ambassador.services.picks.alternatives import usual_counts, what_if
from ambassador.services.picks.picks import pick_ambassadors
from ambassador.services.work import UnitOfWork
from ambassador.values.money import money
from ambassador.values.picks.picks import Objective, PickRequest, WhatIf
from ambassador.values.picks.quotas import Quota, QuotaBy
from tests.services.crowd import ASK, add_person, three_cities


def priced(work: UnitOfWork, request: PickRequest) -> tuple[WhatIf, dict[str, float]]:
    found = what_if(work, pick_ambassadors(work, request).pick_id)
    return found, {str(price.demand): round(price.gain.mean, 6) for price in found.prices}


def test_each_demand_has_its_price_and_the_dearest_comes_first(sqlite_work: UnitOfWork) -> None:
    three_cities(sqlite_work)
    # a reaches 11, b 10 of whom 9 are a's, c 5: the best two are a and c with 16; greedy keeps a.
    for demands, prices in (
        ({"must": ("b",)}, {"who must be in": 1.0}),
        ({"apart": (("a", "c"),)}, {"pairs that exclude each other": 1.0}),
        ({"quotas": (Quota(QuotaBy.CITY, 0, "Roma"),)}, {"the limits for Roma": 1.0}),
        ({"quotas": (Quota(QuotaBy.CITY, 1),)}, {"the limits for Bari": 0.0, "the limits for Roma": 0.0}),
        ({"quotas": (Quota(QuotaBy.CITY, 2),)}, {}),
    ):
        assert priced(sqlite_work, replace(ASK, **demands))[1] == prices
    dear = replace(ASK, must=("b",), apart=(("a", "b"),))
    assert list(priced(sqlite_work, dear)[1].values()) == [1.0, 0.0]


def test_the_curve_says_what_each_further_device_adds_and_how_sure_that_is(sqlite_work: UnitOfWork) -> None:
    three_cities(sqlite_work)
    found, _ = priced(sqlite_work, replace(ASK, must=("b",)))
    assert [point.count for point in found.curve] == [1, 2, 4]
    assert found.curve[0].spread == pytest.approx(11, rel=0.1)
    assert found.curve[1].per_device == pytest.approx(5, rel=0.1)
    assert all(0.8 < point.certificate <= 1 for point in found.curve)


def test_without_ties_prices_are_differences_of_expected_figures(sqlite_work: UnitOfWork) -> None:
    for handle, likes, fee in (("a", 90.0, 9_00), ("b", 40.0, 4_00), ("c", 30.0, 3_00)):
        figures = {"average_likes": likes}
        add_person(sqlite_work, handle, figures, city=handle, fee_minor=fee, fee_currency="EUR")
    ask = PickRequest(2, key=1, objective=Objective.INTERACTIONS, budget=money("9", "EUR"), must=("c",))
    found, prices = priced(sqlite_work, ask)
    assert prices == {"the budget": 50.0, "who must be in": 20.0}
    assert found.curve == ()


def test_numbers_of_devices_rise(sqlite_work: UnitOfWork) -> None:
    assert usual_counts(3) == (1, 2, 3, 5, 6)
    with pytest.raises(BadInputError, match="rise from 1"):
        what_if(sqlite_work, 1, [3, 2])


def test_the_bar_goes_on_over_all_searches_and_never_back(sqlite_work: UnitOfWork) -> None:
    three_cities(sqlite_work)
    number = pick_ambassadors(sqlite_work, replace(ASK, must=("b",), apart=(("a", "b"),))).pick_id
    shares: list[float] = []
    what_if(sqlite_work, number, progress=lambda done, total, _: shares.append(done / total))
    assert shares == sorted(shares)
    assert 0.2 < len({share for share in shares if share < 0.5}) / len(set(shares)) < 1

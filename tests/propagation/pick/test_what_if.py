"""The curve of devices, swaps by hand, and what each demand costs."""

import numpy as np
import pytest

from ambassador.errors import BadInputError
from ambassador.propagation.network.network import InfluenceNetwork
from ambassador.propagation.pick.constraints import Constraints
from ambassador.propagation.pick.selection import Limits
from ambassador.propagation.pick.what_if import price_demands, spread_curve, swap_effect
from ambassador.values.picks.quotas import Quota
from tests import naive
from tests.propagation.networks import built

TIES = [
    (0, 2, 0.7),
    (0, 3, 0.4),
    (1, 3, 0.6),
    (1, 4, 0.9),
    (4, 5, 0.5),
    (5, 6, 0.8),
    (7, 6, 0.3),
    (2, 8, 0.2),
]


def stars() -> InfluenceNetwork:
    rows = [("a", f"l{i}", 1.0) for i in range(9)] + [("b", f"m{i}", 1.0) for i in range(5)]
    return InfluenceNetwork.from_ties([*rows, ("c", "n", 1.0)])


def test_the_curve_flattens_and_keeps_its_promise_at_every_point() -> None:
    best = {
        count: max(naive.exact_spread(TIES, chosen) for chosen in naive.subsets(range(9), count))
        for count in (1, 2, 4)
    }
    held = 0
    for key in range(40):
        rng = np.random.default_rng(key)
        curve = spread_curve(built(TIES, 9), [1, 2, 4], rng=rng, limits=Limits(delta=0.1), certificate=0.85)
        assert [point.count for point in curve] == [1, 2, 4]
        assert curve[0].per_device > curve[1].per_device > curve[2].per_device
        assert all(point.certificate > 0.5 for point in curve)
        held += all(point.spread > 0.9 * point.certificate * best[point.count] for point in curve)
    assert held >= 36


def test_the_curve_of_nothing_is_flat() -> None:
    empty = InfluenceNetwork.from_arrays([], [], None)
    curve = spread_curve(empty, [1, 2], rng=np.random.default_rng(1))
    assert [(point.spread, point.certificate) for point in curve] == [(0.0, 1.0), (0.0, 1.0)]
    with pytest.raises(BadInputError, match="must rise"):
        spread_curve(stars(), [2, 1], rng=np.random.default_rng(1))


def test_a_swap_by_hand_shows_what_it_costs() -> None:
    network = stars()
    a, b, c = network.nodes_of(["a", "b", "c"]).tolist()
    effect = swap_effect(network, [a, b], b, c, runs=5, rng=np.random.default_rng(1))
    assert (effect.gain.mean, effect.wins) == (-4.0, 0.0)
    with pytest.raises(BadInputError, match="not among the picked"):
        swap_effect(network, [a, b], c, a, runs=5, rng=np.random.default_rng(1))


def test_each_demand_has_its_price_and_the_dearest_comes_first() -> None:
    network = stars()
    a, b, c = network.nodes_of(["a", "b", "c"]).tolist()
    demands = Constraints(
        never=[a], groups=[Quota.over("Bari", [c], at_least=1), Quota.over("Roma", [b], at_most=1)]
    )
    prices = price_demands(network, 2, demands, rng=np.random.default_rng(1), runs=5)
    found = {price.demand: price.gain.gain.mean for price in prices}
    assert prices[0].demand == "never"
    # b + c are picked, 8 people; with a allowed a + c, 12; without Bari b and any single person, still 8.
    assert found == {"never": 4.0, "group: Bari": 0.0, "group: Roma": 0.0}

"""People whose own posts bring strangers: picks by value per node and post, against every choice."""

from collections.abc import Sequence
from itertools import combinations, product

import numpy as np
import pytest

from ambassador.propagation.pick.constraints import Constraints
from ambassador.propagation.pick.selection import Limits, Scenario
from ambassador.propagation.pick.what_if import price_demands, spread_curve
from tests import naive
from tests.propagation.networks import built
from tests.propagation.picking import TEN, pick

VALUE = [1.0, 1.4, 1.0, 1.0, 2.0, 1.0, 1.0, 1.0, 1.0]
OWN = [0.0, 0.0, 0.5, 3.0, 0.0, 0.0, 2.2, 0.4, 4.1]
POSTING = [1.0, 0.5, 1.0, 0.6, 0.9, 1.0, 0.8, 1.0, 0.5]
SLACK = 1e-9


def exact(chosen: Sequence[int], posting: Sequence[float], already: Sequence[int] = ()) -> float:
    """Average over who of the chosen posts; an own post brings its own whoever reached its author before."""
    everybody, total = [*already, *chosen], 0.0
    for posts in product((False, True), repeat=len(everybody)):
        chance = np.prod(
            [posting[u] if yes else 1 - posting[u] for u, yes in zip(everybody, posts, strict=True)]
        )
        if chance:
            talking = [u for u, yes in zip(everybody, posts, strict=True) if yes]
            total += chance * (naive.exact_spread(TEN, talking, VALUE) + sum(OWN[u] for u in talking))
    return float(total)


@pytest.mark.parametrize("posting", [None, POSTING])
def test_certificates_hold_and_the_best_is_found(posting: list[float] | None) -> None:
    network, chances = built(TEN, 9), posting or [1.0] * 9
    worth = {frozenset(pair): exact(pair, chances) for pair in combinations(range(9), 2)}
    best, held, near = max(worth.values()), 0, 0
    scenario = Scenario(value=VALUE, posting=posting, own=OWN)
    for key in range(40):
        limits = Limits(delta=0.1)
        chosen = pick(network, 2, key, certificate=0.85, limits=limits, scenario=scenario, threads=1)
        reached = worth[frozenset(chosen.nodes.tolist())]
        held += reached >= chosen.certificate * best - SLACK
        held += chosen.lower <= reached + SLACK and chosen.upper >= best - SLACK
        near += reached > 0.97 * best
        assert chosen.spread == pytest.approx(reached, rel=0.1)
    assert held >= 72
    assert near >= 36


def test_who_is_in_already_brings_nothing_anew() -> None:
    network, scenario = built(TEN, 9), Scenario(value=VALUE, own=OWN)
    chosen = pick(network, 1, 3, certificate=0.9, scenario=scenario, already=[8])
    gains = {u: exact([u], [1.0] * 9, [8]) - exact([], [1.0] * 9, [8]) for u in range(8)}
    assert chosen.nodes.tolist() == [max(gains, key=gains.__getitem__)]
    assert chosen.spread == pytest.approx(max(gains.values()), rel=0.05)
    assert chosen.already_spread == pytest.approx(exact([], [1.0] * 9, [8]), rel=0.05)


def test_prices_and_the_curve_count_own_posts() -> None:
    network, scenario = built(TEN, 9), Scenario(value=VALUE, own=OWN)
    rng = np.random.default_rng(4)
    found = price_demands(network, 1, Constraints(never=[1, 8, 3]), rng=rng, scenario=scenario, runs=4_000)
    singles = [exact([u], [1.0] * 9) for u in range(9)]
    without = max(singles) - max(singles[u] for u in (0, 2, 4, 5, 6, 7))
    assert [one.demand for one in found] == ["never"]
    assert found[0].gain.gain.mean == pytest.approx(without, abs=0.1)
    curve = spread_curve(network, [1, 2], rng=rng, scenario=scenario)
    pairs = max(exact(pair, [1.0] * 9) for pair in combinations(range(9), 2))
    assert [one.spread for one in curve] == pytest.approx([max(singles), pairs], rel=0.1)


def test_networks_without_own_posts_are_picked_as_before() -> None:
    network = built(TEN, 9)
    plain = pick(network, 2, 5, scenario=Scenario(value=VALUE))
    same = pick(network, 2, 5, scenario=Scenario(value=VALUE, own=[0.0] * 9))
    assert plain.nodes.tolist() == same.nodes.tolist()
    assert (plain.lower, plain.upper, plain.spread) == (same.lower, same.upper, same.spread)

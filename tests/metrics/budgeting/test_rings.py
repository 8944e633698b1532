"""Voters who vote alike at once: found beyond chance alone, the same by a slow and exact twin."""

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ambassador.metrics.budgeting.bursts import WINDOW
from ambassador.metrics.budgeting.rings import FALSE_ALARMS, LEAST, ring_votes
from tests.naive.rings import naive_rings

VOTERS = st.lists(st.tuples(st.integers(0, 3), st.none() | st.integers(0, 60)), max_size=40)


@given(VOTERS, st.integers(0, 8))
def test_rings_are_those_of_the_slow_twin(voters: list[tuple[int, int | None]], together: int) -> None:
    voters = [*voters, *[(7, 20)] * together]
    ballots, minutes = [one for one, _ in voters], [two for _, two in voters]
    seconds = [None if one is None else 60.0 * one for one in minutes]
    slow = naive_rings(ballots, seconds, int(WINDOW), LEAST, Fraction(FALSE_ALARMS))
    moments = np.array([np.nan if one is None else one for one in seconds], float)
    assert ring_votes(np.array(ballots, np.int64), moments).tolist() == slow


def test_what_everybody_wants_is_no_ring_and_a_rush_of_all_kinds_is_none() -> None:
    rng = np.random.default_rng(3)
    moments = np.concatenate((rng.uniform(0, 5e5, 300), 2e5 + rng.uniform(0, 300, 200)))
    assert not ring_votes(rng.choice(4, 500, p=[0.7, 0.1, 0.1, 0.1]), moments).any()


def test_five_who_choose_the_same_rare_thing_at_once_are_seen_where_no_burst_is() -> None:
    rng = np.random.default_rng(4)
    moments = np.concatenate((rng.uniform(0, 5e5, 300), 2e5 + np.arange(5) * 30.0))
    ballots = np.concatenate((rng.choice(6, 300), np.full(5, 8)))
    assert ring_votes(ballots, moments)[300:].all()
    assert ring_votes(ballots, moments).sum() == 5


def test_by_lot_nearly_nobody_is_flagged() -> None:
    rng = np.random.default_rng(5)
    rounds = [ring_votes(rng.choice(8, 200), rng.uniform(0, 2e4, 200)).any() for _ in range(300)]
    assert sum(rounds) <= 2

"""The log-rank test against the table it is defined by, and what it says of groups that are alike or not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from ambassador.metrics.care import compare_waits

_WAITS = st.lists(st.tuples(st.integers(0, 6), st.booleans()), min_size=1, max_size=12)


def by_table(one: list[tuple[int, bool]], other: list[tuple[int, bool]]) -> tuple[float, float] | None:
    """Go through the moments at which waits end, each a two-by-two table."""
    observed = expected = variance = 0.0
    for moment in sorted({time for time, ended in one + other if ended}):
        first = sum(time >= moment for time, _ in one)
        every = first + sum(time >= moment for time, _ in other)
        ends_first = sum(ended and time == moment for time, ended in one)
        ends = ends_first + sum(ended and time == moment for time, ended in other)
        observed += ends_first
        expected += ends * first / every
        if every > 1:
            variance += ends * (first / every) * (1 - first / every) * (every - ends) / (every - 1)
    if variance <= 1e-12:
        return None
    z = (observed - expected) / variance**0.5
    return z, 2 * norm.sf(abs(z))


def compared(one: list[tuple[int, bool]], other: list[tuple[int, bool]]) -> tuple[float, float] | None:
    hours, ended = (np.array(column) for column in zip(*one, strict=True))
    other_hours, other_ended = (np.array(column) for column in zip(*other, strict=True))
    return compare_waits(hours.astype(float), ended, other_hours.astype(float), other_ended)


@given(_WAITS, _WAITS)
def test_it_is_what_the_tables_say(one: list[tuple[int, bool]], other: list[tuple[int, bool]]) -> None:
    found, naive = compared(one, other), by_table(one, other)
    if naive is None:
        assert found is None
    else:
        assert found == pytest.approx(naive, abs=1e-9)


@given(_WAITS, _WAITS)
def test_the_other_way_round_is_the_other_way_round(
    one: list[tuple[int, bool]], other: list[tuple[int, bool]]
) -> None:
    found, turned = compared(one, other), compared(other, one)
    assert (found is None) == (turned is None)
    if found is not None and turned is not None:
        assert found == pytest.approx((-turned[0], turned[1]), abs=1e-9)


def test_alike_groups_are_called_different_as_often_as_chance_has_it() -> None:
    rng = np.random.default_rng(1)
    told = []
    for _ in range(400):
        hours, until = rng.exponential(5, 80), rng.uniform(2, 12, 80)
        ended = hours <= until
        seen = np.minimum(hours, until)
        found = compare_waits(seen[:40], ended[:40], seen[40:], ended[40:])
        told.append(found is not None and found[1] < 0.05)
    assert 0.02 <= np.mean(told) <= 0.09


def test_nothing_to_compare_is_nothing() -> None:
    none, some = np.zeros(0), np.ones(2)
    assert compare_waits(none, none > 0, some, some > 0) is None
    assert compare_waits(some, some < 0, some, some < 0) is None

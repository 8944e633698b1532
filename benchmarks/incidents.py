"""How soon bursts are found, and how often there is a false alarm: ``python -m benchmarks incidents``.

Streams with a day and a week, some of them in clusters, are learned from twelve weeks. Then come sixty days
as usual, for false alarms; and bursts of twice the usual rate that begin at any quarter of an hour in hours
with the rate named, looked at two hours later.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

import numpy as np

from ambassador.metrics.arrays import FloatArray, IntArray
from ambassador.metrics.incidents import (
    departures,
    find_episodes,
    learn_usual_rate,
    limit_for,
    silences,
)
from ambassador.metrics.incidents.scan import QUIET
from ambassador.metrics.incidents.usual_rate import BINS_A_DAY

RATES = (2, 5, 10, 15, 20, 30, 50, 100)
DISPERSIONS = (1.0, 2.0)
WORLDS, BURSTS = 8, 50
_PAST, _AHEAD = 84 * BINS_A_DAY, 60 * BINS_A_DAY
_SOON = 8
"""Quarters of an hour in two hours."""
_BEFORE = 60
TARGET = 0.9


class Measured(NamedTuple):
    """What came of one rate."""

    an_hour: float
    dispersion: float
    found: float
    """Share of bursts of twice the rate found within two hours."""
    alarms_a_month: float
    silences_a_month: float


def measure(an_hour: float, dispersion: float, rng: np.random.Generator) -> Measured:
    """Measure one rate in worlds of its own."""
    found = bursts = alarms = quiet = 0
    for _ in range(WORLDS):
        means = _means(an_hour)
        hours = np.arange(means.size) // 4 % 168
        counts = _drawn(means, dispersion, rng)
        past = counts[:_PAST], hours[:_PAST]
        usual = learn_usual_rate(*past)
        burst = partial(departures, least=5)
        limit = limit_for(usual, past, burst, quiet=QUIET, rng=rng)
        limit_of_silence = limit_for(usual, past, silences, quiet=1, rng=rng)
        now, due = counts[_PAST:], usual.rates[hours[_PAST:]]
        alarms += len(find_episodes(burst(now, due, usual), limit))
        quiet += len(find_episodes(silences(now, due, usual), limit_of_silence, quiet=1))
        for at in _begins(means[_PAST:], an_hour, rng):
            twice = now[at - _BEFORE : at + _SOON].copy()
            twice[_BEFORE:] += _drawn(means[_PAST:][at : at + _SOON], dispersion, rng)
            scores = burst(twice, due[at - _BEFORE : at + _SOON], usual).scores
            found += int(scores[_BEFORE:].max() >= limit)
            bursts += 1
    months = WORLDS * _AHEAD / (30 * BINS_A_DAY)
    return Measured(an_hour, dispersion, found / bursts, alarms / months, quiet / months)


def main(tell: Callable[[str], None] = print) -> None:
    """Print the table, and from which rate on the target holds."""
    rng = np.random.default_rng(20261130)
    tell(
        "usual an hour | variance/mean | found within 2 h (target 0.90) | alarms a month (target 1) | silent"
    )
    for dispersion in DISPERSIONS:
        rows = []
        for an_hour in RATES:
            one = measure(an_hour, dispersion, rng)
            rows.append(one)
            tell(
                f"{one.an_hour:13d} | {one.dispersion:13.1f} | {one.found:30.2f}"
                f" | {one.alarms_a_month:25.2f} | {one.silences_a_month:8.2f}"
            )
        holds = [one.an_hour for one in rows if one.found >= TARGET]
        tell(f"variance/mean {dispersion}: the target holds from {min(holds, default='no rate')} an hour on")


def _means(an_hour: float) -> FloatArray:
    """Make a day between half and twice the middle, where some hours of every day have the rate named."""
    hours = np.arange(_PAST + _AHEAD) // 4
    day = np.clip(1.3 + np.sin((hours % 24 - 9) / 24 * 2 * np.pi), 0.3, 1.0)
    week = np.where(hours // 24 % 7 >= 5, 0.7, 1.0)  # noqa: PLR2004 - Saturday and Sunday
    means: FloatArray = an_hour / 4 * day * week
    return means


def _drawn(means: FloatArray, dispersion: float, rng: np.random.Generator) -> IntArray:
    if dispersion == 1.0:
        return rng.poisson(means)
    return rng.poisson(rng.gamma(means / (dispersion - 1.0), dispersion - 1.0))


def _begins(means: FloatArray, an_hour: float, rng: np.random.Generator) -> Iterator[int]:
    """Choose where bursts begin: where the usual rate is the one named for two hours."""
    steady = np.convolve(means >= an_hour / 4 * 0.999, np.ones(_SOON), "valid") == _SOON
    places = np.flatnonzero(steady)
    inside = places[(places >= _BEFORE) & (places < means.size - _SOON)]
    yield from rng.choice(inside, BURSTS).tolist()


if __name__ == "__main__":
    main()

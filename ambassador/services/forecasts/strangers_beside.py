"""Strangers laid over launches along ties: whom posts bring though no tie leads to them."""

from dataclasses import dataclass, replace

import numpy as np

from ambassador.propagation.arrays import FloatArray, Int64Array
from ambassador.propagation.simulate.launch_facts import LaunchDraws
from ambassador.propagation.simulate.timed import HOURS, MOST_KEPT, TimedLaunches
from ambassador.propagation.strangers.launches import (
    arrivals,
    by_days,
    share_after_joining,
    share_by_day,
)
from ambassador.services.forecasts.forecast_problem import ForecastProblem

_AT_ONCE = 10_000_000
"""Counts by run, seed and day worked on in one go: 80 MB."""


@dataclass(frozen=True, eq=False)
class StrangersAndTies:
    """Launches with everybody who talks, and how many of them are strangers, shape (runs, days)."""

    launches: TimedLaunches
    strangers: Int64Array | None = None


def with_strangers(
    problem: ForecastProblem,
    found: TimedLaunches,
    draws: LaunchDraws,
    doubt: FloatArray,
    rng: np.random.Generator,
) -> StrangersAndTies:
    """Draw whom each ambassador's post, and those of people along ties, bring besides; by day and branch."""
    if problem.strangers is None or problem.timing is None:
        return StrangersAndTies(found)
    law, answers, days = problem.strangers.as_law(), problem.timing.answers[0], found.days
    posted = draws.hours < HOURS * days
    joined = np.maximum(found.branch_active - posted, 0)
    brought = law.draw(posted, joined, doubt, rng)
    arrived = arrivals(answers.median_hours, answers.sigma, min(law.branching.mean, 0.95), int(HOURS) * days)
    late = share_after_joining(arrived, _joiners_by_day(found, draws))
    seeds = posted.shape[1]
    total = np.zeros((problem.runs, days), np.int64)
    branch, branch_days = np.zeros(posted.shape, np.int64), []
    size = max(1, _AT_ONCE // (problem.runs * days))
    for first in range(0, seeds, size):
        part = slice(first, first + size)
        hours = np.minimum(draws.hours[:, part], HOURS * days)
        new = by_days(brought.started[:, part], share_by_day(arrived, hours, days), rng)
        new += by_days(brought.joined[:, part], late[:, None, :], rng)
        total += new.sum(axis=1)
        branch[:, part] = new[:, :, -1]
        if found.branch_days.size:
            branch_days.append(new.transpose(0, 2, 1).astype(np.int32))
    kept = found.branch_days
    if branch_days and total.size * seeds <= MOST_KEPT:
        kept = kept + np.concatenate(branch_days, axis=2)
    return StrangersAndTies(
        replace(
            found,
            active=(found.active + total).astype(np.int32),
            branch_active=(found.branch_active + branch).astype(np.int32),
            branch_days=kept,
        ),
        total,
    )


def _joiners_by_day(found: TimedLaunches, draws: LaunchDraws) -> FloatArray:
    """Count who joins along ties on each day of each run."""
    ends = HOURS * np.arange(1, found.days + 1)
    posting = np.stack([(draws.hours < end).sum(axis=1) for end in ends], axis=1)
    new = np.diff(found.active - posting, axis=1, prepend=0)
    return np.asarray(np.maximum(new, 0), np.float64)

"""What a solver says about a pick, by node key, before names are joined."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ambassador.i18n import mark
from ambassador.propagation.network.chunks import OnProgress
from ambassador.propagation.network.chunks import Progress as Step
from ambassador.services.picks.pick_demands import demands_without_ties
from ambassador.services.picks.pick_problem import PickProblem
from ambassador.services.picks.posting import Posting
from ambassador.values.forecasts.forecasts import LEVELS, Range
from ambassador.values.imports.imports import Note, Progress

FloatArray = NDArray[np.float64]
_NORMAL_95 = 1.959963984540054
DRAWS = 100
"""How many draws of the posting probabilities share the runs; each is a piece of work that can be stopped."""

_STAGES = {
    "sampling": (0, 70, mark("Following word of mouth back to where it could have started")),
    "choosing": (70, 5, mark("Choosing the best people")),
    "simulating": (75, 25, mark("Simulating launches on fresh coins")),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """One node of the choice or the reserve."""

    key: int
    marginal_spread: float | None = None
    expected: float | None = None
    posting: float | None = None
    overlap: float | None = None


@dataclass(frozen=True, slots=True)
class GainFound:
    """The choice against the biggest accounts, run by run on the same coins."""

    biggest: tuple[int, ...]
    biggest_spread: float
    difference: Range
    wins: float
    ties: float
    by_followers: bool


@dataclass(frozen=True, slots=True)
class PairFound:
    """Two nodes whose direct audiences are partly the same people."""

    first: int
    second: int
    jaccard: float
    of_smaller: float
    both_picked: bool


@dataclass(frozen=True, slots=True)
class PickSolution:
    """A solved pick."""

    picks: tuple[Chosen, ...]
    reserve: tuple[Chosen, ...] = ()
    spread: Range | None = None
    expected: Range | None = None
    certificate: float | None = None
    confidence: float | None = None
    gain: GainFound | None = None
    overlap: tuple[PairFound, ...] = ()
    curve: tuple[float, ...] = ()
    """People who talk (or the expected figure) with the first 1, 2, ... of the choice and its reserve."""
    direct_union: int | None = None
    stopped_because: str = ""
    notes: tuple[Note, ...] = field(default_factory=tuple)
    workers: int | None = None
    """How many workers of a cluster shared the choosing; None: this process alone."""


def posting_of(problem: PickProblem) -> Posting:
    """Give what the problem knows about who posts."""
    return Posting(problem.habit, problem.history, problem.by_hand)


def range_of(totals: NDArray[np.number]) -> Range:
    """Summarise one total per run: mean, its 95% interval, predictive intervals."""
    values = np.asarray(totals, dtype=np.float64)
    mean = float(values.mean())
    error = _NORMAL_95 * float(values.std(ddof=1)) / float(np.sqrt(values.size)) if values.size > 1 else 0.0
    return Range(mean, mean - error, mean + error, quantiles_of(values), float(np.median(values)))


def mean_only(totals: NDArray[np.number]) -> Range:
    """Give the mean alone, where launches cannot differ for want of anything known about how they do."""
    mean = float(np.asarray(totals, dtype=np.float64).mean())
    return Range(mean, mean, mean)


def quantiles_of(values: FloatArray) -> dict[int, tuple[float, float]]:
    """Give the predictive intervals of one total per run."""
    ends = {level: ((100 - level) / 200, (100 + level) / 200) for level in LEVELS}
    found = np.quantile(values, [end for pair in ends.values() for end in pair])
    return {level: (float(found[2 * i]), float(found[2 * i + 1])) for i, level in enumerate(ends)}


def biggest_accounts(problem: PickProblem, listeners: Mapping[int, int]) -> tuple[tuple[int, ...], bool]:
    """Pick the biggest accounts under the same demands: by followers where known, else by listeners."""
    candidates = [key for key in problem.candidates or tuple(listeners) if key not in problem.must]
    known = [key for key in candidates if key in problem.followers]
    by_followers = len(known) >= problem.count or (bool(known) and not listeners)
    size = problem.followers if by_followers else listeners
    ranked = sorted(known if by_followers else candidates, key=lambda key: (-size.get(key, 0), key))
    members = [key for group in problem.groups for key in group.keys]
    if len(set(members)) < len(members):
        return _within_overlapping(problem, (*ranked, *set(candidates).difference(ranked))), by_followers
    return _within_demands(problem, ranked), by_followers


def _within_overlapping(problem: PickProblem, ranked: Sequence[int]) -> tuple[int, ...]:
    """Take them in order where groups overlap: whoever leaves it possible to meet all demands."""
    keys = list(dict.fromkeys((*problem.must, *ranked)))
    demands = demands_without_ties(problem, keys)
    room, taken = demands.room(), list(problem.must)
    for node in range(len(problem.must), len(keys)):
        if room.open(np.array([node]))[0] and room.can_take(node):
            room.take(node)
            taken.append(keys[node])
    return tuple(taken)


def _within_demands(problem: PickProblem, ranked: Sequence[int]) -> tuple[int, ...]:
    """Take them in order, as far as the demands leave room; what a group needs is kept free for it."""
    groups = [frozenset(group.keys) for group in problem.groups]
    before = [len(keys.intersection(problem.already)) for keys in groups]
    room = [
        problem.count if group.at_most is None else max(0, group.at_most - inside)
        for group, inside in zip(problem.groups, before, strict=True)
    ]
    needs = [max(0, group.at_least - inside) for group, inside in zip(problem.groups, before, strict=True)]
    left = float("inf") if problem.budget is None else problem.budget
    taken: list[int] = []
    for key in (*problem.must, *ranked):
        inside = [place for place, keys in enumerate(groups) if key in keys]
        fits = problem.fees.get(key, 0) <= left and all(room[place] > 0 for place in inside)
        needed = any(needs[place] > 0 for place in inside)
        spare = problem.count - len(taken) - sum(needs)
        barred = any(key in pair and set(pair) & set(taken) for pair in problem.apart)
        if len(taken) == problem.count:
            break
        if not fits or barred or (not needed and spare < 1):
            continue
        taken.append(key)
        left -= problem.fees.get(key, 0)
        for place in inside:
            room[place] -= 1
            needs[place] = max(0, needs[place] - 1)
    return tuple(taken)


def told(progress: Progress) -> OnProgress:
    """Pass the engine's progress on in hundredths, so that the bar never runs backwards."""
    furthest = 0

    def report(step: Step) -> None:
        nonlocal furthest
        start, width, stage = _STAGES[step.stage]
        furthest = max(furthest, start + int(width * step.done))
        progress(furthest, 100, stage)

    return report

"""What a solver says about a pick, by node key, before names are joined."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ambassador.i18n import mark
from ambassador.propagation.arrays import FloatArray
from ambassador.propagation.network.chunks import OnProgress
from ambassador.propagation.network.chunks import Progress as Step
from ambassador.services.picks.pick_problem import PickProblem
from ambassador.services.picks.posting import Posting
from ambassador.values.forecasts.forecasts import LEVELS, Range
from ambassador.values.imports.imports import Note, Progress

_NORMAL_95 = 1.959963984540054
DRAWS = 100
"""How many draws of the posting probabilities share the runs; each is a piece of work that can be stopped."""

_STAGES = {
    "sampling": (0, 70, mark("Following word of mouth back to where it could have started")),
    "choosing": (70, 5, mark("Choosing the best people")),
    "simulating": (75, 25, mark("Simulating new launches")),
}


@dataclass(frozen=True, slots=True)
class PickedNode:
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
class MindedFound:
    """A choice that minds complaints against the one that does not, launch by launch on the same coins."""

    complainers: Range
    """Of those who talk."""
    plain: tuple[int, ...]
    """Who would be picked if complaints did not count."""
    plain_spread: float
    plain_complainers: float
    given_up: Range
    """People who talk that the choice gives up."""
    spared: Range
    """Complainers fewer."""
    cut_off: int
    """People whose talk is outweighed by complaints: they count 0, and not below."""


@dataclass(frozen=True, slots=True)
class PickSolution:
    """A solved pick."""

    picks: tuple[PickedNode, ...]
    reserve: tuple[PickedNode, ...] = ()
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
    minded: MindedFound | None = None
    """None where complaints do not count."""


def posting_of(problem: PickProblem) -> Posting:
    """Return what the problem knows about who posts.

    Examples
    --------
    >>> from ambassador.values.picks.picks import Objective
    >>> posting_of(PickProblem(1, Objective.VIEWS, (2, 4), 7, by_hand={4: 0.5})).expected([2, 4]).tolist()
    [1.0, 0.5]
    """
    return Posting(problem.habit, problem.history, problem.by_hand)


def range_of(totals: NDArray[np.number]) -> Range:
    """Summarise one total per run: mean, its 95% interval, predictive intervals.

    Examples
    --------
    >>> found = range_of(np.array([1.0, 2.0, 3.0]))
    >>> found.mean, found.median, found.low < found.mean < found.high
    (2.0, 2.0, True)
    """
    values = np.asarray(totals, dtype=np.float64)
    mean = float(values.mean())
    error = _NORMAL_95 * float(values.std(ddof=1)) / float(np.sqrt(values.size)) if values.size > 1 else 0.0
    return Range(mean, mean - error, mean + error, quantiles_of(values), float(np.median(values)))


def mean_only(totals: NDArray[np.number]) -> Range:
    """Return the mean alone, where launches cannot differ for want of anything known about how they do.

    Examples
    --------
    >>> mean_only(np.array([1.0, 3.0])).quantiles
    {}
    """
    mean = float(np.asarray(totals, dtype=np.float64).mean())
    return Range(mean, mean, mean)


def quantiles_of(values: FloatArray) -> dict[int, tuple[float, float]]:
    """Return the predictive intervals of one total per run; none where no run differs from another.

    One without width reaches to the next value there is, on the side where more of them lie.

    Examples
    --------
    >>> [round(end, 1) for end in quantiles_of(np.arange(101.0))[80]]
    [10.0, 90.0]
    >>> quantiles_of(np.array([1.0] * 99 + [4.0]))[80], quantiles_of(np.ones(9))
    ((1.0, 4.0), {})
    """
    if not np.ptp(values):
        return {}
    ends = {level: ((100 - level) / 200, (100 + level) / 200) for level in LEVELS}
    found = np.quantile(values, [end for pair in ends.values() for end in pair]).tolist()
    return {level: _with_width(values, found[2 * i], found[2 * i + 1]) for i, level in enumerate(ends)}


def _with_width(values: FloatArray, low: float, high: float) -> tuple[float, float]:
    if low < high:
        return low, high
    below, above = values[values < low], values[values > high]
    if above.size >= below.size:
        return low, float(above.min())
    return float(below.max()), high


def told(progress: Progress) -> OnProgress:
    """Pass the engine's progress on in hundredths, so that the bar never runs backwards.

    Examples
    --------
    >>> tell = told(lambda done, total, stage: print(done, total))
    >>> tell(Step("sampling", 0.5, None, 10))
    35 100
    """
    furthest = 0

    def report(step: Step) -> None:
        nonlocal furthest
        start, width, stage = _STAGES[step.stage]
        furthest = max(furthest, start + int(width * step.done))
        progress(furthest, 100, stage)

    return report

"""What simulated runs come to: means with intervals, predictive bands, counts by step and by seed."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ambassador.propagation.arrays import FloatArray, Int32Array

# Ends of the central 90, 80 and 50% ranges, and the middle.
LEVELS = (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)
NORMAL_95 = 1.959963984540054  # standard errors of a 95% interval: the normal law's 97.5% quantile


@dataclass(frozen=True)
class Bands:
    """Predictive quantiles: between which figures single runs fall.

    Attributes
    ----------
    values : float64 array, shape (7,) or (7, ...)
        Quantiles at 5, 10, 25, 50, 75, 90 and 95%.
    """

    values: FloatArray

    @classmethod
    def of(cls, totals: npt.NDArray[np.number]) -> "Bands":
        """Take quantiles over the first axis (runs).

        Examples
        --------
        >>> Bands.of(np.arange(101)).values.tolist()
        [5.0, 10.0, 25.0, 50.0, 75.0, 90.0, 95.0]
        """
        return cls(np.quantile(totals, LEVELS, axis=0))

    def interval(self, coverage: float) -> tuple[FloatArray, FloatArray]:
        """Both ends of the 50, 80 or 90% interval.

        Examples
        --------
        >>> low, high = Bands.of(np.arange(101)).interval(0.9)
        >>> float(low), float(high)
        (5.0, 95.0)
        """
        place = {0.5: 2, 0.8: 1, 0.9: 0}[coverage]
        return self.values[place], self.values[len(LEVELS) - 1 - place]

    @property
    def median(self) -> FloatArray:
        """The middle run."""
        return self.values[3]


@dataclass(frozen=True)
class Estimate:
    """A mean over runs, the 95% confidence interval of that mean, and the predictive quantiles."""

    mean: float
    low: float
    high: float
    quantiles: Bands

    @classmethod
    def of(cls, totals: npt.NDArray[np.number]) -> "Estimate":
        """Summarise one total per run.

        Examples
        --------
        >>> found = Estimate.of(np.array([2, 4]))
        >>> found.mean, round(found.high - found.mean, 2)
        (3.0, 1.96)
        """
        mean = float(totals.mean())
        margin = NORMAL_95 * standard_error(totals)
        return cls(mean, mean - margin, mean + margin, Bands.of(totals))


@dataclass(frozen=True)
class Steps:
    """Cumulative counts by step; step 0 is the launch."""

    active: FloatArray
    """Mean people active by the end of each step, shape (steps,)."""
    exposed: FloatArray
    active_bands: Bands
    exposed_bands: Bands


@dataclass(frozen=True)
class Branches:
    """Counts by seed, in the order of the seeds: a person belongs to the seed whose word came first."""

    active: FloatArray
    """Mean people active in each seed's branch (itself included), shape (seeds,); sums to the mean."""
    exposed: FloatArray
    active_bands: Bands
    exposed_bands: Bands


@dataclass(frozen=True)
class Spread:
    """People activated ("people who talk") and exposed ("people who may see it") in simulated runs.

    Attributes
    ----------
    mean, low, high : float
        Mean number activated, seeds included, and the 95% confidence interval of the mean.
    quantiles : Bands
        Predictive: where single runs fall.
    exposed : Estimate
        Unique people exposed (active, or an out-neighbour of somebody active), from the same runs.
    by_step, by_seed
        The same by step and by seed.
    runs_active, runs_exposed : int32 arrays, shape (runs,)
        Total of each run. Run r of two calls with the same key tosses the same coins.
    """

    mean: float
    low: float
    high: float
    runs: int
    quantiles: Bands
    exposed: Estimate
    by_step: Steps
    by_seed: Branches
    runs_active: Int32Array
    runs_exposed: Int32Array


@dataclass(frozen=True)
class SpreadComparison:
    """Two sets of seeds in the same runs, on the same coins.

    ``wins`` is the share of runs in which A activates more people than B, ``draws`` as many.
    """

    a: Spread
    b: Spread
    gain: Estimate
    gain_exposed: Estimate
    wins: float
    draws: float


def standard_error(totals: npt.NDArray[np.number]) -> float:
    """Error of the mean, one standard deviation; 0 for a single run, which says nothing of its own.

    Examples
    --------
    >>> standard_error(np.array([2.0, 4.0])), standard_error(np.array([7.0]))
    (1.0, 0.0)
    """
    if totals.size < 2:  # noqa: PLR2004 - a deviation needs two
        return 0.0
    return float(totals.std(ddof=1) / np.sqrt(totals.size))

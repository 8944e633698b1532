"""What is known of a person's level: the mean number of strangers who answer one of their posts."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import logsumexp

from ambassador.propagation.arrays import FloatArray

# Deviations around the mode; the posterior has one mode, as its logarithm is concave in the log level.
_GRID: Final = np.linspace(-6.0, 6.0, 49)
_STEPS: Final = 30  # of Newton's method at most: a plain bound, on a concave function
_THERE: Final = 1e-10  # a step so short leads nowhere: the next one would be its square
_LONGEST_STEP: Final = 2.0  # of log levels, so that a first step cannot overshoot into exp overflow


@dataclass(frozen=True, eq=False)
class Levels:
    """The posterior of some people's log levels, on a grid of each one's own.

    Attributes
    ----------
    at, weight : float arrays, shape (people, points)
        Log levels, evenly apart, and their probabilities.
    evidence : float array, shape (people,)
        Logarithm of the likelihood with the level integrated out, save for terms the level does not enter.
    """

    at: FloatArray
    weight: FloatArray
    evidence: FloatArray

    @property
    def mean(self) -> FloatArray:
        """Expected strangers per post of each."""
        return np.asarray((self.weight * np.exp(self.at)).sum(axis=1))

    def draw(self, runs: int, rng: np.random.Generator) -> FloatArray:
        """Draw levels, shape (runs, people): each person's once per run.

        Examples
        --------
        >>> levels = level_posterior(np.array([99.0]), np.array([990.0]), np.zeros(1), 1.0, 4.0)
        >>> levels.draw(1000, np.random.default_rng(1)).mean().round().item()
        10.0
        """
        ends = np.cumsum(self.weight, axis=1)
        drawn = np.empty((runs, self.at.shape[0]))
        for person, (row, end) in enumerate(zip(self.at, ends, strict=True)):
            place = np.minimum(np.searchsorted(end, rng.random(runs) * end[-1]), row.size - 1)
            drawn[:, person] = row[place] + (row[1] - row[0]) * (rng.random(runs) - 0.5)
        return np.exp(drawn)


def level_posterior(
    posts: FloatArray, strangers: FloatArray, usual: FloatArray, spread: float, shape: float
) -> Levels:
    """Weigh each person's own record against what is usual among people alike.

    Strangers per post are negative binomial with mean exp(level) and the given shape; log levels are normal
    around ``usual`` with deviation ``spread``.

    Parameters
    ----------
    posts, strangers : float arrays, shape (people,)
        How many posts, and how many strangers answered them in all.
    usual : float array, shape (people,)
        Expected log level of people alike.
    spread, shape : float
        Both positive.

    Examples
    --------
    >>> levels = level_posterior(np.array([0.0, 50.0]), np.array([0.0, 5000.0]), np.zeros(2), 0.5, 4.0)
    >>> levels.mean.round(1).tolist()
    [1.1, 91.8]
    """
    at, logs, step = _on_grid(posts, strangers, usual, spread, shape)
    whole = logsumexp(logs, axis=1)
    weight = np.exp(logs - whole[:, None])
    return Levels(at, weight, np.asarray(whole + np.log(step)))


@dataclass(frozen=True, eq=False)
class Evidence:
    """The evidence of ``level_posterior``, and which way it grows as the law is moved.

    Attributes
    ----------
    logs : float array, shape (people,)
        Logarithm of the likelihood with the level integrated out.
    by_usual, by_log_spread, by_log_shape : float arrays, shape (people,)
        Its derivatives.
    """

    logs: FloatArray
    by_usual: FloatArray
    by_log_spread: FloatArray
    by_log_shape: FloatArray


def level_evidence(
    posts: FloatArray, strangers: FloatArray, usual: FloatArray, spread: float, shape: float
) -> Evidence:
    """Return the evidence of ``level_posterior`` with its derivatives, for a search for the law.

    Each derivative is the expectation, over the posterior, of the derivative given the level (Fisher's
    identity: Louis, "Finding the observed information matrix when using the EM algorithm", JRSS B 44, 1982).

    Examples
    --------
    >>> posts, strangers, usual = np.array([3.0]), np.array([12.0]), np.zeros(1)
    >>> found = level_evidence(posts, strangers, usual, 0.5, 4.0)
    >>> bool(np.isclose(found.logs, level_posterior(posts, strangers, usual, 0.5, 4.0).evidence).all())
    True
    >>> found.by_usual.round(1).tolist()  # they have more strangers than is usual
    [3.3]
    """
    at, logs, step = _on_grid(posts, strangers, usual, spread, shape)
    top = logs.max(axis=1)
    logs -= top[:, None]
    weight = np.exp(logs, out=logs)
    whole = weight.sum(axis=1)
    weight /= whole[:, None]
    away = (at - usual[:, None]) / spread
    mean = np.exp(at)
    count = posts[:, None] * shape + strangers[:, None]
    by_shape = count * mean / (shape + mean) - posts[:, None] * shape * np.log1p(mean / shape)
    return Evidence(
        np.asarray(top + np.log(whole) + np.log(step)),
        (weight * away).sum(axis=1) / spread,
        (weight * away**2).sum(axis=1) - 1.0,
        (weight * by_shape).sum(axis=1) - strangers,
    )


def _on_grid(
    posts: FloatArray, strangers: FloatArray, usual: FloatArray, spread: float, shape: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return log levels, their log densities save for what no level enters, and how far apart they are."""
    mode, deviation = _mode(posts, strangers, usual, spread, shape)
    at = mode[:, None] + deviation[:, None] * _GRID
    logs = -0.5 * ((at - usual[:, None]) / spread) ** 2 - np.log(spread) - 0.5 * np.log(2 * np.pi)
    logs -= (posts[:, None] * shape + strangers[:, None]) * np.log1p(np.exp(at) / shape)
    logs += strangers[:, None] * (at - np.log(shape))
    return at, logs, deviation * (_GRID[1] - _GRID[0])


def _mode(
    posts: FloatArray, strangers: FloatArray, usual: FloatArray, spread: float, shape: float
) -> tuple[FloatArray, FloatArray]:
    """Find the top by Newton's method, and the deviation of the normal law that bends like it there."""
    mode = usual.copy()
    count = posts * shape + strangers
    seen = (posts > 0) & (strangers > 0)
    mode[seen] = np.log(strangers[seen] / posts[seen])
    for _ in range(_STEPS):
        share = 1.0 / (1.0 + shape * np.exp(-mode))
        slope = strangers - count * share - (mode - usual) / spread**2
        bend = count * share * (1.0 - share) + 1.0 / spread**2
        step = np.clip(slope / bend, -_LONGEST_STEP, _LONGEST_STEP)
        mode = mode + step
        if not (np.abs(step) > _THERE).any():
            break
    share = 1.0 / (1.0 + shape * np.exp(-mode))
    bend = count * share * (1.0 - share) + 1.0 / spread**2
    return mode, np.asarray(1.0 / np.sqrt(bend))

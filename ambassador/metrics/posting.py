"""Posting: how probable it is that somebody who gets a device really posts."""

from dataclasses import dataclass

import numpy as np

from ambassador.metrics.arrays import FloatArray

POOL_STRENGTH = 10.0
"""How many gifts of one's own weigh as much as the habit of everybody together."""


@dataclass(frozen=True, slots=True)
class PostingHabit:
    """How often anybody posts who got a device: a Beta distribution of the common rate.

    Attributes
    ----------
    posted, silent : float
        Its parameters: devices followed by a post and not, plus one each (a uniform prior).
    """

    posted: float
    silent: float

    @property
    def mean(self) -> float:
        """The expected common rate."""
        return self.posted / (self.posted + self.silent)


def pool_habit(given: FloatArray, posted: FloatArray) -> PostingHabit:
    """
    Learn the common rate from everybody's history.

    Parameters
    ----------
    given, posted : ndarray of float, shape (n,)
        Devices each person got, and how many of those were followed by a post.

    Returns
    -------
    PostingHabit

    Raises
    ------
    ValueError
        If somebody posted more often than they got a device.

    Examples
    --------
    >>> import numpy as np
    >>> round(pool_habit(np.array([6.0, 4.0]), np.array([6.0, 3.0])).mean, 4)
    0.8333
    """
    if np.any(posted > given) or np.any(posted < 0):
        raise ValueError("more posts than devices, or fewer than none")
    return PostingHabit(1.0 + float(posted.sum()), 1.0 + float((given - posted).sum()))


def posting_probability(habit: PostingHabit, given: FloatArray, posted: FloatArray) -> FloatArray:
    """
    Shrink each person's own rate towards the common one.

    Parameters
    ----------
    habit : PostingHabit
    given, posted : ndarray of float, shape (n,)
        Own history; zeros for somebody new.

    Returns
    -------
    ndarray of float, shape (n,)
        Mean of Beta(strength x rate + posted, strength x (1 - rate) + silent).

    Examples
    --------
    >>> import numpy as np
    >>> habit = PostingHabit(8.0, 2.0)
    >>> posting_probability(habit, np.array([0.0, 10.0]), np.array([0.0, 10.0]))
    array([0.8, 0.9])
    """
    return (POOL_STRENGTH * habit.mean + posted) / (POOL_STRENGTH + given)


def sample_posting(
    habit: PostingHabit, given: FloatArray, posted: FloatArray, *, draws: int, rng: np.random.Generator
) -> FloatArray:
    """
    Draw what the posting probabilities may truly be.

    The common rate is drawn first and everybody's own around it, so that all may be lower together: plugging
    in the means would make forecasts too narrow.

    Parameters
    ----------
    habit : PostingHabit
    given, posted : ndarray of float, shape (n,)
    draws : int
    rng : numpy.random.Generator

    Returns
    -------
    ndarray of float, shape (draws, n)

    Examples
    --------
    >>> import numpy as np
    >>> habit, one = PostingHabit(80.0, 20.0), np.zeros(1)
    >>> drawn = sample_posting(habit, one, one, draws=4000, rng=np.random.default_rng(1))
    >>> drawn.shape, bool(abs(drawn.mean() - 0.8) < 0.01)
    ((4000, 1), True)
    """
    rate = np.clip(rng.beta(habit.posted, habit.silent, size=(draws, 1)), 1e-6, 1 - 1e-6)
    return rng.beta(POOL_STRENGTH * rate + posted, POOL_STRENGTH * (1 - rate) + given - posted)

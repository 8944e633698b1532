"""What one post of somebody is expected to bring, and how much single posts vary."""

from collections.abc import Sequence
from enum import StrEnum

import numpy as np

from ambassador.metrics.arrays import FloatArray


class ExpectationBasis(StrEnum):
    """What an expected figure rests on, the best first."""

    OWN_PAST = "own past results"
    AVERAGES = "averages of the account"
    RATE = "engagement rate and followers"


def expected_interactions(
    past: float | None,
    likes: float | None,
    comments: float | None,
    rate: float | None,
    followers: float | None,
) -> tuple[float, ExpectationBasis] | None:
    """
    Expect as many interactions as the best evidence says.

    Parameters
    ----------
    past : float or None
        Mean interactions of the person's own earlier posts.
    likes, comments : float or None
        Averages the platform or a list states; comments that are not known are not counted.
    rate, followers : float or None
        Engagement rate by followers, a fraction, and the followers.

    Returns
    -------
    tuple of float and ExpectationBasis, or None
        None where nothing is known; never 0 instead.

    Examples
    --------
    >>> expected_interactions(None, 90.0, 10.0, 0.5, 1_000.0)
    (100.0, <ExpectationBasis.AVERAGES: 'averages of the account'>)
    >>> expected_interactions(None, None, 3.0, None, 50.0) is None
    True
    """
    if past is not None:
        return past, ExpectationBasis.OWN_PAST
    if likes is not None:
        return likes + (comments or 0.0), ExpectationBasis.AVERAGES
    if rate is not None and followers is not None:
        return rate * followers, ExpectationBasis.RATE
    return None


def expected_views(past: float | None, average_views: float | None) -> tuple[float, ExpectationBasis] | None:
    """
    Expect as many views as earlier posts had, else as the platform states on average.

    Returns
    -------
    tuple of float and ExpectationBasis, or None
        None where neither is known: views are never guessed from followers.

    Examples
    --------
    >>> expected_views(None, 4_000.0)
    (4000.0, <ExpectationBasis.AVERAGES: 'averages of the account'>)
    """
    if past is not None:
        return past, ExpectationBasis.OWN_PAST
    return None if average_views is None else (average_views, ExpectationBasis.AVERAGES)


def pooled_variation(
    posts: Sequence[int], means: Sequence[float], mean_squares: Sequence[float]
) -> float | None:
    """
    Tell how much one post of an account varies around the account's mean.

    Parameters
    ----------
    posts, means, mean_squares : sequences
        Per account: number of posts, mean of their figures, mean of the squared figures.

    Returns
    -------
    float or None
        Squared coefficient of variation, pooled over accounts by their degrees of freedom; None where no
        account has two posts.

    Examples
    --------
    >>> pooled_variation([2, 1], [10.0, 7.0], [104.0, 49.0])
    0.08
    """
    squares = freedom = 0.0
    for number, mean, mean_square in zip(posts, means, mean_squares, strict=True):
        if number > 1 and mean > 0:
            squares += number * max(mean_square - mean * mean, 0.0) / (mean * mean)
            freedom += number - 1
    return squares / freedom if freedom else None


def sample_totals(
    values: FloatArray,
    posting: FloatArray,
    variation: float | FloatArray | None,
    *,
    runs: int,
    rng: np.random.Generator,
) -> FloatArray:
    """
    Draw what each person's post brings in simulated launches.

    Parameters
    ----------
    values : ndarray of float, shape (n,)
        Expected figure of one post.
    posting : ndarray of float, shape (draws, n)
        Posting probabilities, one row per draw; every draw gets the same share of the runs.
    variation : float, ndarray of float of shape (n,), or None
        Squared coefficient of variation of one post (log-normal), of all or of each; None: posts do not vary.
    runs : int
    rng : numpy.random.Generator

    Returns
    -------
    ndarray of float, shape (at least runs, n)
        0 where the person does not post.

    Examples
    --------
    >>> import numpy as np
    >>> rng = np.random.default_rng(1)
    >>> sample_totals(np.array([5.0, 2.0]), np.ones((1, 2)), None, runs=2, rng=rng).tolist()
    [[5.0, 2.0], [5.0, 2.0]]
    """
    share = -(-runs // posting.shape[0])
    chances = np.repeat(posting, share, axis=0)
    posted = rng.random(chances.shape) < chances
    if variation is None:
        return posted * values
    spread = np.log1p(variation)
    return posted * values * rng.lognormal(-spread / 2, np.sqrt(spread), size=chances.shape)

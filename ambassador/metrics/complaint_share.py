"""Which share of the answers to somebody are complaints, where few of them were labelled."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import betaln

from ambassador.metrics.arrays import FloatArray

_MEANS: Final = np.linspace(0.005, 0.995, 100)
"""Shares that are weighed: known to half a hundredth."""
_STRENGTHS: Final = np.geomspace(2.0, 200.0, 25)
"""How alike people are, a plain bound: from any share at all to shares that 200 answers cannot tell apart."""


@dataclass(frozen=True, slots=True)
class CommonShare:
    """How shares of complaints are spread over people: a Beta law.

    Attributes
    ----------
    mean : float
        The share of somebody of whom nothing is known.
    strength : float
        As how many labelled answers of one's own this weighs.
    """

    mean: float
    strength: float


def learn_common_share(answers: FloatArray, complaints: FloatArray) -> CommonShare:
    """
    Learn the common law from everybody's counts: empirical Bayes of the beta-binomial law.

    Every mean and the logarithm of every strength within plain bounds are as likely beforehand; the law is
    the average over what the counts leave likely, so that few people never look all alike by chance.

    Parameters
    ----------
    answers, complaints : ndarray of float, shape (n,)
        Labelled answers to each person, and how many of these are complaints.

    Returns
    -------
    CommonShare

    Raises
    ------
    ValueError
        If somebody got more complaints than answers.

    Examples
    --------
    >>> common = learn_common_share(np.array([40.0, 40.0, 40.0]), np.array([4.0, 5.0, 3.0]))
    >>> round(common.mean, 2), common.strength > 20
    (0.13, True)
    """
    if np.any(complaints > answers) or np.any(complaints < 0):
        message = "more complaints than answers, or fewer than none"
        raise ValueError(message)
    mean, strength = _MEANS[:, None, None], _STRENGTHS[None, :, None]
    a, b = mean * strength, (1.0 - mean) * strength
    pairs, often = np.unique(np.column_stack([answers, complaints]), axis=0, return_counts=True)
    told, said = pairs[:, 0], pairs[:, 1]
    likely = ((betaln(a + said, b + told - said) - betaln(a, b)) * often).sum(axis=2)
    weight = np.exp(likely - likely.max())
    weight /= weight.sum()
    return CommonShare(
        float((weight * _MEANS[:, None]).sum()), float(np.exp((weight * np.log(_STRENGTHS)).sum()))
    )


def complaint_shares(common: CommonShare, answers: FloatArray, complaints: FloatArray) -> FloatArray:
    """
    Draw each person's own share to the common one, the more the fewer answers were labelled.

    Parameters
    ----------
    common : CommonShare
    answers, complaints : ndarray of float, shape (n,)

    Returns
    -------
    ndarray of float, shape (n,)
        Mean of Beta(strength x mean + complaints, strength x (1 - mean) + others).

    Examples
    --------
    >>> common = CommonShare(0.1, 10.0)
    >>> complaint_shares(common, np.array([0.0, 10.0, 90.0]), np.array([0.0, 5.0, 45.0]))
    array([0.1 , 0.3 , 0.46])
    """
    return np.asarray((common.strength * common.mean + complaints) / (common.strength + answers))

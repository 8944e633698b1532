"""How long people wait before they pass word on."""

from collections.abc import Mapping, Sequence

import numpy as np

from ambassador.propagation.arrays import FloatArray, Int64Array
from ambassador.propagation.influence.learned import DelayLaw

# Six hours, used until delays are seen; says so by its count of 0.
ASSUMED = DelayLaw(median=6 * 3600.0, sigma=1.5)
_SHRINK = 10.0  # delays the common law is worth beside those of one platform
_SHORTEST = 1.0  # seconds: clocks of exports tell no less, and its logarithm is 0
_NARROWEST = 0.05  # of the logarithm's deviation: a few equal delays are no proof that all are
_ROUNDS = 8  # of expectation and maximisation: a plain bound


def fit_delays(
    delays: FloatArray,
    group: Int64Array,
    hazard: FloatArray,
    platform: Sequence[str] | None = None,
) -> Mapping[str, DelayLaw]:
    """Fit a log-normal law per platform, each drawn to the common one by ten delays' worth.

    Parameters
    ----------
    delays : float64 array, shape (pairs,)
        Seconds between a post and one that may have come of it.
    group : int64 array, shape (pairs,)
        Pairs of one group are the possible parents of one post: together they count as one.
    hazard : float64 array, shape (pairs,)
        How likely each parent is apart from its delay; with it and the law, expectation and maximisation
        find the weights.
    platform : sequence of text, shape (pairs,), optional

    Examples
    --------
    >>> laws = fit_delays(np.array([60.0, 60.0]), np.array([0, 1]), np.ones(2))
    >>> round(laws[""].median), laws[""].count
    (60, 2)
    """
    if not delays.size:
        return {"": ASSUMED}
    logs = np.log(np.maximum(delays, _SHORTEST))
    whole = group.max() + 1
    weight = _shared(hazard, group, whole)
    middle, spread = _moments(logs, weight)
    for _ in range(_ROUNDS):
        fit = hazard * np.exp(-0.5 * ((logs - middle) / spread) ** 2)
        weight = _shared(fit, group, whole)
        middle, spread = _moments(logs, weight)
    laws = {"": DelayLaw(float(np.exp(middle)), spread, round(float(weight.sum())))}
    names = np.asarray(platform if platform is not None else [], dtype=object)
    for name in sorted({*names.tolist()} - {""}):
        laws[name] = _drawn_to(laws[""], logs[names == name], weight[names == name])
    return laws


def _shared(values: FloatArray, group: Int64Array, whole: int) -> FloatArray:
    sums = np.bincount(group, values, whole)[group]
    alike = 1.0 / np.bincount(group, minlength=whole)[group]
    return np.where(sums > 0, values / np.where(sums > 0, sums, 1.0), alike)


def _moments(logs: FloatArray, weight: FloatArray) -> tuple[float, float]:
    middle = float(np.average(logs, weights=weight))
    spread = float(np.sqrt(np.average((logs - middle) ** 2, weights=weight)))
    return middle, max(spread, _NARROWEST)


def _drawn_to(common: DelayLaw, logs: FloatArray, weight: FloatArray) -> DelayLaw:
    count = float(weight.sum())
    middle, spread = _moments(logs, weight)
    part = count / (count + _SHRINK)
    centre = part * middle + (1 - part) * float(np.log(common.median))
    variance = part * spread**2 + (1 - part) * common.sigma**2
    return DelayLaw(float(np.exp(centre)), float(np.sqrt(variance)), round(count))

"""Where tie probabilities come from when nobody gives them."""

from typing import Literal

import numpy as np
import numpy.typing as npt

from ambassador.errors import BadInputError, BadProbabilityError
from ambassador.propagation.arrays import FloatArray, Int64Array
from ambassador.propagation.kernels.adjacency import toss_ties
from ambassador.propagation.kernels.coins import run_key
from ambassador.propagation.network.network import InfluenceNetwork

Formula = Literal["share", "exponential"]

TRIVALENCY = (0.1, 0.01, 0.001)  # strong, medium and weak ties (Chen, Wang, Wang, KDD 2010)


def constant(network: InfluenceNetwork, probability: float) -> InfluenceNetwork:
    """Set the same probability on every tie.

    Raises
    ------
    BadProbabilityError
        If it lies outside [0, 1].

    Examples
    --------
    >>> network = InfluenceNetwork.from_arrays([0, 1], [2, 2], 0.9)
    >>> constant(network, 0.1).probability.tolist()
    [0.1, 0.1]
    """
    return network.with_probability(probability)


def weighted_cascade(network: InfluenceNetwork) -> InfluenceNetwork:
    """Set 1 / in-degree of its target on every tie (Kempe, Kleinberg, Tardos 2003, section 4).

    Examples
    --------
    >>> network = InfluenceNetwork.from_arrays([0, 1], [2, 2], 1.0)
    >>> weighted_cascade(network).probability.tolist()
    [0.5, 0.5]
    """
    return network.with_probability(None)


def trivalency(network: InfluenceNetwork, rng: np.random.Generator) -> InfluenceNetwork:
    """Draw 0.1, 0.01 or 0.001 for every tie (Chen, Wang, Wang, KDD 2010).

    What a tie gets depends on the key drawn from ``rng`` and on the tie's number alone.

    Examples
    --------
    >>> network = InfluenceNetwork.from_arrays([0, 1, 2, 3], [4, 4, 4, 4], 1.0)
    >>> trivalency(network, np.random.default_rng(1)).probability.tolist()
    [0.01, 0.1, 0.1, 0.01]
    """
    key = np.uint64(run_key(np.uint64(rng.integers(2**63)), 0))  # called from Python it comes back as an int
    drawn = np.empty(network.tie_count, np.uint64)
    toss_ties(key, drawn)
    which = (drawn * np.uint64(len(TRIVALENCY))) >> np.uint64(32)
    return network.with_probability(np.array(TRIVALENCY)[which])


def from_counts(
    source: npt.ArrayLike,
    target: npt.ArrayLike,
    count: npt.ArrayLike,
    node_count: int | None = None,
    *,
    formula: Formula = "share",
    rate: float = 0.1,
) -> InfluenceNetwork:
    """Build a network from how often the target reacted to the source; parallel counts are summed.

    Parameters
    ----------
    count : array of float, one per row, not negative
    formula : {"share", "exponential"}
        "share" is count / all reactions of the target, the weighted cascade of a multigraph (Kempe,
        Kleinberg, Tardos 2003, section 4), whose in-weights sum to 1. "exponential" is
        1 - exp(-rate x count), the chance of at least one success in a Poisson number of them.
    rate : float
        For "exponential": successes a single observed reaction stands for.

    Notes
    -----
    Reactions are successes only: without the number of posts nobody reacted to, these are relative
    figures. See ``bernoulli`` where that number is known.

    Examples
    --------
    >>> network = from_counts([0, 0, 1], [2, 2, 2], [1, 2, 1])
    >>> network.probability.tolist()
    [0.75, 0.25]
    """
    heads, tails, counts = _summed(source, target, count)
    if formula == "share":
        totals = np.bincount(tails, counts)[tails] if tails.size else counts
        probability = counts / np.where(totals > 0, totals, 1.0)
    else:
        probability = -np.expm1(-rate * counts)
    return InfluenceNetwork.from_arrays(heads, tails, probability, node_count)


def bernoulli(
    successes: npt.ArrayLike, trials: npt.ArrayLike, *, prior: tuple[float, float] = (0.0, 0.0)
) -> FloatArray:
    """Ratio (successes + a) / (trials + a + b): Goyal, Bonchi, Lakshmanan (WSDM 2010), A_vu / A_v, shrunk.

    Parameters
    ----------
    successes : array
        Posts of the source the target reacted to.
    trials : array
        All posts of the source, those nobody answered included.
    prior : (a, b)
        Beta prior; (0, 0) is the plain ratio, and 0 where there were no trials.

    Examples
    --------
    >>> bernoulli([1, 0], [4, 0]).tolist()
    [0.25, 0.0]
    """
    won, tried = np.asarray(successes, dtype=np.float64), np.asarray(trials, dtype=np.float64)
    if (won > tried).any():
        raise BadProbabilityError("There are more reactions than posts to react to.")
    whole = tried + prior[0] + prior[1]
    return np.where(whole > 0, (won + prior[0]) / np.where(whole > 0, whole, 1.0), 0.0)


def _summed(
    source: npt.ArrayLike, target: npt.ArrayLike, count: npt.ArrayLike
) -> tuple[Int64Array, Int64Array, FloatArray]:
    heads, tails = np.asarray(source, dtype=np.int64), np.asarray(target, dtype=np.int64)
    counts = np.asarray(count, dtype=np.float64)
    if not heads.shape == tails.shape == counts.shape:
        raise BadInputError("{counts} counts for {ties} ties.", counts=counts.size, ties=heads.size)
    if not (np.isfinite(counts) & (counts >= 0)).all():
        raise BadInputError("Counts are numbers, none below 0.")
    kept = heads != tails
    heads, tails, counts = heads[kept], tails[kept], counts[kept]
    if not heads.size:
        return heads, tails, counts
    pairs = np.stack([heads, tails])
    unique, which = np.unique(pairs, axis=1, return_inverse=True)
    first: Int64Array = unique[0]
    second: Int64Array = unique[1]
    return first, second, np.bincount(which.ravel(), counts).astype(np.float64)

"""Learn from past cascades how probable it is that one person makes another talk."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ambassador.propagation.cascade_log import CascadeLog
from ambassador.propagation.chunks import OnProgress
from ambassador.propagation.exposures import past_along
from ambassador.propagation.kernels.exposure import Past, count_exposed_entries, count_exposures, nobody_yet
from ambassador.propagation.learned import DelayLaw, Heat, LearnedInfluence, Outside
from ambassador.propagation.network import InfluenceNetwork

FloatArray = npt.NDArray[np.float64]
Int64Array = npt.NDArray[np.int64]


def learn_influence(
    network: InfluenceNetwork,
    log: CascadeLog,
    *,
    platforms: Sequence[str] | None = None,
    progress: OnProgress | None = None,
) -> LearnedInfluence:
    """Learn the probability of every tie.

    Parameters
    ----------
    network : InfluenceNetwork
        The ties; their present probabilities are not used.
    log : CascadeLog
        Past cascades; nodes are numbered as in the network.
    platforms : sequence of text, shape (cascades,), optional
        Where each cascade ran: delays are fitted by platform.

    Examples
    --------
    >>> network = InfluenceNetwork.from_arrays([0, 0], [1, 2], 1.0)
    >>> log = CascadeLog.from_entries([0, 0, 1], [0, 1, 0], [0.0, 60.0, 0.0])
    >>> learned = learn_influence(network, log)
    >>> bool(learned.network.probability[0] > learned.network.probability[1])
    True
    """
    del platforms, progress
    trials, successes = tie_record(network, log)
    rate = (successes.sum() + 0.5) / (trials.sum() + 1.0)
    alpha, beta = rate + successes, 1.0 - rate + trials - successes
    exposing = exposed_entries(network, log)
    after = np.ones(log.nodes.size, bool)
    after[log.offsets[:-1][log.sizes > 0]] = False
    alone = int(((exposing == 0) & after).sum())
    followers = max(int(after.sum()), 1)
    cascades = max(log.cascade_count, 1)
    outside = Outside(alone / max(cascades * network.node_count, 1), alone / followers, alone / cascades)
    return LearnedInfluence(
        network.with_probability(alpha / (alpha + beta)),
        alpha,
        beta,
        outside,
        Heat(0.0),
        {"": DelayLaw(3600.0, 2.0)},
    )


def tie_record(network: InfluenceNetwork, log: CascadeLog) -> tuple[Int64Array, Int64Array]:
    """Give by tie number how often the target was exposed by the source, and how often it followed."""
    trials, successes = np.zeros(network.tie_count, np.int64), np.zeros(network.tie_count, np.int64)
    place = nobody_yet(network.node_count)
    count_exposures(past_along(network, log), place, trials, successes)
    return trials, successes


def exposed_entries(network: InfluenceNetwork, log: CascadeLog) -> Int64Array:
    """Give for each entry of the log how many of those its author listens to were active before."""
    exposing = np.zeros(log.nodes.size, np.int64)
    place = nobody_yet(network.node_count)
    past = Past(log.offsets, log.nodes, network.in_offsets, network.in_sources)
    count_exposed_entries(past, place, exposing)
    return exposing

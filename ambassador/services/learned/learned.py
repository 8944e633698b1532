"""What was learned last, for those who pick and forecast with it."""

from typing import Final, NamedTuple

import numpy as np
from sqlmodel import Session

from ambassador.propagation.arrays import AnyArray, FloatArray
from ambassador.propagation.influence import LearnedInfluence, TieHistory
from ambassador.propagation.influence.learned import DelayLaw, Frailty, Outside
from ambassador.propagation.network import InfluenceNetwork
from ambassador.store.learning.learning import newest_parameters, unpack

ALGORITHM: Final = "pooled hazards with tie posteriors"
VERSION: Final = "5"


class Records(NamedTuple):
    """What the past says of each person, kept beside what was learned.

    Cascades they took part in, in which listeners heard them, and in which they heard somebody, each for the
    part of its answers that had come; joiners they have a share in; times they joined after somebody they
    listen to.
    """

    active: FloatArray
    heard: FloatArray
    exposed: FloatArray
    credit: FloatArray
    followed: FloatArray


def records_of(network: InfluenceNetwork, counted: TieHistory) -> Records:
    """Count by person; a post is heard in as many cascades as the listener reached by it most often."""
    heard = np.zeros(network.node_count)
    np.maximum.at(heard, network.out_sources, counted.trials)
    credit = np.bincount(network.out_sources, counted.credit, network.node_count)
    return Records(counted.active, heard, counted.exposed, credit.astype(np.float64), counted.followed)


def load_learned(session: Session) -> LearnedInfluence | None:
    """Return the newest learned influence, its nodes labelled with their keys; None before there is any.

    Examples
    --------
    >>> load_learned(session) is None
    True
    """
    row = newest_parameters(session)
    return None if row is None or row.arrays is None else from_arrays(unpack(row.arrays))


def as_arrays(learned: LearnedInfluence) -> dict[str, AnyArray]:
    """Turn what was learned into arrays that can be kept."""
    network, outside = learned.network, learned.outside
    platforms = list(learned.delays)
    laws = [(law.median, law.sigma, law.count) for law in learned.delays.values()]
    return {
        "node_keys": np.asarray(network.labels, np.int64),
        "source": network.out_sources,
        "target": network.out_targets,
        "alpha": learned.alpha,
        "beta": learned.beta,
        "outside": np.array([outside.per_person, outside.share, outside.per_cascade]),
        "outside_by_node": outside.by_node,
        "heat": np.array([learned.frailty.sigma]),
        "platforms": np.array(platforms, dtype=np.str_),
        "delays": np.array(laws, np.float64).reshape(-1, 3),
    }


def from_arrays(arrays: dict[str, AnyArray]) -> LearnedInfluence:
    """Read back what ``as_arrays`` gave."""
    alpha, beta = arrays["alpha"], arrays["beta"]
    keys = arrays["node_keys"]
    per_person, share, per_cascade = map(float, arrays["outside"])
    mean = alpha / (alpha + beta)
    network = InfluenceNetwork.from_arrays(arrays["source"], arrays["target"], mean, keys.size, labels=keys)
    laws = [DelayLaw(float(median), float(sigma), int(count)) for median, sigma, count in arrays["delays"]]
    return LearnedInfluence(
        network,
        alpha,
        beta,
        Outside(per_person, share, per_cascade, arrays["outside_by_node"]),
        Frailty(float(arrays["heat"][0])),
        dict(zip(arrays["platforms"].tolist(), laws, strict=True)),
    )

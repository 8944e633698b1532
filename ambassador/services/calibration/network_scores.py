"""What the network says of past cascades before they began: the spread it expects from each starter."""

from datetime import UTC, datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from ambassador.i18n import mark
from ambassador.propagation.influence import learn_influence
from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.simulate import estimate_total
from ambassador.services.cascades.cascade_history import CascadeHistory
from ambassador.store.networks.networks import read_ties

FloatArray = NDArray[np.float64]
_RUNS: Final = 200
_MOST_STARTERS: Final = 1_000
_KEY: Final = 20_260_102
NO_TIES: Final = mark("there were no ties yet before the cascades that are judged")
NOT_ONE: Final = mark("none of the starters was in the network before")


def network_scores(session: Session, history: CascadeHistory, first: int) -> tuple[FloatArray | None, str]:
    """Give the logarithm of the expected spread per cascade, or None and why the network cannot be asked.

    Probabilities are learned from the first half of what lies before the judged cascades, over ties that were
    known by then; the second half is left to fit what a score stands for.
    """
    middle = first // 2
    began = datetime.fromtimestamp(float(history.began[middle]), UTC)
    ties = read_ties(session, known_by=began)
    if not len(ties):
        return None, NO_TIES
    network = InfluenceNetwork.from_keys(ties.source_key, ties.target_key, None)
    keys = np.asarray(network.labels, dtype=np.int64)
    learned = learn_influence(network, history.log(keys, 0, middle))
    wanted = _newest_starters(history, middle, keys)
    if not wanted:
        return None, NOT_ONE
    spread = _spread(learned.network, keys, wanted)
    scores = np.full(len(history), np.nan)
    for place in range(middle, len(history)):
        scores[place] = np.log(spread.get(int(history.starters[place]), 1.0))
    return scores, ""


def _newest_starters(history: CascadeHistory, middle: int, keys: NDArray[np.int64]) -> list[int]:
    """Name those who started, the latest first, as far as they are nodes and can be simulated in time."""
    starters = history.starters[middle:][::-1]
    found = dict.fromkeys(starters[np.isin(starters, keys)].tolist())
    return list(found)[:_MOST_STARTERS]


def _spread(network: InfluenceNetwork, keys: NDArray[np.int64], wanted: list[int]) -> dict[int, float]:
    """Simulate each starter alone, all on the same coins."""
    nodes = np.searchsorted(keys, wanted).tolist()
    return {
        key: estimate_total(network, [node], runs=_RUNS, rng=np.random.default_rng(_KEY), threads=1).mean
        for key, node in zip(wanted, nodes, strict=True)
    }

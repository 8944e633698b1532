"""Cascades of one launch compete: who has talked about it in one often talks in no other.

Read cascade by cascade, they would look like people nobody can move.
"""

from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import betaincinv

from ambassador.propagation.cascade_log import CascadeLog, Excused
from ambassador.propagation.exposures import Exposures, count_of_candidates, list_exposures
from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.tie_history import taken

BoolArray = npt.NDArray[np.bool_]
Int64Array = npt.NDArray[np.int64]

RARELY: Final = 0.5
"""Those who talked already join less than so many times as often as the others: they are not asked again."""
SURE: Final = 0.95
MOST: Final = 20_000_000
"""Exposing ties beyond which the cascades of launches are taken as they are: listing them takes memory."""


def excuse_those_who_talked(network: InfluenceNetwork, log: CascadeLog, launch: Int64Array) -> CascadeLog:
    """Excuse from each cascade who stayed silent in it, having talked before in another of the same launch.

    Only where the log shows that people talk about a launch once: of those exposed after they had talked
    elsewhere, clearly fewer join than of the others. Where people answer to many posts, nobody is excused.
    Who talks elsewhere later was asked here and stayed silent.

    Parameters
    ----------
    network : InfluenceNetwork
    log : CascadeLog
    launch : int64 array, shape (cascades,)
        The launch each cascade belongs to, -1 for none.

    Examples
    --------
    >>> network = InfluenceNetwork.from_arrays([0, 1], [2, 2], 0.5)
    >>> twice = [
    ...     (2 * day + one, who, 1e6 * day + 9 * one + who)
    ...     for day in range(40)
    ...     for one in (0, 1)
    ...     for who in ((0, 2) if one == 0 else (1,))
    ... ]
    >>> log = CascadeLog.from_entries(*zip(*twice))
    >>> excuse_those_who_talked(network, log, np.arange(80) // 2).excused.nodes.size
    40
    """
    inside = np.flatnonzero((launch >= 0) & (log.sizes > 0))
    part = taken(log, inside)
    if not inside.size or count_of_candidates(network, part)[1] > MOST:
        return log
    exposures = list_exposures(network, part)
    talked = _talked_before(part, launch[inside], exposures)
    if not _talk_once(exposures.activated, talked):
        return log
    silent = talked & ~exposures.activated
    return replace(
        log, excused=Excused.of(inside[exposures.cascade[silent]], exposures.node[silent], log.cascade_count)
    )


def _talked_before(log: CascadeLog, launch: Int64Array, exposures: Exposures) -> BoolArray:
    """Say who had talked about the launch before anybody exposed them here."""
    people = int(max(log.nodes.max(initial=0), exposures.node.max(initial=0))) + 1
    entry = launch[log.cascades] * people + log.nodes
    order = np.lexsort((log.times, entry))
    keys, first = np.unique(entry[order], return_index=True)
    since = log.times[order][first]
    wanted = launch[exposures.cascade] * people + exposures.node
    place = np.minimum(np.searchsorted(keys, wanted), keys.size - 1)
    exposed = log.times[exposures.entries[exposures.offsets[:-1]]]
    return np.asarray((keys[place] == wanted) & (since[place] < exposed))


def _talk_once(activated: BoolArray, talked: BoolArray) -> bool:
    """Say whether those who had talked join clearly less often than the others."""
    again, fresh = activated[talked], activated[~talked]
    if not again.size or not fresh.size:
        return False
    joined = int(again.sum())
    most = 1.0 if joined == again.size else float(betaincinv(joined + 1, again.size - joined, SURE))
    return most < RARELY * float(fresh.mean())

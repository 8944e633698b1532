"""Cascades of one launch compete: who has talked about it in one often talks in no other.

Read cascade by cascade, they would look like people nobody can move.
"""

from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np
from scipy.special import betaincinv

from ambassador.propagation.arrays import BoolArray, FloatArray, Int64Array
from ambassador.propagation.cascades import CascadeLog
from ambassador.propagation.cascades.cascade_log import Excused
from ambassador.propagation.influence.exposures import Exposures, count_of_candidates, list_exposures
from ambassador.propagation.influence.tie_history import taken
from ambassador.propagation.network import InfluenceNetwork

# Those who talked already join less than so many times as often as the others: they are not asked again.
RARELY: Final = 0.5
SURE: Final = 0.95  # probability with which that must hold (Clopper, Pearson 1934, one-sided)
# Exposing ties beyond which the cascades of launches are taken as they are: listing them takes memory.
MOST: Final = 20_000_000


def excuse_those_who_talked(network: InfluenceNetwork, log: CascadeLog, launch: Int64Array) -> CascadeLog:
    """Excuse from each cascade who stayed silent in it but talked in another of the same launch.

    Only where the log shows that people talk about a launch once: of those exposed after they had talked
    elsewhere, clearly fewer join than of the others. Where people answer to many posts, nobody is excused.

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
    talk = _PostsAround.of(part, launch[inside], network.node_count)
    elsewhere, before = talk.elsewhere(exposures), talk.before(exposures, part.times)
    if not _talk_once(exposures.activated, elsewhere, before):
        return log
    silent = elsewhere & ~exposures.activated
    return replace(
        log, excused=Excused.of(inside[exposures.cascade[silent]], exposures.node[silent], log.cascade_count)
    )


@dataclass(frozen=True, eq=False)
class _PostsAround:
    """In how many cascades of each launch a person talked, and since when; keys are launch and person."""

    launch: Int64Array
    """By cascade."""
    people: int
    keys: Int64Array
    cascades: Int64Array
    since: FloatArray

    @classmethod
    def of(cls, log: CascadeLog, launch: Int64Array, people: int) -> Self:
        entry = launch[log.cascades] * people + log.nodes
        order = np.lexsort((log.times, entry))
        keys, first, count = np.unique(entry[order], return_index=True, return_counts=True)
        return cls(launch, people, keys, count, log.times[order][first])

    def elsewhere(self, exposures: Exposures) -> BoolArray:
        """Mark who talked in another cascade of the launch."""
        place, known = self._places(exposures)
        return np.where(known, self.cascades[place], 0) > exposures.activated

    def before(self, exposures: Exposures, times: FloatArray) -> BoolArray:
        """Mark who had talked before anybody exposed them here."""
        place, known = self._places(exposures)
        exposed = times[exposures.entries[exposures.offsets[:-1]]]
        return known & (self.since[place] < exposed)

    def _places(self, exposures: Exposures) -> tuple[Int64Array, BoolArray]:
        wanted = self.launch[exposures.cascade] * self.people + exposures.node
        place = np.minimum(np.searchsorted(self.keys, wanted), self.keys.size - 1)
        return place, self.keys[place] == wanted


def _talk_once(activated: BoolArray, elsewhere: BoolArray, before: BoolArray) -> bool:
    """Whether those who had talked join clearly less often than those who talked nowhere else."""
    again, fresh = activated[before], activated[~elsewhere & ~before]
    if not again.size or not fresh.size:
        return False
    joined = int(again.sum())
    most = 1.0 if joined == again.size else float(betaincinv(joined + 1, again.size - joined, SURE))
    return most < RARELY * float(fresh.mean())

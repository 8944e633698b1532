"""The organisation's own past as learning wants it: a network, cascades, columns by tie."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import NamedTuple, Self

import numpy as np
from sqlmodel import Session

from ambassador.propagation.arrays import BoolArray, FloatArray, Int64Array
from ambassador.propagation.cascades import CascadeLog
from ambassador.propagation.influence.competing import excuse_those_who_talked
from ambassador.propagation.influence.exposures import Exposures
from ambassador.propagation.network import InfluenceNetwork
from ambassador.services.cascades.forest import CampaignForest, read_campaign_forest
from ambassador.store.kept import kept_for
from ambassador.store.learning.learning import (
    LearningTies,
    campaigns_of,
    most_followers,
    read_learning_ties,
)

_RARE = 0.01
"""A kind that fewer ties have is not told apart."""
_LEAST = 1e-4
"""Probabilities below count as so much: they have a logarithm."""


class Stated(NamedTuple):
    """What files say of ties, by tie number: probabilities, or shares of the target's reactions."""

    name: str
    probability: FloatArray


class _Listed(NamedTuple):
    """Ties of files in a network: their rows, tie numbers and targets, and which ties are among them."""

    row: Int64Array
    tie: Int64Array
    target: Int64Array
    there: BoolArray


@dataclass(frozen=True, eq=False)
class OwnPast:
    """Everything the database holds about who made whom talk."""

    ties: LearningTies
    keys: Int64Array
    log: CascadeLog
    parents: Int64Array
    platforms: tuple[str, ...]
    followers: dict[int, int]
    until: float = np.inf
    """Moment the posts reach to: of what was posted shortly before, some answers are still to come."""

    @classmethod
    def of_files(
        cls,
        ties: LearningTies,
        people: int,
        log: CascadeLog,
        platforms: tuple[str, ...],
        followers: dict[int, int],
        until: float = np.inf,
    ) -> Self:
        """Take what files hold, people numbered from 0, without a database."""
        return cls(ties, np.arange(people), log, np.full(log.nodes.size, -1), platforms, followers, until)

    @cached_property
    def network(self) -> InfluenceNetwork:
        """All ties, whatever they come from, labelled with node keys."""
        return self._built(np.ones(self.ties.source_key.size, np.bool_))

    def network_before(self, moment: float) -> InfluenceNetwork:
        """Return the ties known before a moment: one derived from a later reaction would tell the answer."""
        return self._built(self.ties.from_file | (self.ties.first_seen < moment))

    def with_silence(self, log: CascadeLog, before: float = np.inf) -> CascadeLog:
        """Add one post nobody answered for each source known by derived ties alone, behind the others.

        A derived tie is known because of its first success: without this, one answer to one post would be
        certainty, for the tie and for the law all ties share. Where a file names somebody's ties, those
        nobody answered are among them; one silence more would speak against ties it has nothing to do with.
        """
        derived = self.ties.source_key[~self.ties.from_file & (self.ties.first_seen < before)]
        listed = self.ties.source_key[self.ties.from_file]
        sources = np.searchsorted(self.keys, np.setdiff1d(derived, listed))
        newest = log.times.max(initial=0.0)
        last = (newest if np.isinf(self.until) else max(newest, self.until)) + 1.0
        longer = CascadeLog.from_entries(
            np.concatenate([log.cascades, log.cascade_count + np.arange(sources.size)]),
            np.concatenate([log.nodes, sources]),
            np.concatenate([log.times, np.full(sources.size, last)]),
        )
        return replace(longer, excused=log.excused.longer(sources.size)) if log.excused else longer

    def columns(self, network: InfluenceNetwork) -> dict[str, FloatArray]:
        """Return what is known of each tie beside the cascades: what files say, and how large its ends are.

        Ties no file gives are as the usual one: that somebody once answered is what is to be learned.
        """
        listed = self._listed(network)
        told = dict(self._kinds(listed))
        stated = self._stated(listed)
        if stated is not None and float(np.ptp(stated.probability[listed.there])) > 0:
            told[stated.name] = as_log_hazard(stated.probability)
        found = {name: np.where(listed.there, one, one[listed.there].mean()) for name, one in told.items()}
        known = np.array([self.followers.get(int(key), 0) for key in self.keys], np.float64)
        if (known > 0).any():
            size = np.log1p(np.where(known > 0, known, np.median(known[known > 0])))
            found["source followers"] = size[network.out_sources]
            found["target followers"] = size[network.out_targets]
        return found

    def stated(self, network: InfluenceNetwork) -> Stated | None:
        """Return the probabilities files state, 0 for ties no file gives; None where they do not say."""
        return self._stated(self._listed(network))

    def stated_of(
        self, exposures: Exposures, network: InfluenceNetwork | None = None
    ) -> dict[str, FloatArray]:
        """Predict who of the exposed joins by what files state, by its name; nothing where they do not."""
        stated = self.stated(self.network if network is None else network)
        return {} if stated is None else {stated.name: exposures.any_of(stated.probability)}

    def _listed(self, network: InfluenceNetwork) -> _Listed:
        """Find the ties of files in a network."""
        numbers = network.out_sources.astype(np.int64) * self.keys.size + network.out_targets
        row = np.flatnonzero(self.ties.from_file & (self.ties.source_key != self.ties.target_key))
        source, target = (
            np.searchsorted(self.keys, one[row]) for one in (self.ties.source_key, self.ties.target_key)
        )
        tie = np.searchsorted(numbers, source * self.keys.size + target)
        there = np.zeros(numbers.size, np.bool_)
        there[tie] = True
        return _Listed(row, tie, target, there)

    def _kinds(self, listed: _Listed) -> Iterator[tuple[str, FloatArray]]:
        kinds = np.array(self.ties.kind, np.str_)[listed.row]
        for kind in sorted({*kinds.tolist()}):
            marked = np.zeros(listed.there.size)
            marked[listed.tie[kinds == kind]] = 1.0
            if _RARE < marked[listed.there].mean() < 1 - _RARE:
                yield f"kind {kind}", marked

    def _stated(self, listed: _Listed) -> Stated | None:
        given, count = self.ties.given[listed.row], self.ties.count[listed.row]
        found = np.zeros(listed.there.size)
        if given.size and not np.isnan(given).any():
            np.maximum.at(found, listed.tie, given)
            return Stated("given", found)
        if count.size and not np.isnan(count).any():
            whole = np.bincount(listed.target, count, self.keys.size)[listed.target]
            np.add.at(found, listed.tie, np.divide(count, whole, out=np.zeros(count.size), where=whole > 0))
            return Stated("share_of_reactions", found)
        return None

    def data_hash(self) -> str:
        """Name what was learned from by its content, in whatever order the ties were written."""
        ties, total = self.ties, hashlib.sha256()
        kinds = np.array(ties.kind, np.str_)
        order = np.lexsort((ties.count, ties.given, kinds, ties.from_file, ties.target_key, ties.source_key))
        for part in (
            self.keys,
            ties.source_key[order],
            ties.target_key[order],
            ties.given[order],
            ties.count[order],
            self.log.offsets,
            self.log.nodes,
            self.log.times,
            self.parents,
            *((self.log.excused.offsets, self.log.excused.nodes) if self.log.excused else ()),
        ):
            total.update(part.size.to_bytes(8, "little"))
            total.update(np.ascontiguousarray(part).tobytes())
        total.update("\n".join((*kinds[order].tolist(), *self.platforms)).encode())
        total.update(repr(sorted(self.followers.items())).encode())
        return total.hexdigest()

    def _built(self, kept: BoolArray) -> InfluenceNetwork:
        source, target = self.ties.source_key[kept], self.ties.target_key[kept]
        heads, tails = np.searchsorted(self.keys, source), np.searchsorted(self.keys, target)
        return InfluenceNetwork.from_arrays(heads, tails, 1.0, self.keys.size, labels=self.keys)


def as_log_hazard(probability: FloatArray) -> FloatArray:
    """Return log(-log(1 - p)), bounded at both ends.

    Examples
    --------
    >>> as_log_hazard(np.array([0.0, 1 - np.exp(-1.0)])).round(2)
    array([-9.21,  0.  ])
    """
    return np.asarray(np.log(-np.log1p(-np.clip(probability, _LEAST, 1 - _LEAST))))


def read_own_past(session: Session, now: datetime) -> OwnPast:
    """Read ties and posts; every post nobody answered is a cascade of one, so that silence counts.

    Kept until any of them changes: what was learned is shown beside what it was learned from.

    Examples
    --------
    >>> past = read_own_past(session, work.now())
    >>> past.log.cascade_count, past.network.tie_count
    (3, 7)
    """
    reach = read_campaign_forest(session, now).as_of
    return kept_for(session, "own past", reach, lambda: _own_past(session, now))


def _own_past(session: Session, now: datetime) -> OwnPast:
    ties, trees = read_learning_ties(session), read_campaign_forest(session, now)
    author = trees.posts.keys
    keys = np.unique(np.concatenate([ties.source_key, ties.target_key, author]))
    log, parents, first = _cascades(trees, np.searchsorted(keys, author))
    roots = trees.posts.ids[first].tolist()
    names = trees.posts.platform_names
    platforms = tuple(names[place] for place in trees.posts.platforms[first].tolist())
    until = trees.as_of.timestamp()
    found = OwnPast(ties, keys, log, parents, platforms, most_followers(session), until)
    campaign = campaigns_of(session, roots)
    if not campaign:
        return found
    launch = np.array([campaign.get(number, -1) for number in roots], np.int64)
    return replace(found, log=excuse_those_who_talked(found.network, log, launch))


def _cascades(trees: CampaignForest, nodes: Int64Array) -> tuple[CascadeLog, Int64Array, Int64Array]:
    """Return one cascade per first post, the entry of each observed parent, and the first posts' places."""
    forest = trees.forest
    row = forest.row
    roots, cascade = np.unique(forest.root, return_inverse=True)
    log = CascadeLog.from_entries(cascade, nodes[row], trees.times[row])
    parents = np.full(log.nodes.size, -1, np.int64)
    seen = np.flatnonzero((forest.parent >= 0) & ~forest.inferred)
    if seen.size:
        place = log.entries_of(cascade, nodes[row])
        child, parent = place[seen], place[forest.parent[seen]]
        first = log.times[child] == trees.times[row][seen]
        parents[child[first]] = np.where(child == parent, -1, parent)[first]
    return log, parents, row[roots]

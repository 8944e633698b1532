"""Cascades of posts laid one behind the other, each in the order of time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from ambassador.propagation.arrays import BoolArray, FloatArray, Int64Array
from ambassador.propagation.cascades import build_forest
from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.parents import CascadePosts
from ambassador.propagation.parents.outside_rate import since_start
from ambassador.store.cascades.cascades import PostColumns

_NEARLY_ALL: Final = 0.99
"""Of the posts fall within the time a cascade is taken to last."""


@dataclass(frozen=True)
class OrderedCascades:
    """Some trees; arrays follow ``posts``."""

    posts: PostColumns
    keys: Int64Array
    """Node key of each author."""
    offsets: Int64Array
    times: FloatArray
    parent: Int64Array
    """Place of the post each hangs from; -1 for starts."""
    hidden: BoolArray
    """Posts that hang from the start only because nothing more is known."""

    @property
    def platform(self) -> npt.NDArray[np.str_]:
        """Where each was posted."""
        return np.array(self.posts.platform_names, np.str_)[self.posts.platforms]

    @property
    def seen(self) -> Int64Array:
        """Place of the parent where it was seen, else -1."""
        return np.where(self.hidden, -1, self.parent)

    def talk(self, network: InfluenceNetwork) -> CascadePosts:
        """Return the posts with the authors' numbers in a network."""
        return CascadePosts(self.offsets, network.nodes_of(self.keys), self.times, self.platform)

    def hiding_all(self) -> Self:
        """Return the same cascades as if no parent had been seen."""
        return replace(self, hidden=np.ones(self.hidden.size, np.bool_))

    def newest(self, count: int) -> Self:
        """Return the last cascades, about so many posts in all."""
        first = int(np.searchsorted(self.offsets, max(int(self.offsets[-1]) - count, 0)))
        return self._part(first, self.offsets.size - 1)

    def parted(self, moment: float) -> tuple[Self, Self]:
        """Part the cascades that start later than a moment, in seconds, from those before."""
        first = int(np.searchsorted(self.times[self.offsets[:-1]], moment, side="right"))
        return self._part(0, first), self._part(first, self.offsets.size - 1)

    def _part(self, first: int, last: int) -> Self:
        start, stop = int(self.offsets[first]), int(self.offsets[last])
        span = slice(start, stop)
        parent = np.maximum(self.parent[span] - start, -1)
        offsets = self.offsets[first : last + 1] - start
        rest = (offsets, self.times[span], parent, self.hidden[span])
        return type(self)(self.posts[span], self.keys[span], *rest)


def joined_talk(
    parts: Sequence[OrderedCascades], network: InfluenceNetwork
) -> tuple[CascadePosts, Int64Array]:
    """Lay some cascades behind others; give the posts and the parents that were seen."""
    starts = np.cumsum([0, *(len(part.posts) for part in parts)])
    talks = [part.talk(network) for part in parts]
    offsets = [talk.offsets[:-1] + start for talk, start in zip(talks, starts, strict=False)]
    seen = [
        np.where(part.seen >= 0, part.seen + start, -1) for part, start in zip(parts, starts, strict=False)
    ]
    nodes, times = np.concatenate([t.nodes for t in talks]), np.concatenate([t.times for t in talks])
    platform = np.concatenate([part.platform for part in parts])
    return CascadePosts(np.concatenate([*offsets, starts[-1:]]), nodes, times, platform), np.concatenate(seen)


def trees_with_hidden(posts: PostColumns) -> tuple[OrderedCascades, OrderedCascades]:
    """Part trees that hide something from those that do not; a post nobody answered is a tree as well.

    Examples
    --------
    >>> from ambassador.store.cascades.cascades import read_posts
    >>> hidden, seen = trees_with_hidden(read_posts(session))
    >>> len(hidden.posts), len(seen.posts)
    (0, 7)
    """
    times = posts.times
    forest = build_forest(posts.ids, posts.named_parents, times=times)
    hiding = np.zeros(times.size, np.bool_)
    hiding[forest.root[posts.hidden]] = True
    hidden = hiding[forest.root]
    trees = (posts, times, forest.root, forest.parent)
    return _ordered(*trees, hidden), _ordered(*trees, ~hidden)


def _ordered(
    posts: PostColumns, times: FloatArray, root: Int64Array, parent: Int64Array, wanted: BoolArray
) -> OrderedCascades:
    inside = np.flatnonzero(wanted)
    order = inside[np.lexsort((inside, times[inside], root[inside]))]
    ends = np.flatnonzero(np.diff(root[order], append=-1)) + 1
    place = np.full(len(posts) + 1, -1, np.int64)
    place[order] = np.arange(order.size)
    kept = posts.take(order)
    offsets = np.concatenate([[0], ends])
    return OrderedCascades(kept, kept.keys, offsets, times[order], place[parent[order]], kept.hidden)


def lasting(talk: CascadePosts) -> float:
    """Return the seconds a cascade is taken to last."""
    since = since_start(talk)
    return float(np.quantile(since[since > 0], _NEARLY_ALL)) if (since > 0).any() else 1.0

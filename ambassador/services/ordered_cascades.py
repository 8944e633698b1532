"""Cascades of posts laid one behind the other, each in the order of time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ambassador.propagation.forest import build_forest
from ambassador.propagation.hidden_parents import NEARLY_ALL, joined_later
from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.parents import Posts
from ambassador.store.cascades import Post
from ambassador.store.networks import account_key

BoolArray = npt.NDArray[np.bool_]
FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True)
class OrderedCascades:
    """Some trees; arrays follow ``posts``."""

    posts: list[Post]
    keys: list[int]
    """Node key of each author."""
    offsets: IntArray
    times: FloatArray
    parent: IntArray
    """Place of the post each hangs from; -1 for starts."""

    def talk(self, network: InfluenceNetwork) -> Posts:
        """Give the posts with the authors' numbers in a network."""
        return Posts(self.offsets, network.nodes_of(self.keys), self.times)


def trees_with_hidden(posts: Sequence[Post]) -> tuple[OrderedCascades, OrderedCascades]:
    """Part trees that hide something from those with answers that hide nothing."""
    times = np.array([post.posted_at.timestamp() for post in posts])
    forest = build_forest([post.id for post in posts], [post.parent_id for post in posts], times=times)
    hiding, answered = np.zeros(times.size, np.bool_), np.zeros(times.size, np.bool_)
    hiding[forest.root[[post.hidden for post in posts]]] = True
    answered[forest.root[forest.parent >= 0]] = True
    hidden = hiding[forest.root]
    trees = (posts, times, forest.root, forest.parent)
    return _ordered(*trees, hidden), _ordered(*trees, answered[forest.root] & ~hidden)


def _ordered(
    posts: Sequence[Post], times: FloatArray, root: IntArray, parent: IntArray, wanted: BoolArray
) -> OrderedCascades:
    inside = np.flatnonzero(wanted)
    order = inside[np.lexsort((inside, times[inside], root[inside]))]
    ends = np.flatnonzero(np.diff(root[order], append=-1)) + 1
    place = np.full(len(posts) + 1, -1, np.int64)
    place[order] = np.arange(order.size)
    kept = [posts[number] for number in order.tolist()]
    keys = [account_key(post.account_id, post.person_id) for post in kept]
    return OrderedCascades(kept, keys, np.concatenate([[0], ends]), times[order], place[parent[order]])


def newest(talk: Posts, count: int) -> tuple[Posts, int]:
    """Give the last cascades, about so many posts in all, and how many posts come before them."""
    first = int(np.searchsorted(talk.offsets, max(int(talk.offsets[-1]) - count, 0)))
    start = int(talk.offsets[first]) if first < talk.offsets.size - 1 else 0
    return Posts(talk.offsets[talk.offsets >= start] - start, talk.nodes[start:], talk.times[start:]), start


def lasting(talk: Posts) -> float:
    """Give the seconds a cascade is taken to last."""
    sizes = np.diff(talk.offsets)
    since = talk.times - np.repeat(talk.times[talk.offsets[:-1][sizes > 0]], sizes[sizes > 0])
    joined = joined_later(talk)
    return float(np.quantile(since[joined], NEARLY_ALL)) if joined.any() else 1.0

"""Cascades in which it was seen, for some posts at least, whom they came from.

What they say speaks for one earlier post or another as the parent: past answers, ties, followers.
"""

from dataclasses import dataclass

import numpy as np

from ambassador.propagation.arrays import BoolArray, FloatArray, Int64Array
from ambassador.propagation.kernels.choices import Pairs, Posts
from ambassador.propagation.network import InfluenceNetwork


@dataclass(frozen=True, eq=False)
class SeenCascades:
    """Posts cascade by cascade, each with the start first and the rest in the order of time.

    Attributes
    ----------
    offsets : int64 array, shape (cascades + 1,)
    author : int64 array, shape (posts,)
    times : float64 array, shape (posts,)
        Seconds.
    parent : int64 array, shape (posts,)
        Post numbers; -1 for starts and where no parent was seen.
    followers : float64 array, shape (posts,)
        NaN where not known.
    named : int64 array, shape (posts,)
        The author a text names as its source, -1 for nobody.
    reply : bool array, shape (posts,)
    """

    offsets: Int64Array
    author: Int64Array
    times: FloatArray
    parent: Int64Array
    followers: FloatArray
    named: Int64Array
    reply: BoolArray

    @property
    def cascade(self) -> Int64Array:
        """The cascade of each post."""
        return np.repeat(np.arange(self.offsets.size - 1), np.diff(self.offsets))

    @property
    def start(self) -> Int64Array:
        """The first post of each post's cascade."""
        return np.repeat(self.offsets[:-1], np.diff(self.offsets))


def what_is_known(seen: SeenCascades, open_: BoolArray) -> tuple[Posts, Pairs]:
    """Count who answers whom where it may be seen, each cascade's own answers left out of its figures."""
    people = int(seen.author.max(initial=-1)) + 1
    post = np.flatnonzero(open_)
    source, target = seen.author[seen.parent[post]], seen.author[post]
    learned = np.zeros(seen.offsets.size - 1, np.bool_)
    learned[seen.cascade[post]] = True
    counted = learned[seen.cascade]
    made = _elsewhere(seen, np.ones(seen.author.size), seen.author, counted)
    answers = _elsewhere(seen, np.ones(post.size), source, counted, post)
    reacted = _elsewhere(seen, np.ones(post.size), target, counted, post)
    whole = (post.size + 1.0) / (counted.sum() + 2.0)
    contagion = (answers + 1.0) / (made + 1.0 / whole)
    eagerness = (reacted + 1.0) / (post.size + people)
    left_out = np.full(seen.author.size, -1, np.int64)
    left_out[post] = source
    figures = (made, contagion, eagerness, left_out)
    reply = seen.reply.astype(np.float64)
    followers = _standardised(np.log1p(seen.followers))
    described = Posts(seen.start, seen.times, seen.author, seen.named, followers, reply, *figures)
    return described, _counted_pairs(source, target, people)


def tied_pairs(ties: InfluenceNetwork | None, people: int) -> Pairs:
    """Tell who listens to whom, and how strong each tie is beside the others.

    Examples
    --------
    >>> pairs = tied_pairs(InfluenceNetwork.from_arrays([0, 1], [2, 2], [0.1, 0.4]), 3)
    >>> pairs.sources.tolist(), pairs.value.round(3).tolist()
    ([0, 1], [-1.0, 1.0])
    """
    if ties is None:
        return Pairs(np.zeros(people + 1, np.int64), np.empty(0, np.int32), np.empty(0))
    likely = np.log(np.maximum(ties.probability.astype(np.float64), 1e-9))
    return Pairs(ties.in_offsets, ties.in_sources, _standardised(likely)[ties.in_ties])


def _elsewhere(
    seen: SeenCascades,
    amount: FloatArray,
    person: Int64Array,
    counted: BoolArray,
    post: Int64Array | None = None,
) -> FloatArray:
    """Sum up per person over the cascades learned from, and give it per post without its own cascade."""
    people = int(seen.author.max(initial=-1)) + 1
    at = np.arange(seen.author.size) if post is None else post
    inside = counted[at]
    person, cascade = person[inside], seen.cascade[at][inside]
    total = np.bincount(person, amount[inside], people)
    keys, place = np.unique(cascade * people + person, return_inverse=True)
    own = np.bincount(place, amount[inside], keys.size)
    wanted = seen.cascade * people + seen.author
    where = np.minimum(np.searchsorted(keys, wanted), max(keys.size - 1, 0))
    here = own[where] * (keys[where] == wanted) if keys.size else np.zeros(wanted.size)
    return np.asarray(total[seen.author] - here)


def _counted_pairs(source: Int64Array, target: Int64Array, people: int) -> Pairs:
    keys, count = np.unique(target * max(people, 1) + source, return_counts=True)
    ends = np.searchsorted(keys // max(people, 1), np.arange(people + 1))
    return Pairs(ends, (keys % max(people, 1)).astype(np.int32), count.astype(np.float64))


def _standardised(values: FloatArray) -> FloatArray:
    known = np.isfinite(values)
    if not known.any() or float(values[known].std()) == 0.0:
        return np.zeros(values.size)
    return np.where(known, (values - values[known].mean()) / values[known].std(), 0.0)

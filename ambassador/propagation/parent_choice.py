"""Which earlier post was the parent, learned from cascades in which parents were seen.

Source: McFadden, "Conditional logit analysis of qualitative choice behavior", 1974. The parent is a choice
among the earlier posts of the cascade; a delay law that is log-normal, a bonus for the start and for the
post right before, past answers, ties and names in the text are all signs with a learned weight, so the
rules "always the start" and "always the post before" are special cases.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ambassador.propagation.kernels.choices import (
    SIGNS,
    Pairs,
    Posts,
    choose_parents,
    describe_pairs,
    sample_pairs,
    weigh_choices,
)
from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.parents import resolution_of

BoolArray = npt.NDArray[np.bool_]
FloatArray = npt.NDArray[np.float64]
Int64Array = npt.NDArray[np.int64]

MOST_PAIRS = 400_000
MOST_ABOVE = 40
"""Earlier posts described per post while learning; of more, a known part."""
MOST_TRIED, FEWEST = 4_000, 10
"""Posts the simple rules are compared on; of fewer than the second nothing can be told."""
ROUNDS, ENOUGH, TINY = 25, 1e-6, 1e-9
RIDGE = 1.0
ALIKE = 0.02
"""Correlation of the choices within one cascade that their weight allows for."""
AT_FIRST = {
    "is the start": 1.0,
    "delay": -0.3,
    "has answered its author before": 0.5,
    "a tie is known": 1.5,
    "is named in the text": 3.0,
    "how often its author is answered": 0.5,
    "how often this person answers its author": 0.5,
}
"""Weights before anything was seen; data move them from there."""


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


@dataclass(frozen=True, eq=False)
class Chosen:
    """The likeliest parents of some posts.

    Attributes
    ----------
    post, parent : int64 arrays
    sure : float64 array
        Stated probability of that parent.
    right : float64 array
        Stated probability of the parent that was seen; 0 where it is no earlier post.
    """

    post: Int64Array
    parent: Int64Array
    sure: FloatArray
    right: FloatArray


def choose_hidden_parents(
    seen: SeenCascades, hidden: BoolArray, ties: InfluenceNetwork | None, *, rng: np.random.Generator
) -> Chosen:
    """Learn from the posts whose parents are not ``hidden`` and choose the parents of those that are.

    Parameters
    ----------
    seen : SeenCascades
    hidden : bool array, shape (posts,)
        Posts to be judged; their parents are looked at for ``Chosen.right`` alone.
    ties : InfluenceNetwork, optional
        Of the authors' numbers; its probabilities are one of the signs.
    """
    open_ = (seen.parent >= 0) & ~hidden
    posts, answered = _known(seen, open_)
    tied = _tied(ties, int(seen.author.max(initial=-1)) + 1)
    step = resolution_of(seen.times)
    asked = np.flatnonzero(open_ & (seen.parent < np.arange(seen.parent.size)))
    weight = _learned(posts, answered, tied, asked, seen.parent, step, rng)
    judged = np.flatnonzero(hidden & (seen.parent >= 0))

    def chosen(asked: Int64Array, truth: Int64Array) -> Chosen:
        best, sure, right = np.empty(asked.size, np.int64), np.empty(asked.size), np.empty(asked.size)
        choose_parents(posts, answered, tied, asked, truth, weight, step, best, sure, right)
        return Chosen(asked, best, sure, right)

    found = chosen(judged, seen.parent[judged])
    tried = rng.permutation(asked)[:MOST_TRIED]
    rule = _simple_rule(chosen(tried, seen.parent[tried]).parent, tried, seen)
    if rule is None:
        return found
    named = seen.start[judged] if rule == "start" else judged - 1
    return Chosen(judged, named, chosen(judged, named).right, found.right)


def _simple_rule(chosen: Int64Array, asked: Int64Array, seen: SeenCascades) -> str | None:
    """Name the simple rule that is right as often as what was learned, or so nearly that it may be luck."""
    if asked.size < FEWEST:
        return None
    hit = chosen == seen.parent[asked]
    rules = {"start": seen.start[asked] == seen.parent[asked], "before": asked - 1 == seen.parent[asked]}
    best = max(rules, key=lambda name: int(rules[name].sum()))
    differing = int(np.count_nonzero(hit != rules[best]))
    return best if int(hit.sum()) - int(rules[best].sum()) <= np.sqrt(differing) else None


def _known(seen: SeenCascades, open_: BoolArray) -> tuple[Posts, Pairs]:
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


def _tied(ties: InfluenceNetwork | None, people: int) -> Pairs:
    if ties is None:
        return Pairs(np.zeros(people + 1, np.int64), np.empty(0, np.int32), np.empty(0))
    likely = np.log(np.maximum(ties.probability.astype(np.float64), 1e-9))
    return Pairs(ties.in_offsets, ties.in_sources, _standardised(likely)[ties.in_ties])


def _standardised(values: FloatArray) -> FloatArray:
    known = np.isfinite(values)
    if not known.any() or float(values[known].std()) == 0.0:
        return np.zeros(values.size)
    return np.where(known, (values - values[known].mean()) / values[known].std(), 0.0)


def _learned(
    posts: Posts,
    answered: Pairs,
    ties: Pairs,
    asked: Int64Array,
    parent: Int64Array,
    step: float,
    rng: np.random.Generator,
) -> FloatArray:
    """Fit the weights by Newton's method on a sample of the posts whose parents may be seen."""
    first = np.array([AT_FIRST.get(sign, 0.0) for sign in SIGNS])
    asked = asked[asked - posts.start[asked] > 1]  # where there is no choice there is nothing to learn
    asked = rng.permutation(asked)
    skip = np.maximum((asked - posts.start[asked]) // MOST_ABOVE, 1)
    ends = np.zeros(asked.size + 1, np.int64)
    nothing = (np.empty(0, np.int64), np.empty(0))
    sample_pairs(posts.start, asked, parent[asked], skip, False, ends, *nothing)  # noqa: FBT003
    np.cumsum(ends, out=ends)
    kept = int(np.searchsorted(ends, MOST_PAIRS, side="right")) - 1
    asked, skip, ends = asked[:kept], skip[:kept], ends[: kept + 1]
    if not kept:
        return first
    above, offset = np.empty(ends[-1], np.int64), np.empty(ends[-1])
    sample_pairs(posts.start, asked, parent[asked], skip, True, ends, above, offset)  # noqa: FBT003
    below = np.repeat(asked, np.diff(ends))
    rows = np.empty((above.size, len(SIGNS)))
    describe_pairs(posts, answered, ties, below, above, step, rows)
    return newton(rows, offset, ends, above == parent[below], first, _counts(posts.start[asked]))


def _counts(start: Int64Array) -> FloatArray:
    """Let posts of one cascade count for less than as many of different ones: they are alike."""
    cascade, size = np.unique(start, return_inverse=True, return_counts=True)[1:]
    return np.asarray(1.0 / (1.0 + ALIKE * (size[cascade] - 1)))


def newton(
    rows: FloatArray,
    offset: FloatArray,
    ends: Int64Array,
    true: BoolArray,
    first: FloatArray,
    counts: FloatArray,
) -> FloatArray:
    """Fit a conditional logit, drawn towards ``first``; one true row between each two ends.

    Parameters
    ----------
    rows : float64 array, shape (pairs, signs)
    offset : float64 array, shape (pairs,)
        Added to the worth of a row: the logarithm of how many it stands for.
    ends : int64 array, shape (choices + 1,)
    true : bool array, shape (pairs,)
    counts : float64 array, shape (choices,)
        How much each choice counts.

    Examples
    --------
    >>> rows, ends = np.array([[1.0], [0.0]] * 4), np.array([0, 2, 4, 6, 8])
    >>> true = np.array([1, 0, 1, 0, 1, 0, 0, 1], bool)
    >>> newton(rows, np.zeros(8), ends, true, np.zeros(1), np.ones(4)).round(2).tolist()
    [0.84]
    """
    hold = RIDGE * rows.var(axis=0)
    hold[hold < TINY] = RIDGE
    weight, worth = first.copy(), np.empty(offset.size)

    def measured(at: FloatArray) -> tuple[float, FloatArray, FloatArray]:
        slope, bend = np.zeros(at.size), np.zeros((at.size, at.size))
        likelihood = weigh_choices(rows, offset, ends, counts, true, at, worth, slope, bend)
        away = at - first
        return likelihood - 0.5 * float(hold @ away**2), slope - hold * away, bend + np.diag(hold)

    now = measured(weight)
    for _ in range(ROUNDS):
        move = np.linalg.solve(now[2], now[1])
        after = measured(weight + move)
        while after[0] < now[0] and float(np.abs(move).max()) > TINY:
            move /= 2
            after = measured(weight + move)
        gain, now, weight = after[0] - now[0], after, weight + move
        if gain < ENOUGH * abs(now[0]):
            break
    return weight

"""Which earlier post was the parent, learned from cascades in which parents were seen.

Sources: McFadden, "Conditional logit analysis of qualitative choice behavior", 1974; Platt, "Probabilistic
outputs for support vector machines", 1999. The parent is a choice among the earlier posts of the cascade; a
delay law that is log-normal, a bonus for the start and for the post right before, past answers, ties and
names in the text are all signs with a learned weight, so the rules "always the start" and "always the post
before" are special cases. What is stated of a choice is then brought back to how often such choices turned
out right: a logistic line on the log odds.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from ambassador.propagation.arrays import BoolArray, FloatArray, Int64Array
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
from ambassador.propagation.parents.possible_parents import resolution_of
from ambassador.propagation.parents.seen_cascades import SeenCascades, tied_pairs, what_is_known

# Answers that what is stated is worth as it stands: with few to learn from it is hardly moved.
HOLD = 4.0
# Of Newton's method, steps of at most 1: a plain bound; and the odds of certainty, which are infinite.
LINE_STEPS, SURE = 25, 1e-6
# Newton's steps at most; the gain of the likelihood, as a share, that ends them; a plain guard against 0.
NEWTON_STEPS, ENOUGH, TINY = 25, 1e-6, 1e-9
# Choices' worth of a standardised sign's weight at first: one, so that a handful of posts already move it.
RIDGE = 1.0
MOST_PAIRS = 400_000  # pairs of posts the weights are learned from: 70 MB of figures
MOST_ABOVE = 40  # earlier posts described per post while learning; of more, a known part
# Posts the simple rules are compared on; of fewer than the second nothing can be told.
MOST_TRIED, FEWEST = 4_000, 10
# Correlation of the choices within one cascade that their weight allows for: of fifty-one each counts half.
ALIKE = 0.02
# Weights before anything was seen; data move them from there.
AT_FIRST = {
    "is the start": 1.0,
    "delay": -0.3,
    "has answered its author before": 0.5,
    "a tie is known": 1.5,
    "is named in the text": 3.0,
    "how often its author is answered": 0.5,
    "how often this person answers its author": 0.5,
}


@dataclass(frozen=True, eq=False)
class LikeliestParents:
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
) -> LikeliestParents:
    """Learn from the posts whose parents are not ``hidden`` and choose the parents of those that are.

    Parameters
    ----------
    seen : SeenCascades
    hidden : bool array, shape (posts,)
        Posts to be judged; their parents are looked at for ``LikeliestParents.right`` alone.
    ties : InfluenceNetwork, optional
        Of the authors' numbers; its probabilities are one of the signs.
    """
    open_ = (seen.parent >= 0) & ~hidden
    posts, answered = what_is_known(seen, open_)
    tied = tied_pairs(ties, int(seen.author.max(initial=-1)) + 1)
    step = resolution_of(seen.times)
    asked = np.flatnonzero(open_ & (seen.parent < np.arange(seen.parent.size)))
    weight = _learned(posts, answered, tied, asked, seen.parent, step, rng)
    judged = np.flatnonzero(hidden & (seen.parent >= 0))

    def chosen(asked: Int64Array, truth: Int64Array) -> LikeliestParents:
        best, sure, right = np.empty(asked.size, np.int64), np.empty(asked.size), np.empty(asked.size)
        choose_parents(posts, answered, tied, asked, truth, weight, step, best, sure, right)
        return LikeliestParents(asked, best, sure, right)

    def named(found: LikeliestParents, rule: str | None) -> LikeliestParents:
        if rule is None:
            return found
        parent = seen.start[found.post] if rule == "start" else found.post - 1
        return LikeliestParents(found.post, parent, chosen(found.post, parent).right, found.right)

    tried = rng.permutation(asked)[:MOST_TRIED]
    likeliest = chosen(tried, seen.parent[tried])
    rule = _simple_rule(likeliest.parent, tried, seen)
    shown, found = named(likeliest, rule), named(chosen(judged, seen.parent[judged]), rule)
    hit = shown.parent == seen.parent[tried]
    restated = Restated.learn(shown.sure, hit, _counts(seen.start[tried]))
    return LikeliestParents(judged, found.parent, restated.of(found.sure), found.right)


def _simple_rule(chosen: Int64Array, asked: Int64Array, seen: SeenCascades) -> str | None:
    """Name the simple rule that is right as often as what was learned, or so nearly that it may be luck."""
    if asked.size < FEWEST:
        return None
    hit = chosen == seen.parent[asked]
    rules = {"start": seen.start[asked] == seen.parent[asked], "before": asked - 1 == seen.parent[asked]}
    best = max(rules, key=lambda name: int(rules[name].sum()))
    differing = int(np.count_nonzero(hit != rules[best]))
    return best if int(hit.sum()) - int(rules[best].sum()) <= np.sqrt(differing) else None


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
    return fit_conditional_logit(
        rows, offset, ends, above == parent[below], first, _counts(posts.start[asked])
    )


def _counts(start: Int64Array) -> FloatArray:
    """Let posts of one cascade count for less than as many of different ones: they are alike."""
    cascade, size = np.unique(start, return_inverse=True, return_counts=True)[1:]
    return np.asarray(1.0 / (1.0 + ALIKE * (size[cascade] - 1)))


def fit_conditional_logit(
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
    >>> fit_conditional_logit(rows, np.zeros(8), ends, true, np.zeros(1), np.ones(4)).round(2).tolist()
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
    for _ in range(NEWTON_STEPS):
        move = np.linalg.solve(now[2], now[1])
        after = measured(weight + move)
        while after[0] < now[0] and float(np.abs(move).max()) > TINY:
            move /= 2
            after = measured(weight + move)
        gain, now, weight = after[0] - now[0], after, weight + move
        if gain < ENOUGH * abs(now[0]):
            break
    return weight


@dataclass(frozen=True, slots=True)
class Restated:
    """Log odds are multiplied by ``slope``, never turned round, and moved by ``shift``."""

    shift: float = 0.0
    slope: float = 1.0

    @classmethod
    def learn(cls, stated: FloatArray, right: BoolArray, counts: FloatArray) -> "Restated":
        """Fit to what was stated and whether it was right; ``counts`` says how much each counts.

        What is certain because nothing else is possible stays so and teaches nothing.

        Examples
        --------
        >>> right = np.arange(1000) % 10 < 6
        >>> learned = Restated.learn(np.full(1000, 0.9), right, np.ones(1000))
        >>> learned.of(np.array([0.9])).round(2).tolist()
        [0.6]
        """
        open_ = stated < 1.0
        stated, right, counts = stated[open_], right[open_], counts[open_]
        rows = np.column_stack([np.ones(stated.size), _odds(stated)])
        first = np.array([0.0, 1.0])
        weight = first.copy()
        for _ in range(LINE_STEPS):
            share = expit(rows @ weight)
            slope = rows.T @ (counts * (right - share)) - HOLD * (weight - first)
            bend = (rows * (counts * share * (1 - share))[:, None]).T @ rows + HOLD * np.eye(2)
            weight += np.clip(np.linalg.solve(bend, slope), -1.0, 1.0)
        return cls(float(weight[0]), max(float(weight[1]), 0.0))

    def of(self, stated: FloatArray) -> FloatArray:
        """State anew.

        Examples
        --------
        >>> Restated(shift=0.0, slope=0.5).of(np.array([0.5, 0.9, 1.0])).round(2).tolist()
        [0.5, 0.75, 1.0]
        """
        return np.where(stated < 1.0, expit(self.shift + self.slope * _odds(stated)), 1.0)


def _odds(stated: FloatArray) -> FloatArray:
    return np.asarray(logit(np.clip(stated, SURE, 1 - SURE)))

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
from scipy.special import expit, logit, xlogy

from ambassador.propagation.arrays import BoolArray, FloatArray, Int64Array
from ambassador.propagation.kernels.choices import (
    SIGNS,
    Pairs,
    Places,
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
# One choice in so many, from which the climb begins: its top is near, and reached for a tenth of the price.
A_FEW = 10
# Choices' worth of a standardised sign's weight at first: one, so that a handful of posts already move it.
RIDGE = 1.0
MOST_PAIRS = 400_000  # pairs of posts the weights are learned from: 70 MB of figures
MOST_ABOVE = 40  # earlier posts described per post while learning; of more, a known part
# Posts the simple rules are compared on; of fewer than the second nothing can be told.
MOST_TRIED, FEWEST = 4_000, 10
# Earlier posts that are all looked at; of more, those that may be the parent for a reason, and a sample.
MOST_LOOKED_AT = 600
# Steps tried at first, and the gain in log-likelihood for which two of them are told apart: as much as one
# more figure costs where a thousand are seen (Schwarz 1978).
FIRST_STEPS, TELLING = 20, 3.5
# Correlation of the choices within one cascade that their weight allows for: of fifty-one each counts half.
# Of how often a choice is right it is measured; at least so much, and so much from fewer cascades than that.
ALIKE, MEASURED_FROM = 0.02, 10
# Posts of one cascade that are learned from: they weigh 47 then, and 50 however many there are.
MOST_OF_ONE = 1_000
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


# Simple rules: everybody answers the start of the cascade, or the post right before.
_START, _BEFORE = "start", "before"


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
    few = _few_of_each(asked, seen.start, rng)
    weight = _learned(posts, answered, tied, few, seen.parent, step, rng)
    judged, places = np.flatnonzero(hidden & (seen.parent >= 0)), places_of(seen, posts, weight)

    def chosen(asked: Int64Array) -> tuple[LikeliestParents, dict[str, LikeliestParents]]:
        """Choose the likeliest parents, and the same by each simple rule."""
        named = np.column_stack([seen.parent[asked], seen.start[asked], asked - 1])
        best, sure = np.empty(asked.size, np.int64), np.empty(asked.size)
        chance = np.empty(named.shape)
        known = (posts, answered, tied, places)
        choose_parents(*known, asked, named, weight, step, MOST_LOOKED_AT, best, sure, chance)
        right = chance[:, 0]
        by_rule = {
            rule: LikeliestParents(asked, named[:, place], chance[:, place], right)
            for place, rule in enumerate((_START, _BEFORE), start=1)
        }
        return LikeliestParents(asked, best, sure, right), by_rule

    tried = rng.permutation(asked)[:MOST_TRIED]
    shown, simply = chosen(tried)
    rule = _simple_rule(shown.parent, tried, seen)
    found, simple = chosen(judged)
    if rule is not None:
        shown, found = simply[rule], simple[rule]
    hit = shown.parent == seen.parent[tried]
    counts = _counts(seen.start[tried], alike_within(hit, seen.start[tried]))
    restated = (Restated if rule is None else SharesInSteps).learn(shown.sure, hit, counts)
    return LikeliestParents(judged, found.parent, restated.of(found.sure), found.right)


def _few_of_each(asked: Int64Array, start: Int64Array, rng: np.random.Generator) -> Int64Array:
    """Take by lot at most so many posts of each cascade: further ones of the same teach nothing."""
    counts = np.unique(start[asked], return_counts=True)[1]
    if counts.max(initial=0) <= MOST_OF_ONE:
        return asked
    asked = rng.permutation(asked)
    asked = asked[np.argsort(start[asked], kind="stable")]
    rank = np.arange(asked.size) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.sort(asked[rank < MOST_OF_ONE])


def places_of(seen: SeenCascades, posts: Posts, weight: FloatArray) -> Places:
    """Lay out who posted where, and whose posts stand out whoever asks, under the weights learned."""
    people, cascade = int(seen.author.max(initial=-1)) + 1, seen.cascade
    code = cascade * people + seen.author
    order = np.lexsort((np.arange(code.size), code))
    always = [SIGNS.index(sign) for sign in ("how often its author is answered", "its author's followers")]
    standing = weight[always[0]] * np.log(posts.contagion) + weight[always[1]] * posts.followers
    return Places(
        code[order],
        order,
        people,
        cascade,
        np.lexsort((-standing, cascade)),
        np.repeat(seen.offsets[1:], np.diff(seen.offsets)),
    )


def _simple_rule(chosen: Int64Array, asked: Int64Array, seen: SeenCascades) -> str | None:
    """Name the simple rule that is right as often as what was learned, or so nearly that it may be luck."""
    if asked.size < FEWEST:
        return None
    hit = chosen == seen.parent[asked]
    rules = {_START: seen.start[asked] == seen.parent[asked], _BEFORE: asked - 1 == seen.parent[asked]}
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


def _counts(start: Int64Array, alike: float = ALIKE) -> FloatArray:
    """Let posts of one cascade count for less than as many of different ones: they are alike."""
    cascade, size = np.unique(start, return_inverse=True, return_counts=True)[1:]
    return np.asarray(1.0 / (1.0 + alike * (size[cascade] - 1)))


def alike_within(right: BoolArray, start: Int64Array) -> float:
    """Estimate how alike choices of one cascade are in being right: the intraclass correlation.

    From the variance between and within cascades (Donner 1986, "A review of inference procedures for the
    intraclass correlation coefficient in the one-way random effects model").

    Examples
    --------
    >>> start = np.repeat(np.arange(20), 50)
    >>> alike_within(start % 2 == 0, start), alike_within(np.arange(1000) % 2 == 0, start)
    (1.0, 0.02)
    """
    cascade, size = np.unique(start, return_inverse=True, return_counts=True)[1:]
    cascades, posts = size.size, start.size
    if cascades < MEASURED_FROM or posts == cascades:
        return ALIKE
    hits = np.bincount(cascade, right)
    between = float(((hits - size * right.mean()) ** 2 / size).sum()) / (cascades - 1)
    within = float((hits - hits**2 / size).sum()) / (posts - cascades)
    usual = (posts - float((size**2).sum()) / posts) / (cascades - 1)
    whole = between + (usual - 1.0) * within
    return float(np.clip((between - within) / whole, ALIKE, 1.0)) if whole > 0 else ALIKE


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
    few = (counts.size // A_FEW) + 1
    near = _climbed(rows, offset, ends[:few], true, first, counts[: few - 1], hold, first)
    return _climbed(rows, offset, ends, true, first, counts, hold, near)


def _climbed(
    rows: FloatArray,
    offset: FloatArray,
    ends: Int64Array,
    true: BoolArray,
    first: FloatArray,
    counts: FloatArray,
    hold: FloatArray,
    weight: FloatArray,
) -> FloatArray:
    """Climb from ``weight`` by Newton's method to the top, or nearly."""
    worth = np.empty(offset.size)

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


@dataclass(frozen=True, eq=False)
class SharesInSteps:
    """A few shares, rising, told apart only where what was stated tells right from wrong.

    Attributes
    ----------
    ends : float64 array, shape (steps - 1,)
        Stated probability up to which each step but the last reaches.
    share : float64 array, shape (steps,)
    """

    ends: FloatArray
    share: FloatArray

    @classmethod
    def learn(cls, stated: FloatArray, right: BoolArray, counts: FloatArray) -> "SharesInSteps":
        """Merge steps that follow each other, those first that differ least, as long as little is lost by it.

        What is certain because nothing else is possible stays so and teaches nothing.

        Examples
        --------
        >>> rng = np.random.default_rng(1)
        >>> right = rng.random(2000) < np.repeat([0.6, 0.9], 1000)
        >>> stated = np.r_[rng.uniform(0.3, 0.6, 1000), rng.uniform(0.6, 0.9, 1000)]
        >>> SharesInSteps.learn(stated, right, np.ones(2000)).of(np.array([0.4, 0.8, 1.0])).round(1).tolist()
        [0.6, 0.9, 1.0]
        """
        open_ = np.flatnonzero(stated < 1.0)
        order = open_[np.argsort(stated[open_], kind="stable")]
        parts = [part for part in np.array_split(order, FIRST_STEPS) if part.size]
        hits = [float(counts[part] @ right[part]) for part in parts]
        whole = [float(counts[part].sum()) for part in parts]
        ends = [float(stated[part[-1]]) for part in parts]
        while len(ends) > 1:
            lost = [_lost(hits[at : at + 2], whole[at : at + 2]) for at in range(len(ends) - 1)]
            at = int(np.argmin(lost))
            if lost[at] > TELLING:
                break
            hits[at : at + 2], whole[at : at + 2] = [sum(hits[at : at + 2])], [sum(whole[at : at + 2])]
            del ends[at]
        shares = [(hit + 0.5) / (count + 1.0) for hit, count in zip(hits, whole, strict=True)]
        return cls(np.array(ends[:-1], np.float64), np.array(shares or [0.5]))

    def of(self, stated: FloatArray) -> FloatArray:
        """State anew.

        Examples
        --------
        >>> SharesInSteps(np.array([0.5]), np.array([0.2, 0.7])).of(np.array([0.5, 0.6, 1.0])).tolist()
        [0.2, 0.7, 1.0]
        """
        return np.where(stated < 1.0, self.share[np.searchsorted(self.ends, stated)], 1.0)


def _lost(hits: list[float], counts: list[float]) -> float:
    """Tell what log-likelihood is lost where two shares become one; nothing where they do not rise."""
    if hits[0] * counts[1] >= hits[1] * counts[0]:
        return 0.0
    pairs = [*zip(hits, counts, strict=True), (sum(hits), sum(counts))]
    told = [xlogy(hit, hit / of) + xlogy(of - hit, 1.0 - hit / of) for hit, of in pairs]
    return float(told[0] + told[1] - told[2])


def _odds(stated: FloatArray) -> FloatArray:
    return np.asarray(logit(np.clip(stated, SURE, 1 - SURE)))

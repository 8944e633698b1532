"""How many strangers a post brings: each person's own record, drawn to that of people alike.

Strangers bring others in turn by a branching law that dies out.
"""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from scipy.optimize import minimize
from scipy.special import digamma, gammaln

from ambassador.propagation.arrays import FloatArray, Int64Array
from ambassador.propagation.strangers.posterior import Levels, level_evidence, level_posterior
from ambassador.propagation.strangers.record import PostRecord

# Answers a stranger's post may bring on average: nearer to one, a launch would hardly end.
MOST: Final = 0.95
_PRIOR: Final = (0.5, 5.0)  # before anything is seen: half an answer to five strangers
# Plain bounds: below, one draw in fifty brings everybody; above, the law is a Poisson one.
_LEAST_SHAPE, _MOST_SHAPE = 0.02, 1e3
FEWEST: Final = 3  # posts a law is learned from, at least
# Before anything is seen: logarithms of the deviation of log levels and of the shape within a person.
_USUAL_SPREAD, _USUAL_SHAPE = 0.0, 0.5
_PRIOR_WIDTH: Final = 1.5  # of both, in logarithms: a factor of four and a half either way
# The usual log level lies so near to that of half a stranger more than came: none yet is not none ever.
_LEVEL_WIDTH: Final = 2.0
# How far a standardised figure may move the log level, before anything is seen.
_SLOPE_WIDTH: Final = 0.5
# Standard deviations beyond which likeness counts no further: nobody like that was learned from.
_FAR: Final = 3.0
_BOUNDS: Final = ((-3.0, 1.2), (-4.0, 5.0))  # of those two logarithms, plain bounds of the search
# The law is fitted on so many people, spread evenly; everybody's level is then found under it.
_MOST_PEOPLE: Final = 5_000


@dataclass(frozen=True, slots=True)
class Branching:
    """How many answer each stranger: negative binomial.

    Attributes
    ----------
    mean : float
        Below one.
    shape : float
        The smaller, the more a few bring nearly all.
    seen : float
        Strangers it was learned from.
    """

    mean: float
    shape: float
    seen: float

    @classmethod
    def learn(cls, answered: FloatArray) -> Self:
        """Learn by moments, drawn to a weak prior.

        Examples
        --------
        >>> found = Branching.learn(np.array([0.0, 0.0, 0.0, 4.0] * 100))
        >>> round(found.mean, 2), round(found.shape, 2)
        (0.99, 0.49)
        """
        seen, total = float(answered.size), float(answered.sum())
        mean = (total + _PRIOR[0]) / (seen + _PRIOR[1])
        excess = float(answered.var()) - mean if answered.size else 0.0
        shape = mean * mean / excess if excess > 0 else _MOST_SHAPE
        return cls(mean, float(np.clip(shape, _LEAST_SHAPE, _MOST_SHAPE)), seen)

    @property
    def per_stranger(self) -> float:
        """Expected people one stranger stands for, with all who come after."""
        return 1.0 / (1.0 - min(self.mean, MOST))

    def draw_means(self, runs: int, rng: np.random.Generator) -> FloatArray:
        """Draw what the mean may truly be, once per launch and alike for everybody in it.

        Examples
        --------
        >>> means = Branching(mean=0.5, shape=1.0, seen=1000.0).draw_means(500, np.random.default_rng(1))
        >>> round(float(means.mean()), 1)
        0.5
        """
        seen = self.seen + _PRIOR[1]
        return np.minimum(rng.gamma(self.mean * seen, 1.0 / seen, runs), MOST)

    def grow(self, born: Int64Array, means: FloatArray, rng: np.random.Generator) -> Int64Array:
        """Let strangers bring others, generation by generation, until nobody answers.

        Parameters
        ----------
        born : int64 array, shape (runs, people)
            Strangers who answer first.
        means : float array, shape (runs,)
            Answers per stranger in each run, below one.

        Returns
        -------
        int64 array, shape (runs, people)
            All of them, the first included.

        Examples
        --------
        >>> law, born = Branching(mean=0.5, shape=1.0, seen=99.0), np.full((2000, 1), 3)
        >>> grown = law.grow(born, np.full(2000, 0.5), np.random.default_rng(1))
        >>> round(float(grown.mean()))
        6
        """
        total, rate = born.copy(), (means / self.shape)[:, None]
        while born.any():
            born = rng.poisson(rng.gamma(self.shape * born) * rate)
            total += born
        return total


@dataclass(frozen=True, eq=False)
class StrangerLaw:
    """How strangers per post differ between people and posts.

    Attributes
    ----------
    usual : float
        Mean log level.
    slopes, center, scale : float arrays, shape (figures,)
        How each standardised figure of likeness moves the log level.
    spread : float
        Deviation of log levels between people alike.
    shape : float
        Of the negative binomial within one person: small where one post brings far more than the next.
    branching : Branching
        Whom strangers bring.
    posts : int
        Posts it was learned from.
    """

    usual: float
    slopes: FloatArray
    center: FloatArray
    scale: FloatArray
    spread: float
    shape: float
    branching: Branching
    posts: int

    def levels(self, posts: FloatArray, strangers: FloatArray, likeness: FloatArray) -> Levels:
        """Weigh what is known of people with so many posts, strangers in all, and figures of likeness.

        Examples
        --------
        >>> law = StrangerLaw(
        ...     0.0, np.empty(0), np.empty(0), np.empty(0), 0.5, 4.0, Branching(0.5, 1.0, 99.0), 9
        ... )
        >>> law.levels(np.array([0.0, 9.0]), np.array([0.0, 90.0]), np.empty((2, 0))).mean.round(1).tolist()
        [1.1, 7.6]
        """
        usual = self.usual + _standard(likeness, self.center, self.scale) @ self.slopes
        return level_posterior(posts, strangers, usual, self.spread, self.shape)

    def levels_of(self, record: PostRecord) -> Levels:
        """Weigh what is known of everybody in a record."""
        return self.levels(record.posts, record.strangers, record.likeness)


def learn_strangers(record: PostRecord) -> StrangerLaw | None:
    """Learn the law by the likelihood with everybody's level integrated out; None where posts are too few.

    Direct answers by strangers are negative binomial, a Poisson law whose mean is a gamma one, around a
    log-normal level of each person's own (a generalised linear mixed model: McCulloch, Searle 2001, ch. 8).

    Examples
    --------
    >>> rng = np.random.default_rng(5)
    >>> level = rng.lognormal(3.0, 1.0, 200)
    >>> author = np.repeat(np.arange(200), 4)
    >>> direct = rng.poisson(level[author] * rng.gamma(3.0, 1 / 3.0, 800)).astype(float)
    >>> law = learn_strangers(PostRecord(author, direct, np.empty((200, 0)), np.zeros(800)))
    >>> round(law.usual), round(law.spread), round(law.shape)
    (3, 1, 3)
    """
    if record.author.size < FEWEST:
        return None
    authors = np.unique(record.author)
    if authors.size > _MOST_PEOPLE:
        authors = authors[np.linspace(0, authors.size - 1, _MOST_PEOPLE).astype(np.int64)]
    center, scale = _scales(record.likeness[authors])
    fit = _Fit(record, authors, _standard(record.likeness[authors], center, scale))
    start = fit.prior_at
    bounds = [(None, None), *_BOUNDS, *[(-3.0, 3.0)] * scale.size]
    found = minimize(fit.loss, start, method="L-BFGS-B", jac=True, bounds=bounds).x
    return StrangerLaw(
        float(found[0]),
        np.asarray(found[3:], np.float64),
        center,
        scale,
        float(np.exp(found[1])),
        float(np.exp(found[2])),
        Branching.learn(record.answered),
        record.author.size,
    )


def expected_talkers(law: StrangerLaw, levels: Levels) -> FloatArray:
    """People one more post of each is expected to make talk: its author, strangers, theirs.

    Examples
    --------
    >>> law = StrangerLaw(0.0, np.empty(0), np.empty(0), np.empty(0), 0.5, 4.0, Branching(0.5, 1.0, 99.0), 9)
    >>> nothing = law.levels(np.zeros(1), np.zeros(1), np.empty((1, 0)))
    >>> expected_talkers(law, nothing).round(1).tolist()
    [3.3]
    """
    return np.asarray(1.0 + levels.mean * law.branching.per_stranger)


def draw_talkers(law: StrangerLaw, levels: Levels, runs: int, rng: np.random.Generator) -> Int64Array:
    """Draw how many people one post of each makes talk, shape (runs, people), its author included.

    A person's level and what strangers bring are not known exactly: they are drawn once per launch.

    Examples
    --------
    >>> law = StrangerLaw(0.0, np.empty(0), np.empty(0), np.empty(0), 0.5, 4.0, Branching(0.5, 1.0, 99.0), 9)
    >>> levels = law.levels(np.zeros(1), np.zeros(1), np.empty((1, 0)))
    >>> bool(draw_talkers(law, levels, 100, np.random.default_rng(1)).min() >= 1)
    True
    """
    rate = levels.draw(runs, rng) * rng.gamma(law.shape, 1.0 / law.shape, (runs, levels.at.shape[0]))
    means = law.branching.draw_means(runs, rng)
    return 1 + law.branching.grow(rng.poisson(rate), means, rng)


class _Fit:
    """The likelihood of a record under some law."""

    def __init__(self, record: PostRecord, authors: Int64Array, standard: FloatArray) -> None:
        self.direct = record.direct[np.isin(record.author, authors)]
        self._posts, self._strangers = record.posts[authors], record.strangers[authors]
        self._standard = standard
        self.about = float(np.log((self.direct.sum() + 0.5) / self.direct.size))
        figures = standard.shape[1]
        self.prior_at = np.array([self.about, _USUAL_SPREAD, _USUAL_SHAPE, *[0.0] * figures])
        self.prior_width = np.array([_LEVEL_WIDTH, _PRIOR_WIDTH, _PRIOR_WIDTH, *[_SLOPE_WIDTH] * figures])

    def loss(self, at: FloatArray) -> tuple[float, FloatArray]:
        """Negative log posterior density of the law, and its derivatives."""
        usual, spread, shape = at[0], float(np.exp(at[1])), float(np.exp(at[2]))
        means = usual + self._standard @ at[3:]
        evidence = level_evidence(self._posts, self._strangers, means, spread, shape)
        told = evidence.logs.sum() + (gammaln(self.direct + shape) - gammaln(shape)).sum()
        by_shape = evidence.by_log_shape.sum() + shape * (digamma(self.direct + shape) - digamma(shape)).sum()
        grows = np.concatenate(
            [
                [evidence.by_usual.sum(), evidence.by_log_spread.sum(), by_shape],
                self._standard.T @ evidence.by_usual,
            ]
        )
        away = (at - self.prior_at) / self.prior_width
        return float(0.5 * (away**2).sum() - told), away / self.prior_width - grows


def _scales(likeness: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Mean and deviation of what is known of each figure."""
    known = ~np.isnan(likeness)
    count = np.maximum(known.sum(axis=0), 1)
    center = np.where(known, likeness, 0.0).sum(axis=0) / count
    spread = np.sqrt((np.where(known, likeness - center, 0.0) ** 2).sum(axis=0) / count)
    return center, np.where(spread > 0, spread, np.inf)


def _standard(likeness: FloatArray, center: FloatArray, scale: FloatArray) -> FloatArray:
    """Standardise; what is not known is taken as usual, what was hardly seen as no farther than it was."""
    return np.clip(np.nan_to_num((likeness - center) / scale), -_FAR, _FAR)

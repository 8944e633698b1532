"""The organisation's past cascades as columns, in the order of time, with who answered whom in them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
from sqlmodel import Session

from ambassador.propagation.arrays import BoolArray, FloatArray, Int64Array
from ambassador.propagation.cascades import CascadeLog, Forest
from ambassador.propagation.growth import Course, PastSizes
from ambassador.propagation.growth.pace import DAY, SETTLED, reached_by
from ambassador.services.cascades.forest import CampaignForest, read_campaign_forest
from ambassador.services.cascades.growth import ages_of
from ambassador.services.work import UnitOfWork
from ambassador.store.kept import kept_for
from ambassador.store.people.crowd import newest_followers

_LEAST_LIFE: Final = 7 * DAY
_KEPT: Final = 200
SAMPLE: Final = (np.arange(_KEPT) + 0.5) / _KEPT
"""Shares at which a predictive distribution is kept: each quantile is as likely as any other."""


def _none() -> Int64Array:
    return np.empty(0, np.int64)


@dataclass(frozen=True, eq=False)
class AnswerCounts:
    """People counted once in each cascade, by what they answered first."""

    direct: Int64Array = field(default_factory=_none)
    """By cascade: who answered its first post, or something that is not known."""
    answered: Int64Array = field(default_factory=_none)
    """By everybody but the starters: how many answered them."""
    cascade: Int64Array = field(default_factory=_none)
    """The cascade each of these is in, rising."""
    along_ties: BoolArray = field(default_factory=lambda: np.empty(0, np.bool_))
    """Whether each of these joined along a known tie; empty: nobody is told apart, and all answers count."""


@dataclass(frozen=True, eq=False)
class CascadeHistory:
    """Cascades that are over, oldest first, with everybody who talked in them."""

    starters: Int64Array
    """Node keys."""
    sizes: FloatArray
    """Different people, the starter included."""
    began: FloatArray
    """Seconds since 1970."""
    followers: FloatArray
    """Of the starter; NaN is unknown."""
    entry_cascade: Int64Array
    entry_key: Int64Array
    entry_time: FloatArray
    answers: AnswerCounts = field(default_factory=AnswerCounts)
    crowd: Mapping[int, float] = field(default_factory=dict)
    """Followers of whoever's are known, by node key."""
    entry_parent: Int64Array = field(default_factory=_none)
    """Node key of the author each post answers; -1 where not known."""

    def __len__(self) -> int:
        return self.starters.size

    @cached_property
    def people(self) -> Int64Array:
        """Node keys of everybody who talked, rising; their places are the nodes of ``log(people, ...)``."""
        return np.unique(np.concatenate([self.starters, self.entry_key]))

    @cached_property
    def members(self) -> tuple[Int64Array, Int64Array]:
        """The cascade, rising, and the place among ``people`` of everybody in each, once."""
        width = max(self.people.size, 1)
        return np.divmod(np.unique(self.entry_cascade * width + self._entry_place), width)

    @cached_property
    def _entry_place(self) -> Int64Array:
        return np.searchsorted(self.people, self.entry_key).astype(np.int64)

    def numbers(self, keys: npt.ArrayLike) -> Int64Array:
        """Return the places of some keys among ``people``; a place behind the last for who never talked."""
        people, wanted = self.people, np.asarray(keys, dtype=np.int64)
        places = np.minimum(np.searchsorted(people, wanted), max(people.size - 1, 0))
        return np.where(people[places] == wanted, places, people.size) if people.size else wanted * 0

    def share_within(self, days: int) -> float:
        """Tell which share of those whom posts brought had come so many days after the start."""
        answers = self.entry_key != self.starters[self.entry_cascade]
        since = self.entry_time[answers] - self.began[self.entry_cascade[answers]]
        return float((since <= days * DAY).mean()) if since.size else 1.0

    def log(self, keys: Int64Array, first: int, last: int) -> CascadeLog:
        """Return cascades ``first`` to ``last`` - 1 as a log over a network's nodes (``keys`` rising)."""
        kept = (self.entry_cascade >= first) & (self.entry_cascade < last)
        wanted = self.entry_key[kept]
        places = np.minimum(np.searchsorted(keys, wanted), max(keys.size - 1, 0))
        nodes = np.where(keys[places] == wanted, places, -1) if keys.size else np.full(wanted.size, -1)
        return CascadeLog.from_entries(self.entry_cascade[kept] - first, nodes, self.entry_time[kept])

    def past_sizes(self, before: int, starters: npt.ArrayLike) -> FloatArray | None:
        """Foretell at ``SAMPLE``, from the first so many alone, how large cascades of some keys get."""
        past = PastSizes.learn(self.log(self.people, 0, before))
        return past.quantiles(self.numbers(starters), SAMPLE)


def over_after(courses: Collection[Course]) -> float:
    """Return the seconds after its start when a cascade counts as over: it hardly grows, at least a week.

    Examples
    --------
    >>> over_after([]) / 86_400
    7.0
    """
    told = [course for course in courses if course.times.size]
    ages = np.concatenate([_none().astype(np.float64), *(course.times for course in told)])
    return _over_after(ages, np.repeat([c.followed for c in told], [c.times.size for c in told]))


def _over_after(ages: FloatArray, followed: FloatArray) -> float:
    settled = reached_by(SETTLED, ages, followed) if ages.size else None
    return max(_LEAST_LIFE, settled or 0.0)


def read_history(session: Session, work: UnitOfWork) -> CascadeHistory:
    """Read every cascade that is over and was not started by the brand; kept until any post changes.

    Examples
    --------
    >>> len(read_history(session, work))
    1
    """
    trees = read_campaign_forest(session, work.now())
    return kept_for(session, "history", trees.as_of, lambda: _history(session, work))


def _history(session: Session, work: UnitOfWork) -> CascadeHistory:
    return _columns(read_campaign_forest(session, work.now()), newest_followers(session))


def _columns(trees: CampaignForest, followers: dict[int, float]) -> CascadeHistory:
    forest, times = trees.forest, trees.times
    brand, authors = trees.posts.brands, trees.posts.keys
    roots = np.flatnonzero(forest.parent < 0)
    life = _over_after(*ages_of(trees))
    over = times[roots] <= trees.as_of.timestamp() - life
    roots = roots[over & ~brand[roots]]
    roots = roots[_start_something(roots, forest, authors)]
    roots = roots[np.argsort(times[roots], kind="stable")]
    place = np.full(forest.parent.size, -1, dtype=np.int64)
    place[roots] = np.arange(roots.size)
    cascade = place[forest.root]
    kept = (cascade >= 0) & ~brand
    starters = authors[roots]
    who = np.unique(authors[kept], return_inverse=True)[1]
    width = int(who.max(initial=0)) + 1
    talked = np.unique(cascade[kept] * width + who) // width
    parent = forest.parent[kept]
    answered = np.where((parent >= 0) & ~brand[parent], authors[parent], -1)
    return CascadeHistory(
        starters=starters,
        sizes=np.bincount(talked, minlength=roots.size).astype(np.float64),
        began=times[roots],
        followers=np.array([followers.get(key, np.nan) for key in starters.tolist()]),
        entry_cascade=cascade[kept],
        entry_key=authors[kept],
        entry_time=times[kept],
        answers=count_answers(cascade[kept], authors[kept], times[kept], answered, starters),
        crowd=followers,
        entry_parent=answered,
    )


def _start_something(roots: Int64Array, forest: Forest, authors: Int64Array) -> BoolArray:
    """Tell which posts without a parent here are starts.

    One that answers a post no file holds tells nothing of what its author's own posts bring, unless others
    answer that author's: quoting an announcement, say.
    """
    orphan, answered = np.zeros((2, forest.parent.size), np.bool_)
    orphan[forest.problems.orphan] = True
    answered[forest.parent[forest.parent >= 0]] = True
    heard = np.unique(authors[orphan & answered])
    return np.asarray(~orphan[roots] | np.isin(authors[roots], heard))


def count_answers(
    cascade: Int64Array,
    author: Int64Array,
    time: FloatArray,
    parent: Int64Array,
    starters: Int64Array,
    along_ties: BoolArray | None = None,
) -> AnswerCounts:
    """Count over posts: ``parent`` is the author answered, -1 where not known; ``starters`` go by cascade.

    Where it is told who joined along a known tie, only the answers of all others are counted.

    Examples
    --------
    >>> cascade, author, time = np.zeros(3, np.int64), np.array([7, 8, 9]), np.array([0.0, 1.0, 2.0])
    >>> found = count_answers(cascade, author, time, np.array([-1, 7, 8]), np.array([7]))
    >>> found.direct, found.answered
    (array([1]), array([1, 0]))
    """
    if not author.size:
        return AnswerCounts(np.zeros(starters.size, np.int64))
    people, who = np.unique(author, return_inverse=True)
    code = cascade * people.size + who
    order = np.lexsort((time, code))
    pairs, first = np.unique(code[order], return_index=True)
    post = order[first]
    within, joined = cascade[post], author[post] != starters[cascade[post]]
    place = np.minimum(np.searchsorted(people, parent[post]), people.size - 1)
    wanted = within * people.size + place
    there = np.minimum(np.searchsorted(pairs, wanted), pairs.size - 1)
    known = (people[place] == parent[post]) & (pairs[there] == wanted) & (there != np.arange(pairs.size))
    by_other = joined & known & joined[there]
    tied = np.zeros(pairs.size, np.bool_) if along_ties is None else along_ties[post]
    answered = np.bincount(there[by_other & ~tied], minlength=pairs.size)
    direct = np.bincount(within[joined & ~by_other & ~tied], minlength=starters.size)
    return AnswerCounts(
        direct.astype(np.int64),
        answered[joined].astype(np.int64),
        within[joined],
        np.empty(0, np.bool_) if along_ties is None else tied[joined],
    )

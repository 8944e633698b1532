"""How many people the next post of somebody makes talk, by their own past posts and those of people alike."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from ambassador.propagation.arrays import FloatArray, Int64Array
from ambassador.propagation.strangers.law import (
    StrangerLaw,
    draw_talkers,
    expected_talkers,
    learn_strangers,
)
from ambassador.propagation.strangers.posterior import Levels
from ambassador.propagation.strangers.record import PostRecord
from ambassador.services.cascades.cascade_history import SAMPLE, CascadeHistory

_DRAWS: Final = 20
"""Launches drawn for each value kept: their mean stands for them, so that means stay what they are."""
_COINS: Final = 20_261_129
_AT_ONCE: Final = 20_000


@dataclass(frozen=True, eq=False)
class StarterLaw:
    """The law of strangers with the records it was learned from."""

    law: StrangerLaw
    history: CascadeHistory
    before: int

    @classmethod
    def learn(cls, history: CascadeHistory, before: int) -> Self | None:
        """Learn from the first so many cascades; None where they are too few."""
        starters, author = np.unique(history.starters[:before], return_inverse=True)
        answers = history.answers
        likeness = _likeness(history, _took_part(history, before), starters)
        told = answers.cascade < before
        if answers.along_ties.size:
            told &= ~answers.along_ties
        known = answers.answered[told]
        law = learn_strangers(
            PostRecord(
                author.astype(np.int64),
                answers.direct[:before].astype(np.float64),
                likeness,
                known.astype(np.float64),
            )
        )
        return None if law is None else cls(law, history, before)

    def expected(self, keys: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Return the expected people of each one's next post, and the squared variation around it."""
        wanted = np.asarray(keys, np.int64)
        parts = [self._moments(wanted[at : at + _AT_ONCE]) for at in range(0, wanted.size, _AT_ONCE)]
        means, variations = zip(*parts, strict=True) if parts else ((np.empty(0),), (np.empty(0),))
        return np.concatenate(means), np.concatenate(variations)

    def samples(self, keys: npt.ArrayLike) -> FloatArray:
        """Return the predictive law of each one's next post at ``SAMPLE``, one row a key."""
        known = self.levels(np.asarray(keys, np.int64))
        found = np.empty((known.at.shape[0], SAMPLE.size))
        for row in range(known.at.shape[0]):
            one = slice(row, row + 1)
            levels = Levels(known.at[one], known.weight[one], known.evidence[one])
            drawn = draw_talkers(self.law, levels, _DRAWS * SAMPLE.size, np.random.default_rng(_COINS))
            found[row] = np.sort(drawn[:, 0]).reshape(SAMPLE.size, _DRAWS).mean(axis=1)
        return found

    def _moments(self, keys: Int64Array) -> tuple[FloatArray, FloatArray]:
        levels, law = self.levels(keys), self.law
        mean = expected_talkers(law, levels)
        square = (levels.weight * np.exp(2 * levels.at)).sum(axis=1) * (1 + 1 / law.shape)
        direct = levels.mean
        scatter = direct + square - direct**2
        tree = law.branching
        per = tree.per_stranger
        own = (tree.mean + tree.mean**2 / tree.shape) * per**3
        return mean, (direct * own + scatter * per**2) / mean**2

    @cached_property
    def _parts(self) -> "tuple[_Counted, _Counted]":
        return _took_part(self.history, self.before)

    @cached_property
    def _by_starter(self) -> tuple[Int64Array, FloatArray]:
        """Starters, rising, and the running total of the strangers who answered them."""
        order = np.argsort(self.history.starters[: self.before], kind="stable")
        direct = self.history.answers.direct[: self.before][order]
        return self.history.starters[: self.before][order], np.concatenate([[0.0], np.cumsum(direct)])

    def levels(self, keys: Int64Array) -> Levels:
        """Weigh what is known of the strangers each one's post brings."""
        starters, total = self._by_starter
        low, high = (np.searchsorted(starters, keys, side=side) for side in ("left", "right"))
        posts = (high - low).astype(np.float64)
        likeness = _likeness(self.history, self._parts, keys)
        return self.law.levels(posts, np.asarray(total[high] - total[low], np.float64), likeness)


_Counted = tuple[Int64Array, Int64Array]


def _took_part(history: CascadeHistory, before: int) -> tuple[_Counted, _Counted]:
    """Count in how many cascades each took part, and how many each started."""
    cascade, place = history.members
    people = history.people
    count = np.bincount(place[: np.searchsorted(cascade, before)], minlength=people.size)
    return (people, count.astype(np.int64)), np.unique(history.starters[:before], return_counts=True)


def _likeness(history: CascadeHistory, parts: tuple[_Counted, _Counted], keys: Int64Array) -> FloatArray:
    """Return what makes people alike: followers, and how often they joined others."""
    followers = np.array([history.crowd.get(key, np.nan) for key in keys.tolist()], np.float64)
    took, started = (_looked_up(*one, keys) for one in parts)
    return np.column_stack([np.log1p(followers), np.log1p(np.maximum(took - started, 0.0))])


def _looked_up(people: Int64Array, count: Int64Array, keys: Int64Array) -> FloatArray:
    if not people.size:
        return np.zeros(keys.size)
    place = np.minimum(np.searchsorted(people, keys), people.size - 1)
    return np.where(people[place] == keys, count[place], 0).astype(np.float64)

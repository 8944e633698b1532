"""Strangers beside known ties: whom posts brought though no tie known by then led to them."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from ambassador.propagation.arrays import BoolArray, FloatArray, Int64Array
from ambassador.propagation.strangers.launches import StrangersBeside
from ambassador.propagation.strangers.law import Branching
from ambassador.propagation.strangers.unreached import reached_by_ties
from ambassador.services.cascades.cascade_history import CascadeHistory, count_answers
from ambassador.services.strangers.starter_law import StarterLaw
from ambassador.store.learning.learning import LearningTies


@dataclass(frozen=True, eq=False)
class BesideTies:
    """The law of strangers with those ties lead to left out, who are simulated along their ties."""

    law: StarterLaw
    joined: Branching
    """Strangers who answer somebody who joined along a tie."""

    @classmethod
    def learn(cls, history: CascadeHistory, ties: LearningTies, before: int) -> Self | None:
        """Learn from the first so many cascades; None where they are too few."""
        tied = along_ties(history, ties, before)
        answers = count_answers(
            history.entry_cascade,
            history.entry_key,
            history.entry_time,
            history.entry_parent,
            history.starters,
            tied,
        )
        law = StarterLaw.learn(replace(history, answers=answers), before)
        if law is None:
            return None
        known = answers.answered[(answers.cascade < before) & answers.along_ties]
        return cls(law, Branching.learn(known.astype(np.float64)))

    def of(self, keys: Int64Array) -> StrangersBeside:
        """Tell what some people's posts bring."""
        levels = self.law.levels(keys)
        mean = (levels.weight * levels.at).sum(axis=1)
        expected = np.log(levels.mean)
        width = np.sqrt(np.maximum(2 * (expected - mean), 0.0))
        law = self.law.law
        return StrangersBeside(expected - width**2 / 2, width, law.shape, self.joined, law.branching)

    def moments(self, keys: Int64Array) -> tuple[FloatArray, FloatArray]:
        """Expect the strangers of each one's own post, and the squared variation around it."""
        talkers, variation = self.law.expected(keys)
        strangers = np.maximum(talkers - 1.0, 1e-9)
        return strangers, variation * (talkers / strangers) ** 2

    @property
    def joiner(self) -> tuple[float, float]:
        """Mean and variance of the strangers of somebody who joins along a tie."""
        tree, first = self.law.law.branching, self.joined
        per = tree.per_stranger
        each = (tree.mean + tree.mean**2 / tree.shape) * per**3
        scatter = first.mean + first.mean**2 / first.shape
        return round(first.mean * per, 4), round(first.mean * each + scatter * per**2, 4)


def answered_again(history: CascadeHistory, before: int, source: Int64Array, target: Int64Array) -> BoolArray:
    """Tell which pairs of node keys were seen together more than once in the first so many cascades.

    A tie that a single answer made known is none yet: who answered once is a stranger who may come back.
    """
    people = history.people
    if not people.size:
        return np.zeros(source.size, np.bool_)
    seen = (history.entry_cascade < before) & (history.entry_parent >= 0)
    heard, who = (np.searchsorted(people, one[seen]) for one in (history.entry_parent, history.entry_key))
    heard = np.minimum(heard, people.size - 1)
    pairs, number = np.unique(heard * people.size + who, return_inverse=True)
    whole = max(len(history), 1)
    count = np.bincount(
        np.unique(number * whole + history.entry_cascade[seen]) // whole, minlength=pairs.size
    )
    again = pairs[count > 1]
    ends = [np.minimum(np.searchsorted(people, one), people.size - 1) for one in (source, target)]
    here = (people[ends[0]] == source) & (people[ends[1]] == target)
    return np.asarray(here & np.isin(ends[0] * people.size + ends[1], again))


def along_ties(history: CascadeHistory, ties: LearningTies, before: int) -> BoolArray:
    """Tell of each post of a history whether a tie known before its cascade leads to its author."""
    people = history.people
    if not people.size or not ties.source_key.size:
        return np.zeros(history.entry_key.size, np.bool_)
    ends = [
        np.minimum(np.searchsorted(people, one), people.size - 1)
        for one in (ties.source_key, ties.target_key)
    ]
    here = (people[ends[0]] == ties.source_key) & (people[ends[1]] == ties.target_key)
    here &= ties.from_file | answered_again(history, before, ties.source_key, ties.target_key)
    since = np.where(ties.from_file, -np.inf, np.nan_to_num(ties.first_seen, nan=np.inf))
    return reached_by_ties(
        history.entry_cascade,
        np.searchsorted(people, history.entry_key),
        history.entry_time,
        (ends[0][here], ends[1][here], since[here]),
        history.began,
    )

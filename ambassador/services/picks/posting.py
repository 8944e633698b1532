"""Who really posts, by node: learned from closed campaigns, set by hand, or taken as certain at first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from sqlmodel import Session

from ambassador.i18n import mark
from ambassador.metrics.posting import PostingHabit, pool_habit, posting_probability, sample_posting
from ambassador.propagation.arrays import FloatArray
from ambassador.store.people.track_record import posting_history
from ambassador.values.imports.imports import Note
from ambassador.values.networks.node_key import NodeKey


@dataclass(frozen=True, slots=True)
class Posting:
    """What is known about who really posts, by node key."""

    habit: PostingHabit | None
    history: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    by_hand: Mapping[int, float] = field(default_factory=dict)

    @property
    def certain(self) -> bool:
        """Whether everybody is taken to post, for want of anything that says otherwise."""
        return self.habit is None and not self.by_hand

    def expected(self, keys: Sequence[int]) -> FloatArray:
        """Return everybody's posting probability."""
        given, posted = self._record(keys)
        if self.habit is None:
            return self._with_hand(np.ones(len(keys)), keys)
        return self._with_hand(posting_probability(self.habit, given, posted), keys)

    def sampled(self, keys: Sequence[int], draws: int, rng: np.random.Generator) -> FloatArray:
        """Draw what the probabilities may truly be, one row per draw."""
        given, posted = self._record(keys)
        if self.habit is None:
            return np.repeat(self.expected(keys)[None, :], draws, axis=0)
        drawn = sample_posting(self.habit, given, posted, draws=draws, rng=rng)
        return self._with_hand(drawn, keys)

    def note(self) -> Note:
        """Say where the probabilities come from."""
        if self.habit is None:
            return Note(
                mark("Everybody who gets a phone is taken to post: no closed campaign says otherwise yet.")
            )
        posted, silent = self.habit.posted - 1, self.habit.silent - 1
        text = mark("Whether they post is learned from closed campaigns: {posted} of {given} people did.")
        return Note(text, {"posted": round(posted), "given": round(posted + silent)})

    def _record(self, keys: Sequence[int]) -> tuple[FloatArray, FloatArray]:
        table = np.array([self.history.get(key, (0, 0)) for key in keys], dtype=np.float64).reshape(-1, 2)
        return table[:, 0], table[:, 1]

    def _with_hand(self, probabilities: FloatArray, keys: Sequence[int]) -> FloatArray:
        for place, key in enumerate(keys):
            if key in self.by_hand:
                probabilities[..., place] = self.by_hand[key]
        return probabilities


def learn_posting(session: Session, by_hand: Mapping[int, float]) -> Posting:
    """Read what closed campaigns say about who posts; ``by_hand`` wins, by node key."""
    history = {NodeKey.of_person(person): record for person, record in posting_history(session).items()}
    if not history:
        return Posting(None, {}, by_hand)
    table = np.array(list(history.values()), dtype=np.float64)
    return Posting(pool_habit(table[:, 0], table[:, 1]), history, by_hand)

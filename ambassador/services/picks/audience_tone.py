"""How often those who answer somebody complain, learned from labelled answers; kept until one changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from sqlmodel import Session

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.metrics.complaint_share import CommonShare, complaint_shares, learn_common_share
from ambassador.propagation.arrays import FloatArray
from ambassador.services.picks.pick_problem import Minded
from ambassador.store.kept import kept_for
from ambassador.store.picks.answers import labelled_answers
from ambassador.values.imports.imports import Note
from ambassador.values.picks.minded import MOST_MINDED

_DIGITS: Final = 4
"""Of a share: rounded so that every machine keeps the same problem."""
_RESTS_ON = mark(
    "Who draws complaints rests on {answers} labelled answers to {people} people, {complaints} of them "
    "complaints; who has few is drawn to everybody's share, {share}%. Answers without a label do not count."
)


@dataclass(frozen=True, slots=True)
class AudienceTone:
    """What labelled answers say: the common law, and what is known of each person."""

    common: CommonShare
    counts: Mapping[int, tuple[int, int]]
    """Node key -> labelled answers to this person, complaints among them."""

    @property
    def answers(self) -> int:
        """All labelled answers."""
        return sum(answers for answers, _ in self.counts.values())

    @property
    def complaints(self) -> int:
        """Those of them that complain."""
        return sum(complaints for _, complaints in self.counts.values())

    def shares(self, keys: Sequence[int]) -> FloatArray:
        """Give the share of complaints among answers to each."""
        told = np.array([self.counts.get(key, (0, 0)) for key in keys], np.float64).reshape(-1, 2)
        return complaint_shares(self.common, told[:, 0], told[:, 1])


def audience_tone(session: Session) -> AudienceTone | None:
    """Learn from all labelled answers; None where there are none.

    Examples
    --------
    >>> tone = audience_tone(session)
    >>> tone.answers, tone.complaints
    (1, 1)
    """
    return kept_for(session, "tone of audiences", None, lambda: _learn(session))


def _learn(session: Session) -> AudienceTone | None:
    counts = labelled_answers(session)
    if not counts:
        return None
    told = np.array(list(counts.values()), np.float64)
    return AudienceTone(learn_common_share(told[:, 0], told[:, 1]), counts)


def refuse_weight(weight: float) -> None:
    """Raise BadInputError where a weight of complaints is none, negative or too large.

    Examples
    --------
    >>> refuse_weight(-1.0)
    Traceback (most recent call last):
    ambassador.errors.BadInputError: a complainer cannot count -1.0 people against: write 0 to 10
    """
    if not 0 <= weight <= MOST_MINDED:
        raise BadInputError(
            "a complainer cannot count {weight} people against: write 0 to {most}",
            weight=weight,
            most=round(MOST_MINDED),
        )


def minded_in(session: Session, weight: float) -> tuple[Minded, Note]:
    """Read how often people's answers complain, and say what it rests on.

    Raises
    ------
    BadInputError
        If no answer to anybody was labelled.
    """
    tone = audience_tone(session)
    if tone is None:
        raise BadInputError(
            "no answer to a post is labelled, so nobody knows whose audience complains: label some "
            "(Mentions, tone and topics), or let complaints count 0"
        )
    keys = sorted(tone.counts)
    shares = tone.shares(keys).round(_DIGITS).tolist()
    told = {"answers": tone.answers, "people": len(keys), "complaints": tone.complaints}
    known = dict(zip(keys, shares, strict=True))
    by_person = {key: tone.counts[key][0] for key in keys}
    minded = Minded(weight, round(tone.common.mean, _DIGITS), known, **told, told=by_person)
    return minded, Note(_RESTS_ON, {**told, "share": round(100 * tone.common.mean)})

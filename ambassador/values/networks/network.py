"""What a network is built on: the rule that gives probabilities, and the rung of the ladder it stands on."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.values.imports.imports import Note


class RuleKind(StrEnum):
    """Where the probability of a tie comes from."""

    AUTO = "auto"
    GIVEN = "given"
    WEIGHTED_CASCADE = "weighted-cascade"
    TRIVALENCY = "trivalency"
    WEIGHTS = "weights"
    CONSTANT = "constant"
    LEARNED = "learned"


class Diffusion(StrEnum):
    """How word passes along ties."""

    INDEPENDENT_CASCADE = "ic"
    LINEAR_THRESHOLD = "lt"


@dataclass(frozen=True, slots=True)
class ProbabilityRule:
    """The rule that turns ties into probabilities; ``auto`` takes the best the ties allow and says which.

    Examples
    --------
    >>> str(ProbabilityRule.parse("constant:0.1")), str(ProbabilityRule.parse("given"))
    ('constant:0.1', 'given')
    """

    kind: RuleKind = RuleKind.AUTO
    constant: float | None = None

    @classmethod
    def parse(cls, text: str) -> "ProbabilityRule":
        """Read a rule as typed by a person."""
        name, colon, value = text.strip().casefold().partition(":")
        if name not in set(RuleKind) or bool(colon) != (name == RuleKind.CONSTANT):
            raise BadInputError(
                "{rule!r} is no rule for probabilities: give one of {known}", rule=text, known=KNOWN
            )
        return cls(RuleKind(name), _constant(value) if colon else None)

    def __str__(self) -> str:
        return f"{self.kind}:{self.constant:g}" if self.kind is RuleKind.CONSTANT else str(self.kind)


KNOWN = "auto, learned, given, weights, weighted-cascade, trivalency, constant:P"


def _constant(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0.0 <= value <= 1.0:
        raise BadInputError("the probability {value!r} is not a number between 0 and 1", value=text)
    return value


LADDER: Final = (
    mark("names and stock: no forecast"),
    mark("followers and likes: expected interactions, no word of mouth"),
    mark("mentions: observed totals and past results, not who passed it on to whom"),
    mark("reactions, who replied, quoted or shared whom: people seen before"),
    mark("follower lists of the shortlist: whom their own posts reach is exact"),
    mark("follow ties of a market: the whole way, under this model"),
    mark("closed campaigns: ranges checked against what happened"),
)
"""What each rung of the ladder holds, from 0 on."""


@dataclass(frozen=True, slots=True)
class Rung:
    """Where the data stand on the ladder: what the answer is built on, and what would lift it."""

    number: int
    built_on: Note
    next_step: Note
    word_of_mouth: bool = False
    """Whether the network is used at all: from rung 3 on."""

"""What inferred parents rest on."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class InferredFrom(StrEnum):
    """Where the probabilities of the ties come from."""

    LEARNED = "learned"
    """What was learned from the organisation's own past; the posts at hand move it."""
    GIVEN = "given"
    """The files give them."""
    THESE_POSTS = "these posts alone"


@dataclass(frozen=True, slots=True)
class ParentBasis:
    """What a possible parent rests on; kept with it as text."""

    kind: InferredFrom
    parameter_set_id: int | None = None
    """Only where learned."""
    cascades: int | None = None
    """That the parameter set was learned from."""

    def __str__(self) -> str:
        """Write it as it is kept."""
        if self.kind is not InferredFrom.LEARNED:
            return self.kind.value
        return f"{self.kind}: set {self.parameter_set_id}, {self.cascades} cascades"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read it back.

        >>> ParentBasis.parse(str(ParentBasis(InferredFrom.LEARNED, 3, 120)))
        ParentBasis(kind=<InferredFrom.LEARNED: 'learned'>, parameter_set_id=3, cascades=120)
        """
        kind, _, rest = text.partition(": set ")
        if kind != InferredFrom.LEARNED:
            return cls(InferredFrom.GIVEN if kind == InferredFrom.GIVEN else InferredFrom.THESE_POSTS)
        number, _, cascades = rest.partition(", ")
        return cls(InferredFrom.LEARNED, int(number), int(cascades.split()[0]))

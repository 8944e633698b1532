"""Who made a campaign's talk: shares that always sum to the total."""

from dataclasses import dataclass
from enum import StrEnum


class CreditMethod(StrEnum):
    """How a share was given."""

    OWN_POST = "own post"
    UPSTREAM = "nearest ambassador upstream"
    NAMED = "ambassador named in the text or as the author answered"
    TAGGED = "ambassador tagged in the text"
    INFERRED = "nearest ambassador upstream: inferred from ties and delays"
    STARTER = "ambassador who started it: the platform hides the path"
    NOBODY = "no ambassador upstream"
    """Outside the network: the path is known, and none of ours is on it."""
    UNATTRIBUTED = "not attributable: the path is not known"

    @property
    def is_sure(self) -> bool:
        """Whether every step of the path was seen or written down."""
        return self not in (CreditMethod.TAGGED, CreditMethod.INFERRED, CreditMethod.STARTER)


@dataclass(frozen=True, slots=True)
class CreditRow:
    """What one ambassador, one device or nobody is credited with."""

    mentions: float
    """Sum of shares."""
    share: float
    """Of the campaign's total; the shares of a table sum to 1."""
    people: int
    """Different authors among those mentions, the ambassador not counted."""
    own_posts: int = 0
    ambassador_id: int | None = None
    person_id: int | None = None
    name: str = ""
    """Name or handle, as known; empty for the unattributed row."""
    device_id: int | None = None
    serial: str = ""
    is_outside: bool = False
    """Without an ambassador: whether that is known, the path being so, or only not attributable."""
    inferred: float = 0.0
    """Part of ``mentions`` that rests on inference, not on a path that was seen."""
    moment_id: int | None = None
    """Nobody's, but for the moment on air or in a shop of that activation, which ``name`` names."""

    @property
    def is_unattributed(self) -> bool:
        """Whether this is nobody of ours: from outside the network, or not attributable."""
        return self.ambassador_id is None


@dataclass(frozen=True, slots=True)
class CreditTable:
    """The same total cut twice: by ambassador, and by the device then in their hands."""

    campaign_id: int
    total: int
    """Mentions that belong to the campaign."""
    by_ambassador: tuple[CreditRow, ...]
    """Largest first; then moments on air, outside the network and not attributable, where there are any."""
    by_device: tuple[CreditRow, ...]
    """One row per serial (empty serial: an ambassador without a device then), those of nobody last."""

    @property
    def unattributed(self) -> float:
        """Mentions with no ambassador upstream, from outside the network or not attributable."""
        return sum(row.mentions for row in self.by_ambassador if row.is_unattributed)

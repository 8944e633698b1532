"""Who made a campaign's talk: shares that always sum to the total."""

from dataclasses import dataclass
from enum import StrEnum


class CreditMethod(StrEnum):
    """How a share was given."""

    OWN_POST = "own post"
    UPSTREAM = "nearest ambassador upstream"
    STARTER = "ambassador who started it: the platform hides the path"
    NOBODY = "no ambassador upstream"


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

    @property
    def is_unattributed(self) -> bool:
        """Whether nobody of ours is upstream."""
        return self.ambassador_id is None


@dataclass(frozen=True, slots=True)
class CreditTable:
    """The same total cut twice: by ambassador, and by the device then in their hands."""

    campaign_id: int
    total: int
    """Mentions that belong to the campaign."""
    by_ambassador: tuple[CreditRow, ...]
    """Largest first, the unattributed row last."""
    by_device: tuple[CreditRow, ...]
    """One row per serial (empty serial: an ambassador without a device then), the unattributed row last."""

    @property
    def unattributed(self) -> float:
        """Mentions with no ambassador upstream."""
        return sum(row.mentions for row in self.by_ambassador if row.is_unattributed)

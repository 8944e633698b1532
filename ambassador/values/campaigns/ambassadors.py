"""Ambassadors: the people in a campaign, their deal, and what happened with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from ambassador.values.contacts import Contact
from ambassador.values.money import Money
from ambassador.values.status import AmbassadorStatus, Deal, DeviceStatus

EDITABLE = (
    "deal", "fee", "code", "agreement_signed_on", "notice_sent_on", "notice_channel", "embargo_until",
    "post_by", "due_back", "last_contact_on", "next_action", "next_action_on", "owner", "notes",
)  # fmt: skip
"""What several rows at once may change; the status changes through an answer."""


@dataclass(frozen=True, slots=True)
class AmbassadorRow:
    """One ambassador with the deal and the phone."""

    id: int
    campaign_id: int
    person_id: int
    name: str
    handle: str
    platform: str
    city: str
    followers: int | None
    status: AmbassadorStatus
    deal: Deal
    fee: Money | None = None
    code: str = ""
    agreement_signed_on: date | None = None
    notice_sent_on: date | None = None
    notice_channel: str = ""
    embargo_until: datetime | None = None
    post_by: date | None = None
    due_back: date | None = None
    last_contact_on: date | None = None
    next_action: str = ""
    next_action_on: date | None = None
    owner: str = ""
    notes: str = ""
    pick_id: int | None = None
    reserve_rank: int | None = None
    replaces_id: int | None = None
    invited_at: datetime | None = None
    answered_at: datetime | None = None
    revision: int = 0
    custody_id: int | None = None
    reference: str = ""
    serial: str = ""
    country: str = ""
    """As it was written."""
    device_status: DeviceStatus | None = None
    delivered_at: datetime | None = None

    @property
    def label(self) -> str:
        """Name them as people do."""
        return self.name or (f"@{self.handle}" if self.handle else f"#{self.person_id}")


@dataclass(frozen=True, slots=True)
class AmbassadorEventView:
    """One line of an ambassador's history."""

    happened_at: datetime
    from_status: str
    to_status: str
    actor: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class AmbassadorEdit:
    """What one row of the table changed, and the revision the editor saw."""

    ambassador_id: int
    revision: int
    changes: Mapping[str, Any]
    """Field of ``EDITABLE`` -> new value (``fee`` is Money or None)."""


@dataclass(frozen=True, slots=True)
class EditConflict:
    """A row somebody else changed meanwhile: nothing of it was written."""

    ambassador_id: int
    name: str
    theirs: Mapping[str, Any]
    """Field -> what stands there now, for the fields this edit wanted to change."""
    yours: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class EditReport:
    """What became of the edits of several rows."""

    changed: tuple[int, ...]
    conflicts: tuple[EditConflict, ...] = ()


@dataclass(frozen=True, slots=True)
class ConfirmedPick:
    """What confirming a pick did; a second time it does nothing more."""

    campaign_id: int
    invited: tuple[int, ...]
    """Ambassadors made or called up now."""
    already: tuple[int, ...]
    """Ambassadors who were in before; whatever was agreed with them stays."""
    reserve: tuple[int, ...]
    """The reserve list, best first."""
    people_made: int = 0
    """Accounts that had no person and were given one."""


@dataclass(frozen=True, slots=True)
class AnswerReport:
    """What became of an ambassador and of their phone."""

    ambassador_id: int
    status: AmbassadorStatus
    device: str = ""
    """Serial or number of the phone they had, if any."""
    device_status: DeviceStatus | None = None


@dataclass(frozen=True, slots=True)
class NextCandidate:
    """Somebody who could be invited next."""

    person_id: int
    """0 for an account nobody has met yet; ``account_id`` says which."""
    name: str
    handle: str
    platform: str
    city: str = ""
    followers: int | None = None
    fee: Money | None = None
    marginal_spread: float | None = None
    """People who talk they would add to those already in; None where nothing was computed."""
    reserve_rank: int | None = None
    ambassador_id: int | None = None
    """Their row, when they are on the reserve list."""
    account_id: int | None = None

    @property
    def label(self) -> str:
        """Name them as people do."""
        return self.name or (f"@{self.handle}" if self.handle else f"#{self.person_id}")


class ChaseReason(StrEnum):
    """Why somebody has to be called."""

    SILENT = "silent"
    OVERDUE = "overdue"
    UNSIGNED = "unsigned"
    UNANSWERED = "unanswered"
    ON_THE_WAY = "on_the_way"
    LEFT_WITH_PHONE = "left_with_phone"
    NEXT_ACTION = "next_action"
    PROMISED = "promised"


LATE_FROM = {ChaseReason.UNSIGNED: 3, ChaseReason.NEXT_ACTION: 1, ChaseReason.LEFT_WITH_PHONE: 7}
"""Days after which these are late: what was accepted today may be signed tomorrow."""


@dataclass(frozen=True, slots=True)
class ChaseItem:
    """Something late or due today, and where to deal with it."""

    reason: ChaseReason
    text: str
    """Message id; ``values`` fill its places."""
    page: str
    """``campaigns`` or ``devices``."""
    campaign_id: int
    campaign: str
    days: int
    """How late, for sorting."""
    values: Mapping[str, Any] = field(default_factory=dict)
    ambassador_id: int | None = None
    device: str = ""
    """Serial, IMEI or number to open its history with."""
    contact: Contact | None = None

    @property
    def is_late(self) -> bool:
        """Whether its day has passed."""
        return self.days >= LATE_FROM.get(self.reason, 0)

"""The states things pass through, and which changes are allowed.

One table per thing, so that the rule can be read at a glance; ``check_change`` refuses the rest by name.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from ambassador.errors import IllegalStatusChangeError
from ambassador.i18n import mark


class CampaignStatus(StrEnum):
    """Where a campaign is in its life."""

    DRAFT = "draft"
    LIVE = "live"
    CLOSED = "closed"


class AmbassadorStatus(StrEnum):
    """Where the talk with one person for one campaign stands."""

    RESERVE = "reserve"
    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    SILENT = "silent"
    REPLACED = "replaced"
    DONE = "done"


class Deal(StrEnum):
    """What the person gets."""

    GIFT = "gift"
    LOAN = "loan"
    PAID = "paid"


class DeviceStatus(StrEnum):
    """Where a device is; the counts of all states always sum to the stock."""

    IN_STOCK = "in_stock"
    RESERVED = "reserved"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    LOST = "lost"
    RETIRED = "retired"


class ParcelState(StrEnum):
    """What a courier's words say of a parcel."""

    SHIPPED = "shipped"
    DELIVERED = "delivered"
    RETURNED = "returned"
    LOST = "lost"
    NOTHING = "nothing"
    """The words say nothing about where the parcel is: rows with them are left out."""


class CustodyEnd(StrEnum):
    """How one custody of a device ended."""

    RELEASED = "released"
    RETURNED = "returned"
    LOST = "lost"
    KEPT = "kept"


class MentionKind(StrEnum):
    """What a post is to the one it answers."""

    ORIGINAL = "original"
    REPLY = "reply"
    QUOTE = "quote"
    REPOST = "repost"
    COMMENT = "comment"
    STORY = "story"


class Label(StrEnum):
    """What a mention is to the people who care for customers."""

    COMPLAINT = "complaint"
    QUESTION = "question"
    PRAISE = "praise"


class Verdict(StrEnum):
    """Whether a mention belongs to a campaign."""

    MATCHED = "matched"
    REVIEW = "review"
    REJECTED = "rejected"


class OutcomeKind(StrEnum):
    """What was logged as having come of the campaign."""

    ORDERS = "orders"
    VISITS = "visits"
    PRESS = "press"
    LESSON = "lesson"


class ImportKind(StrEnum):
    """What a file holds."""

    PEOPLE = "people"
    TIES = "ties"
    DEVICES = "devices"
    MENTIONS = "mentions"
    COURIER = "courier"
    OUTCOMES = "outcomes"


_C, _A, _D = CampaignStatus, AmbassadorStatus, DeviceStatus

CAMPAIGN_CHANGES: Mapping[CampaignStatus, frozenset[CampaignStatus]] = {
    _C.DRAFT: frozenset({_C.LIVE}),
    _C.LIVE: frozenset({_C.CLOSED}),
    _C.CLOSED: frozenset({_C.LIVE}),
}

AMBASSADOR_CHANGES: Mapping[AmbassadorStatus, frozenset[AmbassadorStatus]] = {
    _A.RESERVE: frozenset({_A.INVITED}),
    _A.INVITED: frozenset({_A.ACCEPTED, _A.DECLINED, _A.SILENT, _A.RESERVE}),
    _A.ACCEPTED: frozenset({_A.DECLINED, _A.SILENT, _A.REPLACED, _A.DONE}),
    _A.DECLINED: frozenset({_A.INVITED, _A.REPLACED}),
    _A.SILENT: frozenset({_A.ACCEPTED, _A.DECLINED, _A.REPLACED, _A.DONE}),
    _A.REPLACED: frozenset(),
    _A.DONE: frozenset({_A.ACCEPTED}),
}

DEVICE_CHANGES: Mapping[DeviceStatus, frozenset[DeviceStatus]] = {
    _D.IN_STOCK: frozenset({_D.RESERVED, _D.LOST, _D.RETIRED}),
    _D.RESERVED: frozenset({_D.IN_STOCK, _D.SHIPPED, _D.DELIVERED, _D.LOST}),
    _D.SHIPPED: frozenset({_D.DELIVERED, _D.LOST, _D.IN_STOCK}),
    _D.DELIVERED: frozenset({_D.IN_STOCK, _D.LOST, _D.RETIRED}),
    _D.LOST: frozenset({_D.IN_STOCK, _D.RETIRED}),
    _D.RETIRED: frozenset({_D.IN_STOCK}),
}


S = TypeVar("S", bound=StrEnum)


def check_change(changes: Mapping[S, frozenset[S]], what: str, now: S, wanted: S) -> None:
    """Refuse a change of state the table does not allow."""
    if wanted not in changes[now]:
        message = mark("{what} is {now}: it cannot become {wanted}")
        raise IllegalStatusChangeError(message, what=what, now=now.value, wanted=wanted.value)

"""The words for states, deals and moments, to be translated where they are shown."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from ambassador.i18n import mark
from ambassador.values.campaigns.campaigns import TimelineEventKind
from ambassador.values.devices import PhoneFate
from ambassador.values.status import AmbassadorStatus, CampaignStatus, CustodyEnd, Deal, DeviceStatus

WORDS: Final[Mapping[type[StrEnum], Mapping[str, str]]] = {
    CampaignStatus: {
        CampaignStatus.DRAFT: mark("draft"),
        CampaignStatus.LIVE: mark("live"),
        CampaignStatus.CLOSED: mark("closed"),
    },
    AmbassadorStatus: {
        AmbassadorStatus.RESERVE: mark("in reserve"),
        AmbassadorStatus.INVITED: mark("invited"),
        AmbassadorStatus.ACCEPTED: mark("accepted"),
        AmbassadorStatus.DECLINED: mark("declined"),
        AmbassadorStatus.SILENT: mark("silent"),
        AmbassadorStatus.REPLACED: mark("replaced"),
        AmbassadorStatus.DONE: mark("done"),
    },
    Deal: {
        Deal.GIFT: mark("gift"),
        Deal.LOAN: mark("loan"),
        Deal.PAID: mark("paid"),
    },
    DeviceStatus: {
        DeviceStatus.IN_STOCK: mark("in stock"),
        DeviceStatus.RESERVED: mark("reserved"),
        DeviceStatus.SHIPPED: mark("on the way"),
        DeviceStatus.DELIVERED: mark("delivered"),
        DeviceStatus.LOST: mark("lost"),
        DeviceStatus.RETIRED: mark("retired"),
    },
    CustodyEnd: {
        CustodyEnd.RELEASED: mark("released"),
        CustodyEnd.RETURNED: mark("returned"),
        CustodyEnd.LOST: mark("lost"),
        CustodyEnd.KEPT: mark("kept for good"),
    },
    PhoneFate: {
        PhoneFate.BACK: mark("it is back in stock"),
        PhoneFate.STAYS: mark("it stays with them for now"),
        PhoneFate.KEPT: mark("it is theirs for good"),
        PhoneFate.LOST: mark("it is lost: write it off"),
    },
    TimelineEventKind: {
        TimelineEventKind.START: mark("start"),
        TimelineEventKind.END: mark("end"),
        TimelineEventKind.EMBARGO: mark("embargo"),
        TimelineEventKind.TODAY: mark("today"),
        TimelineEventKind.SHIPPED: mark("phones sent"),
        TimelineEventKind.DELIVERED: mark("phones arrived"),
        TimelineEventKind.POST_BY: mark("post by"),
        TimelineEventKind.DUE_BACK: mark("due back"),
        TimelineEventKind.SIGNED: mark("agreements signed"),
    },
}
"""By the kind of state first: members of two kinds are equal where their texts are."""


def text_of(state: StrEnum) -> str:
    """Give the text for a state.

    Examples
    --------
    >>> text_of(Deal.LOAN), text_of(CustodyEnd.KEPT)
    ('loan', 'kept for good')
    """
    return WORDS[type(state)][state]

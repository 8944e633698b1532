"""Devices and who holds them, as pages and shell see them; the check of an IMEI."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ambassador.errors import BadInputError
from ambassador.values.money import Money
from ambassador.values.status import AmbassadorStatus, CustodyEnd, Deal, DeviceStatus, ParcelState

_IMEI_DIGITS = 15
_SEPARATORS = re.compile(r"[\s\-/.]+")


class PhoneFate(StrEnum):
    """What becomes of the phone of somebody who declined, went silent, finished or was replaced."""

    BACK = "back"
    """Back in stock."""
    STAYS = "stays"
    """Stays with them for now; we go on asking for it."""
    KEPT = "kept"
    """Theirs for good: it leaves the stock without being lost."""
    LOST = "lost"
    """Written off."""


class AgreementRule(StrEnum):
    """What happens when a phone is to leave before the agreement is signed."""

    WARN = "warn"
    REFUSE = "refuse"


def canonical_imei(text: str) -> str:
    """An IMEI's one spelling: digits only.

    >>> canonical_imei("35-209900-176148/1")
    '352099001761481'
    """
    return _SEPARATORS.sub("", text)


def canonical_serial(text: str) -> str:
    """A serial's one spelling: no blanks around or within, capitals.

    >>> canonical_serial(" bz q1-0007 ")
    'BZQ1-0007'
    """
    return "".join(text.split()).upper()


def is_imei(text: str) -> bool:
    """Whether a text is 15 digits whose last one fits the others (Luhn).

    >>> is_imei("352099001761481"), is_imei("352099001761482"), is_imei("35209900176148")
    (True, False, False)
    """
    digits = canonical_imei(text)
    return (
        len(digits) == _IMEI_DIGITS and digits.isascii() and digits.isdigit() and _luhn_sum(digits) % 10 == 0
    )


def checked_imei(text: str) -> str:
    """An IMEI's one spelling; what is none is refused, blank stays blank."""
    digits = canonical_imei(text)
    if digits and not is_imei(digits):
        raise BadInputError(
            "{imei} is not an IMEI: it needs 15 digits, the last of which checks the others",
            imei=text.strip(),
        )
    return digits


def _luhn_sum(digits: str) -> int:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - Luhn: the sum of the two digits
    return total


@dataclass(frozen=True, slots=True)
class DeviceView:
    """One device, where it is and with whom."""

    id: int
    model: str
    serial: str
    imei1: str
    imei2: str
    colour: str
    cost: Money | None
    status: DeviceStatus
    note: str = ""
    since: datetime | None = None
    """When it came into this state."""
    custody_id: int | None = None
    reference: str = ""
    ambassador_id: int | None = None
    holder: str = ""
    """Name or handle of the person who has it, is to get it, or lost it."""
    campaign_id: int | None = None
    campaign: str = ""
    due_back: date | None = None
    overdue_days: int = 0
    courier: str = ""
    tracking: str = ""
    time_zone: str = ""
    """Of the campaign it is out for; empty in stock."""

    @property
    def label(self) -> str:
        """Name the device as people do: the serial, else an IMEI, else its number."""
        return self.serial or self.imei1 or self.imei2 or f"#{self.id}"


@dataclass(frozen=True, slots=True)
class CustodyView:
    """One stay of one device with one ambassador."""

    id: int
    reference: str
    device_id: int
    model: str
    serial: str
    imei1: str
    device_status: DeviceStatus
    ambassador_id: int
    ambassador_status: AmbassadorStatus
    person_id: int
    holder: str
    campaign_id: int
    campaign: str
    deal: Deal
    agreement_signed_on: date | None
    reserved_at: datetime
    shipped_at: datetime | None = None
    delivered_at: datetime | None = None
    ended_at: datetime | None = None
    ended_as: CustodyEnd | None = None
    due_back: date | None = None
    courier: str = ""
    tracking: str = ""
    note: str = ""
    replaces_id: int | None = None
    time_zone: str = "UTC"
    """The campaign's."""

    @property
    def is_open(self) -> bool:
        """Whether the device still counts as theirs."""
        return self.ended_at is None


@dataclass(frozen=True, slots=True)
class DeviceEventView:
    """One line of a device's history."""

    happened_at: datetime
    from_status: str
    to_status: str
    actor: str
    note: str = ""
    reference: str = ""
    holder: str = ""
    time_zone: str = ""
    """Of the campaign it was out for then."""


@dataclass(frozen=True, slots=True)
class DeviceHistory:
    """Everything that happened to one device, oldest first."""

    device: DeviceView
    custodies: tuple[CustodyView, ...]
    events: tuple[DeviceEventView, ...]


@dataclass(frozen=True, slots=True)
class Worth:
    """What some devices cost together: one sum a currency, and how many have no known cost."""

    devices: int
    sums: tuple[Money, ...] = ()
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class StockView:
    """The whole stock; ``by_status`` always sums to ``total``."""

    total: int
    by_status: Mapping[DeviceStatus, int]
    devices: tuple[DeviceView, ...]
    unaccounted: Worth
    """Lost and not written off, or overdue."""
    on_the_way: int
    overdue: int
    with_ambassadors: int
    due_soon: int = 0
    """Due back within a week."""


@dataclass(frozen=True, slots=True)
class Shipment:
    """What a dispatch did, with what deserves a second look."""

    shipped: tuple[CustodyView, ...]
    already: tuple[str, ...] = ()
    """References that were on their way before: nothing was done to them."""
    unsigned: tuple[str, ...] = ()
    """People whose agreement is not signed, and who were sent a phone all the same."""


@dataclass(frozen=True, slots=True)
class PackingLine:
    """One parcel to pack."""

    custody_id: int
    reference: str
    recipient: str
    handle: str
    city: str
    country: str
    email: str
    model: str
    colour: str
    serial: str
    imei1: str
    imei2: str
    deal: Deal
    due_back: date | None
    agreement_signed_on: date | None
    notice: str = ""
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class CourierWord:
    """What a courier says, and what it means."""

    word: str
    """In the form in which words are compared: no case, no accents, no punctuation."""
    state: ParcelState
    is_own: bool
    """Whether somebody here said so; otherwise it is one of those known from the start."""


@dataclass(frozen=True, slots=True)
class NoticeText:
    """The words that accompany a supplied product, dated and with their source."""

    deal: Deal
    language: str
    text: str
    """With places for ``{brand}`` and ``{product}``."""
    source: str
    dated: date


@dataclass(frozen=True, slots=True)
class SendingRules:
    """The rules phones are sent by."""

    brand: str
    """The name in the words that go with a phone; the product's own where it is empty."""
    unsigned: AgreementRule
    notices: tuple[NoticeText, ...]

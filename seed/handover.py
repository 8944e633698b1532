"""Phones out and back, as the marketer and the courier did it."""

from collections.abc import Iterable

from ambassador.services.campaigns.ambassadors import answer
from ambassador.services.devices import deliver_device, reserve_device, ship_devices
from ambassador.values.devices import CustodyView
from ambassador.values.status import AmbassadorStatus
from seed.stage import Stage

COURIER = "Corriere Adriatico"


def accept(stage: Stage, ambassador_ids: Iterable[int], offset: int) -> None:
    """Let people say yes."""
    for number in ambassador_ids:
        answer(stage.on(offset, 11), number, AmbassadorStatus.ACCEPTED)


def reserve(stage: Stage, ambassador_id: int, offset: int) -> CustodyView:
    """Keep the next phone for an ambassador."""
    return reserve_device(stage.on(offset, 15), ambassador_id)


def ship(stage: Stage, custody: CustodyView, offset: int) -> None:
    """Hand the parcel to the courier."""
    tracking = f"CA{stage.day(offset):%y%m%d}{custody.id:04d}"
    ship_devices(stage.on(offset, 16), [custody.id], COURIER, tracking)


def deliver(stage: Stage, custody: CustodyView, offset: int) -> None:
    """Note the delivery."""
    deliver_device(stage.on(offset, 12), custody.id)


def hand_over(stage: Stage, ambassador_id: int, shipped: int, delivered: int) -> CustodyView:
    """Reserve, ship and deliver one phone."""
    custody = reserve(stage, ambassador_id, shipped)
    ship(stage, custody, shipped)
    deliver(stage, custody, delivered)
    return custody

"""The stock: where every phone is, what is missing, and the history of each."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final

from ambassador.services.work import UnitOfWork
from ambassador.store.devices.devices import find_device
from ambassador.store.devices.stock import custody_views, device_events, device_views
from ambassador.values.days import day_in
from ambassador.values.devices import CustodyView, DeviceHistory, DeviceView, StockView, Worth
from ambassador.values.money import Money
from ambassador.values.status import DeviceStatus

SOON_DAYS: Final = 7
_WITH_PEOPLE: Final = DeviceStatus.DELIVERED


def stock(work: UnitOfWork) -> StockView:
    """Tell where every phone is; the states always sum to the stock.

    Examples
    --------
    >>> found = stock(work)
    >>> found.total, found.on_the_way, found.with_ambassadors
    (5, 1, 2)
    """
    with work.reading() as session:
        devices = device_views(session, now=work.now())
    counts = Counter(device.status for device in devices)
    overdue = [device for device in devices if device.overdue_days]
    lost = [device for device in devices if device.status is DeviceStatus.LOST]
    return StockView(
        total=len(devices),
        by_status={status: counts.get(status, 0) for status in DeviceStatus},
        devices=devices,
        unaccounted=worth([*lost, *overdue]),
        on_the_way=counts[DeviceStatus.SHIPPED],
        overdue=len(overdue),
        with_ambassadors=counts[_WITH_PEOPLE],
        due_soon=sum(_due_soon(device, work) for device in devices),
    )


def device_history(work: UnitOfWork, printed: str) -> DeviceHistory:
    """Tell everything that happened to the phone with this serial, IMEI or ``#number``.

    Examples
    --------
    >>> [event.to_status for event in device_history(work, "BZ0001").events]
    ['in_stock', 'reserved', 'shipped', 'delivered']
    """
    with work.reading() as session:
        device_id = find_device(session, printed).id or 0
        view = device_views(session, now=work.now(), device_id=device_id)[0]
        return DeviceHistory(
            view, custody_views(session, device_id=device_id), device_events(session, device_id)
        )


def list_custodies(work: UnitOfWork, campaign_id: int | None = None) -> tuple[CustodyView, ...]:
    """List the phones reserved for, on the way to, or with people.

    Examples
    --------
    >>> [(one.holder, one.device_status.value) for one in list_custodies(work, campaign)]
    [('Nina Rossi', 'delivered'), ('Leo Conti', 'delivered'), ('Zoe Marin', 'shipped')]
    """
    with work.reading() as session:
        return custody_views(session, campaign_id=campaign_id, only_open=True)


def worth(devices: Iterable[DeviceView]) -> Worth:
    """Add up what phones cost, one sum a currency; an unknown cost is counted, never taken as 0.

    Examples
    --------
    >>> worth(stock(work).devices)
    Worth(devices=5, sums=(Money(minor=200000, currency='EUR'),), unknown=0)
    """
    all_of_them = tuple(devices)
    sums: dict[str, int] = defaultdict(int)
    for device in all_of_them:
        if device.cost:
            sums[device.cost.currency] += device.cost.minor
    unknown = sum(device.cost is None for device in all_of_them)
    return Worth(len(all_of_them), tuple(Money(minor, code) for code, minor in sorted(sums.items())), unknown)


def _due_soon(device: DeviceView, work: UnitOfWork) -> bool:
    if device.due_back is None or device.overdue_days or device.status is not _WITH_PEOPLE:
        return False
    return 0 <= (device.due_back - day_in(device.time_zone or "UTC", work.now())).days <= SOON_DAYS

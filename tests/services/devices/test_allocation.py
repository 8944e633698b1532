"""Many people at once, and any order of actions: the stock always adds up."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, settings
from sqlmodel import col, func, select

from ambassador.errors import AmbassadorError, ConflictError, IllegalStatusChangeError
from ambassador.services.campaigns.ambassadors import answer
from ambassador.services.devices import devices
from ambassador.services.devices.devices import (
    lose_device,
    move_device,
    replace_device,
    reserve_device,
    ship_devices,
)
from ambassador.services.devices.stock import list_custodies, stock
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.devices import Custody, Device
from ambassador.values.status import AmbassadorStatus, CustodyEnd, DeviceStatus
from tests.databases import empty
from tests.services.launch import add_launch, add_phones, invite

TWENTY = 20


def _all_at_once(*calls: Callable[[], object]) -> list[object]:
    """Run all calls at the same moment; gives what each returned or raised."""
    start = Barrier(len(calls))

    def run(call: Callable[[], object]) -> object:
        start.wait()
        try:
            return call()
        except AmbassadorError as error:
            return error

    with ThreadPoolExecutor(len(calls)) as crowd:
        return list(crowd.map(run, calls))


def _crowd(work: UnitOfWork) -> list[int]:
    return invite(work, add_launch(work), *(f"Person {number}" for number in range(TWENTY)))


def test_of_twenty_people_reserving_the_last_phone_exactly_one_gets_it(work: UnitOfWork) -> None:
    add_phones(work, 1)
    crowd = _crowd(work)
    ends = _all_at_once(*(lambda who=who: reserve_device(work, who) for who in crowd))
    assert sum(isinstance(end, ConflictError) for end in ends) == TWENTY - 1
    assert len(list_custodies(work)) == 1
    assert stock(work).by_status[DeviceStatus.RESERVED] == 1


def test_of_twenty_people_choosing_the_same_phone_exactly_one_gets_it(work: UnitOfWork) -> None:
    phone = add_phones(work, TWENTY)[0]
    crowd = _crowd(work)
    ends = _all_at_once(*(lambda who=who: reserve_device(work, who, phone) for who in crowd))
    assert sum(isinstance(end, ConflictError) for end in ends) == TWENTY - 1


def test_where_phones_are_enough_nobody_is_turned_away(work: UnitOfWork) -> None:
    add_phones(work, TWENTY)
    crowd = _crowd(work)
    ends = _all_at_once(*(lambda who=who: reserve_device(work, who) for who in crowd))
    assert [end for end in ends if isinstance(end, AmbassadorError)] == []
    assert len({custody.device_id for custody in list_custodies(work)}) == TWENTY


def test_one_person_asking_twenty_times_at_once_gets_one_phone(work: UnitOfWork) -> None:
    add_phones(work, TWENTY)
    nina = invite(work, add_launch(work), "Nina")[0]
    ends = _all_at_once(*(lambda: reserve_device(work, nina) for _ in range(TWENTY)))
    assert sum(isinstance(end, ConflictError) for end in ends) == TWENTY - 1
    assert len(list_custodies(work)) == 1


def test_a_phone_returned_and_lost_at_once_ends_once(work: UnitOfWork) -> None:
    add_phones(work, 1)
    nina = invite(work, add_launch(work), "Nina")[0]
    custody = reserve_device(work, nina)
    ship_devices(work, [custody.id])
    ends = _all_at_once(
        lambda: devices.return_device(work, custody.id), lambda: lose_device(work, custody.id)
    )
    refused = [end for end in ends if isinstance(end, (ConflictError, IllegalStatusChangeError))]
    assert len(refused) == 1
    _check_books(work)


def test_a_lost_phone_replaced_by_two_people_at_once_is_replaced_once(work: UnitOfWork) -> None:
    add_phones(work, 3)
    nina = invite(work, add_launch(work), "Nina")[0]
    custody = reserve_device(work, nina)
    ends = _all_at_once(*(lambda: replace_device(work, custody.id) for _ in range(4)))
    assert sum(isinstance(end, ConflictError) for end in ends) == 3
    _check_books(work)


ACTIONS = ("reserve", "ship", "deliver", "return", "release", "lose", "keep", "replace", "decline", "found")


def _act(work: UnitOfWork, action: str, ambassador: int, phone: int) -> None:
    """Do one thing to the custody a person has, or to a phone nobody has."""
    held = next((one for one in list_custodies(work) if one.ambassador_id == ambassador), None)
    if action == "reserve":
        reserve_device(work, ambassador)
    elif action == "found":
        move_device(work, phone, DeviceStatus.IN_STOCK)
    elif action == "decline":
        answer(work, ambassador, AmbassadorStatus.DECLINED)
    elif held and action == "ship":
        ship_devices(work, [held.id])
    elif held:
        getattr(devices, f"{action}_device")(work, held.id)


def _check_books(work: UnitOfWork) -> None:
    now = stock(work)
    assert sum(now.by_status.values()) == now.total == len(now.devices)
    holding = {DeviceStatus.RESERVED, DeviceStatus.SHIPPED, DeviceStatus.DELIVERED}
    with work.reading() as session:
        is_open = col(Custody.ended_at).is_(None)
        counted = select(Custody.device_id, func.count()).where(is_open).group_by(col(Custody.device_id))
        held = dict(session.exec(counted).all())
        for device in session.exec(select(Device)):
            assert held.get(device.id or 0, 0) == (1 if device.status in holding else 0)
        for custody in session.exec(select(Custody).where(~is_open)):
            assert custody.ended_as in set(CustodyEnd)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 2), st.integers(0, 2)), max_size=25))
def test_any_order_of_actions_keeps_the_sums_equal_to_the_stock(
    work: UnitOfWork, steps: list[tuple[str, int, int]]
) -> None:
    if work.engine.dialect.name == "postgresql":
        empty(work.engine)
        offset = 0
    else:
        offset = stock(work).total  # the SQLite file is one for all examples: each brings its own phones
    phones = add_phones(work, 3, first=offset + 1)
    people = invite(work, add_launch(work, f"Launch {offset}"), *(f"{name} {offset}" for name in "ABC"))
    for action, who, which in steps:
        with suppress(AmbassadorError):
            _act(work, action, people[who], phones[which])
        _check_books(work)

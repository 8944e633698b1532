"""What the tables themselves refuse or keep."""

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import select

from ambassador.errors import FrozenRecordError
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.devices import Device
from ambassador.store.tables.people import Account, Snapshot
from ambassador.store.tables.records import Pick
from tests.conftest import NOW


def _account(handle: str, **more: object) -> Account:
    return Account(platform="instagram", handle=handle, created_at=NOW, **more)


def test_an_instant_comes_back_aware_and_in_utc(work: UnitOfWork) -> None:
    rome_summer = timezone(timedelta(hours=2))
    with work.writing() as session:
        session.add(_account("nina", archived_at=NOW.astimezone(rome_summer)))
    with work.reading() as session:
        archived_at = session.exec(select(Account.archived_at)).one()
    assert archived_at == NOW
    assert archived_at is not None
    assert archived_at.utcoffset() == timedelta(0)


def test_a_naive_instant_is_refused(work: UnitOfWork) -> None:
    with pytest.raises(StatementError, match="naive instant"), work.writing() as session:
        session.add(Account(platform="x", handle="nina", created_at=datetime(2026, 5, 1)))  # noqa: DTZ001


def test_two_accounts_cannot_share_a_handle_unless_one_is_erased(work: UnitOfWork) -> None:
    with work.writing() as session:
        session.add(_account("nina", erased_at=NOW))
        session.add(_account("nina"))
    with pytest.raises(IntegrityError), work.writing() as session:
        session.add(_account("nina"))


def test_accounts_without_native_id_do_not_collide(work: UnitOfWork) -> None:
    with work.writing() as session:
        session.add_all([_account("a"), _account("b"), _account("c", native_id="7")])
    with pytest.raises(IntegrityError), work.writing() as session:
        session.add(_account("d", native_id="7"))


def test_twenty_nine_billion_likes_fit(work: UnitOfWork) -> None:
    with work.writing() as session:
        account = _account("nina")
        session.add(account)
        session.flush()
        assert account.id
        session.add(Snapshot(account_id=account.id, read_at=NOW, followers=29_000_000_000))
    with work.reading() as session:
        assert session.exec(select(Snapshot.followers)).one() == 29_000_000_000


def test_a_serial_is_unique_but_an_unknown_one_is_not(work: UnitOfWork) -> None:
    with work.writing() as session:
        session.add_all([Device(model="Q1", created_at=NOW), Device(model="Q1", created_at=NOW)])
        session.add(Device(model="Q1", serial="S1", created_at=NOW))
    with pytest.raises(IntegrityError), work.writing() as session:
        session.add(Device(model="Q1", serial="S1", created_at=NOW))


def test_a_pick_is_never_changed_nor_deleted(work: UnitOfWork) -> None:
    with work.writing() as session:
        session.add(Pick(rung=3, random_key="1", code_version="0", actor="t", created_at=NOW))
    with pytest.raises(FrozenRecordError, match="Pick 1"), work.writing() as session:
        session.exec(select(Pick)).one().rung = 5
    with pytest.raises(FrozenRecordError), work.writing() as session:
        session.delete(session.exec(select(Pick)).one())


def test_nothing_is_kept_of_work_that_was_broken_off(work: UnitOfWork) -> None:
    with pytest.raises(KeyboardInterrupt), work.writing() as session:
        session.add(_account("nina"))
        session.flush()
        raise KeyboardInterrupt
    with work.reading() as session:
        assert session.exec(select(Account)).all() == []

"""Finding people and accounts, on both databases."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from ambassador.errors import AmbiguousHandleError, NotFoundError, UnknownHandleError
from ambassador.services.work import UnitOfWork
from ambassador.store.people import people as store
from ambassador.store.people.suppression import suppress, suppressed
from ambassador.store.tables.people import Account, Person, Snapshot
from tests.conftest import NOW


def _account(session: Session, platform: str, handle: str, **more: object) -> Account:
    account = Account(platform=platform, handle=handle, created_at=NOW, **more)
    session.add(account)
    session.flush()
    return account


def test_a_bare_handle_is_found_where_one_platform_has_it(work: UnitOfWork) -> None:
    with work.writing() as session:
        nina = _account(session, "instagram", "nina")
        found = store.find_accounts(session, ["@Nina", "IG:nina", "https://www.instagram.com/nina/"])
        assert {account.id for account in found.values()} == {nina.id}
        assert list(found) == ["@Nina", "IG:nina", "https://www.instagram.com/nina/"]


def test_a_handle_on_two_platforms_has_to_say_which(work: UnitOfWork) -> None:
    with work.writing() as session:
        _account(session, "instagram", "nina")
        on_x = _account(session, "x", "nina")
        with pytest.raises(AmbiguousHandleError, match="instagram:nina, x:nina"):
            store.find_accounts(session, ["nina"])
        assert store.find_accounts(session, ["x:nina"])["x:nina"].id == on_x.id


def test_an_unknown_or_erased_handle_is_named_in_the_error(work: UnitOfWork) -> None:
    with work.writing() as session:
        _account(session, "x", "gone", erased_at=NOW)
        with pytest.raises(UnknownHandleError, match="gone"):
            store.find_accounts(session, ["gone"])


def test_an_account_gets_one_person_and_keeps_it(work: UnitOfWork) -> None:
    with work.writing() as session:
        account = _account(session, "x", "nina", display_handle="Nina Rossi")
        first = store.person_of(session, account, at=NOW)
        assert (first.name, first.created_at) == ("Nina Rossi", NOW)
        assert store.person_of(session, account).id == first.id


def test_the_latest_snapshot_is_the_newest_read_not_the_newest_row(work: UnitOfWork) -> None:
    with work.writing() as session:
        nina, lia = (_account(session, "x", handle) for handle in ("nina", "lia"))
        for account, days, followers in ((nina, 0, 300), (nina, 7, 200), (lia, 1, 50)):
            read_at = NOW - timedelta(days=days)
            session.add(Snapshot(account_id=account.id, read_at=read_at, followers=followers))
        session.flush()
        latest = store.latest_snapshots(session)
        assert {key: row.followers for key, row in latest.items()} == {nina.id: 300, lia.id: 50}
        assert list(store.latest_snapshots(session, [lia.id or 0])) == [lia.id]
        assert store.latest_snapshots(session, []) == {}


def test_people_who_do_not_exist_are_an_error(work: UnitOfWork) -> None:
    with work.reading() as session, pytest.raises(NotFoundError, match="99"):
        store.get_people(session, [99])


def test_the_suppression_list_knows_an_account_by_handle_or_native_id(work: UnitOfWork) -> None:
    with work.writing() as session:
        assert not store.is_suppressed(session, "x", "nina")
        suppress(session, [_account(session, "x", "nina", native_id="7")], NOW)
        suppress(session, [_account(session, "instagram", "nina")], NOW)
    with work.reading() as session:
        asked = suppressed(session)
        assert asked.holds("x", "nina")
        assert asked.holds("x", "renamed", "7")
        assert not asked.holds("x", "lia", "8")
        assert not asked.holds("tiktok", "nina")


def test_accounts_come_by_person(work: UnitOfWork) -> None:
    with work.writing() as session:
        person = store.add_person(session, Person(name="Nina", created_at=NOW))
        mine = _account(session, "x", "nina", person_id=person.id)
        _account(session, "x", "nobody")
        assert store.list_accounts(session) == {person.id: [mine]}
        assert store.list_accounts(session, [(person.id or 0) + 1]) == {}


def test_a_bare_handle_on_two_platforms_is_clear_when_it_is_one_person(work: UnitOfWork) -> None:
    with work.writing() as session:
        person = Person(name="Nina", created_at=NOW)
        session.add(person)
        session.flush()
        for platform in ("tiktok", "instagram"):
            session.add(Account(platform=platform, handle="nina", person_id=person.id, created_at=NOW))
    with work.reading() as session:
        assert store.find_accounts(session, ["nina"])["nina"].person_id == person.id

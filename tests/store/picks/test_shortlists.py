"""Who can be considered for a pick, and what is known beforehand."""

from ambassador.services.work import UnitOfWork
from ambassador.store.picks.shortlists import (
    account_keys,
    accounts_with_follower_lists,
    candidate_keys,
    count_accounts,
    count_candidates,
    count_free_devices,
    count_listed_followers,
)
from ambassador.store.tables.devices import Device
from ambassador.store.tables.people import Account, AudienceMember, Person
from ambassador.values.status import DeviceStatus
from tests.conftest import NOW


def test_the_archived_the_objecting_and_the_merely_known_are_no_candidates(work: UnitOfWork) -> None:
    with work.writing() as session:
        usable = Person(created_at=NOW, fee_minor=100)
        plain = Person(created_at=NOW)
        hidden = [
            Person(created_at=NOW, archived_at=NOW),
            Person(created_at=NOW, objected_at=NOW),
            Person(created_at=NOW, erased_at=NOW),
            Person(created_at=NOW, is_candidate=False),
        ]
        session.add_all([usable, plain, *hidden])
        session.flush()
        assert candidate_keys(session) == (2 * (usable.id or 0), 2 * (plain.id or 0))
        assert count_candidates(session) == (2, 1)


def test_two_accounts_of_a_person_are_one_node_and_ours_are_none(work: UnitOfWork) -> None:
    with work.writing() as session:
        person = Person(created_at=NOW)
        session.add(person)
        session.flush()
        accounts = [
            Account(platform="x", handle="nina", person_id=person.id, created_at=NOW),
            Account(platform="instagram", handle="nina", person_id=person.id, created_at=NOW),
            Account(platform="x", handle="max", created_at=NOW),
            Account(platform="x", handle="ours", is_brand=True, created_at=NOW),
        ]
        session.add_all(accounts)
        session.flush()
        assert set(account_keys(session)) == {2 * (person.id or 0), 2 * (accounts[2].id or 0) + 1}
        assert count_accounts(session) == 4


def test_followers_of_two_lists_count_once(work: UnitOfWork) -> None:
    with work.writing() as session:
        accounts = [Account(platform="x", handle=handle, created_at=NOW) for handle in ("a", "b", "c")]
        session.add_all(accounts)
        session.flush()
        ids = [account.id or 0 for account in accounts]
        for account_id, members in ((ids[0], b"xyz"), (ids[1], b"yz")):
            for member in members:
                row = AudienceMember(account_id=account_id, member_hash=bytes([member]), read_at=NOW)
                session.add(row)
        session.flush()
        assert accounts_with_follower_lists(session) == {ids[0], ids[1]}
        assert count_listed_followers(session, ids) == 3


def test_only_phones_in_stock_are_free(work: UnitOfWork) -> None:
    with work.writing() as session:
        session.add(Device(model="Q1", created_at=NOW))
        session.add(Device(model="Q1", status=DeviceStatus.RESERVED, created_at=NOW))
        session.flush()
        assert count_free_devices(session) == 1

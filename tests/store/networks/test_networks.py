"""Ties as arrays and networks kept as they were."""

from pathlib import Path

import numpy as np
import pytest

from ambassador.errors import FrozenRecordError, NotFoundError
from ambassador.services.work import UnitOfWork
from ambassador.store.networks import networks
from ambassador.store.networks.networks import (
    NetworkArrays,
    add_network_snapshot,
    get_network_snapshot,
    read_ties,
)
from ambassador.store.networks.tie_views import count_by_origin
from ambassador.store.tables.network import NetworkSnapshot, Tie
from ambassador.store.tables.people import Account, Person
from ambassador.values.networks.node_key import NodeKey
from tests.conftest import NOW

_ARRAYS = NetworkArrays(
    np.array([2, 5, 7], np.int64),
    np.array([0, 0], np.int32),
    np.array([1, 2], np.int32),
    np.array([0.5, 0.25]),
)


def _accounts(work: UnitOfWork, *handles: str) -> list[int]:
    with work.writing() as session:
        rows = [Account(platform="x", handle=handle, created_at=NOW) for handle in handles]
        session.add_all(rows)
        session.flush()
        return [row.id or 0 for row in rows]


def _tie(work: UnitOfWork, source: int, target: int, **more: object) -> None:
    with work.writing() as session:
        session.add(Tie(source_id=source, target_id=target, platform="x", **more))


def test_a_node_is_the_person_where_known_else_the_account(work: UnitOfWork) -> None:
    anna, lia = _accounts(work, "anna", "lia")
    with work.writing() as session:
        person = Person(created_at=NOW)
        session.add(person)
        session.flush()
        account = session.get(Account, anna)
        assert account and person.id
        account.person_id = person.id
    _tie(work, anna, lia, given_probability=0.25, origin="file")
    _tie(work, lia, anna, interactions=3, origin="mentions")
    with work.reading() as session:
        ties = read_ties(session)
        assert {origin: count for origin, _, _, count in count_by_origin(session)} == {
            "file": 1,
            "mentions": 1,
        }
    assert ties.source_key.tolist() == [NodeKey.of_person(person.id), NodeKey.of_account(lia, None)]
    assert ties.target_key.tolist() == [NodeKey.of_account(lia, None), NodeKey.of_person(person.id)]
    assert ties.given[0] == 0.25 and np.isnan(ties.given[1])
    assert np.isnan(ties.interactions[0]) and ties.interactions[1] == 3
    assert ties.from_file.tolist() == [True, False]


def test_the_erased_and_those_who_objected_are_in_no_network(work: UnitOfWork) -> None:
    anna, lia, max_ = _accounts(work, "anna", "lia", "max")
    with work.writing() as session:
        against = Person(created_at=NOW, objected_at=NOW)
        session.add(against)
        session.flush()
        erased, objecting = session.get(Account, lia), session.get(Account, max_)
        assert erased and objecting
        erased.erased_at = NOW
        objecting.person_id = against.id
    _tie(work, anna, lia)
    _tie(work, max_, anna)
    with work.reading() as session:
        assert len(read_ties(session)) == 0


def test_ties_can_be_read_of_one_platform(work: UnitOfWork) -> None:
    anna, lia = _accounts(work, "anna", "lia")
    _tie(work, anna, lia)
    with work.reading() as session:
        assert len(read_ties(session, "x")) == 1
        assert len(read_ties(session, "tiktok")) == 0


def test_a_network_comes_back_as_it_was_and_is_kept_once(work: UnitOfWork, tmp_path: Path) -> None:
    with work.writing() as session:
        first = add_network_snapshot(session, _ARRAYS, probabilities="given", at=NOW, folder=tmp_path)
        again = add_network_snapshot(session, _ARRAYS, probabilities="given", at=NOW, folder=tmp_path)
        other = add_network_snapshot(session, _ARRAYS, probabilities="weights", at=NOW, folder=tmp_path)
        assert first.id == again.id != other.id
    with work.reading() as session:
        kept = get_network_snapshot(session, first.id or 0, folder=tmp_path)
    for name in NetworkArrays.__dataclass_fields__:
        np.testing.assert_array_equal(getattr(kept, name), getattr(_ARRAYS, name))


def test_a_large_network_goes_to_a_file_named_by_its_content(
    work: UnitOfWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(networks, "LARGEST_IN_ROW", 10)
    with work.writing() as session:
        snapshot = add_network_snapshot(session, _ARRAYS, probabilities="given", at=NOW, folder=tmp_path)
        assert snapshot.arrays is None
        assert snapshot.sha256 in snapshot.file_name
    with work.reading() as session:
        kept = get_network_snapshot(session, snapshot.id or 0, folder=tmp_path)
        assert kept.node_keys.tolist() == [2, 5, 7]
        with pytest.raises(NotFoundError, match="is gone"):
            get_network_snapshot(session, snapshot.id or 0, folder=tmp_path / "elsewhere")


def test_a_kept_network_is_never_changed(work: UnitOfWork, tmp_path: Path) -> None:
    with work.writing() as session:
        snapshot = add_network_snapshot(session, _ARRAYS, probabilities="given", at=NOW, folder=tmp_path)
    with pytest.raises(FrozenRecordError), work.writing() as session:
        kept = session.get(NetworkSnapshot, snapshot.id)
        assert kept
        kept.tie_count = 7

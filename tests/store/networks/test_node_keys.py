"""Keys of nodes lead back to whom they stand for, and the database makes the same ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from ambassador.services.work import UnitOfWork
from ambassador.store.networks.node_keys import node_key
from ambassador.store.tables.people import Account
from ambassador.values.networks.node_key import NodeKey
from tests.conftest import NOW
from tests.people_samples import made

numbers = st.integers(1, 2**61)


@given(numbers, numbers)
def test_keys_lead_back_to_whom_they_stand_for(person: int, account: int) -> None:
    assert NodeKey.owner(NodeKey.of_person(person)) == (person, None)
    assert NodeKey.owner(NodeKey.of_account(account)) == (None, account)
    assert NodeKey.owner(NodeKey.of_account(account, person)) == (person, None)


def test_the_database_makes_the_same_keys(work: UnitOfWork) -> None:
    made(work, "nina")
    with work.writing() as session:
        session.add(Account(platform="x", handle="ugo", created_at=NOW))
        session.flush()
        rows = session.exec(select(Account.id, Account.person_id, node_key(Account))).all()
    assert len(rows) == 2
    assert [key for *_, key in rows] == [
        NodeKey.of_account(number or 0, person) for number, person, _ in rows
    ]


@pytest.mark.parametrize("key", [2, 3])
def test_a_key_read_from_an_array_is_understood(key: int) -> None:
    import numpy as np

    assert NodeKey.owner(np.int64(key)) == NodeKey.owner(key)  # type: ignore[arg-type]

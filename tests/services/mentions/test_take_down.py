"""Posts taken down by their authors."""

import pytest
from sqlmodel import col, select

from ambassador.errors import NotFoundError
from ambassador.services.mentions.review import take_down_mentions
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.people import Account
from tests.conftest import NOW


def _two_posts(work: UnitOfWork) -> None:
    with work.writing() as session:
        account = Account(platform="x", handle="nina", created_at=NOW)
        session.add(account)
        session.flush()
        for number in ("1", "2"):
            session.add(
                Mention(platform="x", post_id=number, account_id=account.id, posted_at=NOW, recorded_at=NOW)
            )


def test_a_post_taken_down_stays_and_says_when(work: UnitOfWork) -> None:
    _two_posts(work)
    assert take_down_mentions(work, [1]) == (1,)
    assert take_down_mentions(work, [1, 2]) == (2,)
    with work.reading() as session:
        assert session.exec(select(Mention.deleted_at).order_by(col(Mention.id))).all() == [NOW, NOW]


def test_a_take_down_can_be_undone(work: UnitOfWork) -> None:
    _two_posts(work)
    take_down_mentions(work, [1])
    assert take_down_mentions(work, [1], gone=False) == (1,)
    with work.reading() as session:
        assert session.exec(select(Mention.deleted_at).where(col(Mention.id) == 1)).one() is None


def test_an_unknown_post_is_named_and_nothing_changes(work: UnitOfWork) -> None:
    _two_posts(work)
    with pytest.raises(NotFoundError, match="no mention 9"):
        take_down_mentions(work, [1, 9])
    assert take_down_mentions(work, [1]) == (1,)

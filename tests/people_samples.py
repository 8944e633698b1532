"""People made for tests, with as little said as the test needs."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from ambassador.services.work import UnitOfWork
from ambassador.store.tables.campaigns import Ambassador, Campaign
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.network import Tie
from ambassador.store.tables.people import Account, Person, Snapshot
from tests.conftest import NOW


def add(session: Session, *rows: Any) -> None:
    """Put rows in and give them their ids."""
    session.add_all(rows)
    session.flush()


def person_with_account(
    session: Session,
    handle: str,
    *,
    platform: str = "instagram",
    figures: dict[str, Any] | None = None,
    **more: Any,
) -> tuple[int, int]:
    """Make a person with one account and, if figures are given, one reading of three days ago."""
    person = Person(name=more.pop("name", handle.title()), created_at=NOW, **more)
    add(session, person)
    account = Account(platform=platform, handle=handle, person_id=person.id, created_at=NOW)
    add(session, account)
    if figures is not None:
        add_reading(session, account.id or 0, NOW - timedelta(days=3), **figures)
    return person.id or 0, account.id or 0


def add_reading(session: Session, account_id: int, at: datetime, **figures: Any) -> None:
    """Make one reading of an account."""
    add(session, Snapshot(account_id=account_id, read_at=at, source="list.csv", **figures))


def made(work: UnitOfWork, handle: str, **more: Any) -> int:
    """Make a person in their own transaction and give the id."""
    with work.writing() as session:
        return person_with_account(session, handle, **more)[0]


def campaign_with(session: Session, name: str, *person_ids: int) -> tuple[int, list[int]]:
    """Make a campaign and its ambassadors."""
    campaign = Campaign(name=name, starts_on=date(2026, 5, 1), ends_on=date(2026, 5, 24), created_at=NOW)
    add(session, campaign)
    ambassadors = [
        Ambassador(campaign_id=campaign.id, person_id=person, notes="secret", created_at=NOW)
        for person in person_ids
    ]
    add(session, *ambassadors)
    return campaign.id or 0, [ambassador.id or 0 for ambassador in ambassadors]


def add_tie(session: Session, source: int, target: int, **more: Any) -> None:
    """Make a tie along which influence flows from source to target."""
    add(session, Tie(source_id=source, target_id=target, platform="instagram", **more))


def add_post(session: Session, account_id: int, post_id: str, **more: Any) -> int:
    """Make a mention."""
    mention = Mention(
        platform="instagram", post_id=post_id, account_id=account_id, posted_at=NOW, recorded_at=NOW, **more
    )
    add(session, mention)
    return mention.id or 0

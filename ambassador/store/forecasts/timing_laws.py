"""What the log says about timing: delays of answers, of first posts, posts per person."""

from collections import defaultdict
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy
from sqlalchemy import and_, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from ambassador.store.tables.campaigns import Ambassador, Campaign
from ambassador.store.tables.devices import Custody
from ambassador.store.tables.mentions import Mention, MentionCampaign
from ambassador.store.tables.people import Account
from ambassador.values.status import CampaignStatus, Verdict


def answer_delays(session: Session) -> list[tuple[str, float]]:
    """Platform and seconds between each person's first post in a conversation and what it answers.

    Further posts of somebody who talks already say nothing about how long listeners take.
    """
    place = func.row_number().over(
        partition_by=(col(Mention.account_id), _conversation()),
        order_by=(col(Mention.posted_at), col(Mention.id)),
    )
    numbered = sqlalchemy.select(
        col(Mention.id).label("id"),
        col(Mention.platform).label("platform"),
        col(Mention.account_id).label("account_id"),
        col(Mention.posted_at).label("posted_at"),
        col(Mention.parent_observed_id).label("parent_id"),
        place.label("place"),
    ).where(col(Mention.archived_at).is_(None))
    child, parent = numbered.subquery(), aliased(Mention)
    query = (
        sqlalchemy.select(child.c.platform, child.c.posted_at, col(parent.posted_at))
        .join(parent, col(parent.id) == child.c.parent_id)
        .join(Account, col(Account.id) == child.c.account_id)
        .where(
            child.c.place == 1,
            col(parent.account_id) != child.c.account_id,
            col(Account.is_brand).is_(False),
        )
    )
    rows: Any = session.connection().execute(query).all()
    pairs = ((platform, (answered - asked).total_seconds()) for platform, answered, asked in rows)
    return [(platform, seconds) for platform, seconds in pairs if seconds > 0]


def posts_per_person(session: Session) -> list[int]:
    """Count the posts of everybody who talked, per closed campaign; per conversation before there is any."""
    closed = (
        sqlalchemy.select(func.count())
        .select_from(Mention)
        .join(MentionCampaign, _matched())
        .join(Campaign, col(Campaign.id) == col(MentionCampaign.campaign_id))
        .join(Account, col(Account.id) == col(Mention.account_id))
        .where(col(Campaign.status) == CampaignStatus.CLOSED, *_of_people())
        .group_by(col(Campaign.id), func.coalesce(-col(Account.person_id), col(Account.id)))
    )
    counted = list(session.connection().execute(closed).scalars())
    if counted:
        return counted
    whole = (
        sqlalchemy.select(func.count())
        .select_from(Mention)
        .join(Account, col(Account.id) == col(Mention.account_id))
        .where(*_of_people())
        .group_by(_conversation(), col(Mention.account_id))
    )
    return list(session.connection().execute(whole).scalars())


def closed_campaigns(session: Session) -> list[int]:
    """The numbers of the closed campaigns, the last first."""
    query = select(col(Campaign.id)).where(
        Campaign.status == CampaignStatus.CLOSED, col(Campaign.archived_at).is_(None)
    )
    found = session.exec(query.order_by(col(Campaign.ends_on).desc(), col(Campaign.id).desc()))
    return [number for number in found if number is not None]


def first_post_delays(session: Session) -> list[float]:
    """Seconds from when ambassadors of closed campaigns were free to speak to their first post after."""
    delivered = (
        sqlalchemy.select(
            col(Custody.ambassador_id).label("ambassador_id"),
            func.min(col(Custody.delivered_at)).label("at"),
        )
        .group_by(col(Custody.ambassador_id))
        .subquery()
    )
    query = (
        sqlalchemy.select(
            col(Ambassador.id),
            col(Mention.posted_at),
            col(Campaign.starts_on),
            col(Campaign.time_zone),
            func.coalesce(col(Ambassador.embargo_until), col(Campaign.embargo_until)),
            delivered.c.at,
        )
        .join(Campaign, col(Campaign.id) == col(Ambassador.campaign_id))
        .join(Account, col(Account.person_id) == col(Ambassador.person_id))
        .join(Mention, col(Mention.account_id) == col(Account.id))
        .join(MentionCampaign, and_(_matched(), col(MentionCampaign.campaign_id) == col(Campaign.id)))
        .outerjoin(delivered, delivered.c.ambassador_id == col(Ambassador.id))
        .where(col(Campaign.status) == CampaignStatus.CLOSED, col(Mention.archived_at).is_(None))
    )
    waits: dict[int, list[float]] = defaultdict(list)
    rows: Any = session.connection().execute(query).all()
    for ambassador, posted, starts_on, zone, embargo, arrived in rows:
        opened = datetime(starts_on.year, starts_on.month, starts_on.day, tzinfo=ZoneInfo(zone))
        free = max(moment for moment in (opened.astimezone(UTC), embargo, arrived) if moment is not None)
        waits[ambassador].append((posted - free).total_seconds())
    firsts = [min((wait for wait in several if wait > 0), default=0.0) for several in waits.values()]
    return [wait for wait in firsts if wait > 0]


def _conversation() -> Any:  # noqa: ANN401 - an expression of a query
    """Name the conversation a post belongs to: the root the source names, else the parent, else itself."""
    named = func.coalesce(
        func.nullif(col(Mention.root_post_id), ""),
        func.nullif(col(Mention.parent_post_id), ""),
        col(Mention.post_id),
    )
    return col(Mention.platform) + ":" + named


def _matched() -> Any:  # noqa: ANN401 - an expression of a query
    return and_(
        col(MentionCampaign.mention_id) == col(Mention.id),
        col(MentionCampaign.verdict) == Verdict.MATCHED,
    )


def _of_people() -> tuple[Any, ...]:
    return (col(Mention.archived_at).is_(None), col(Account.is_brand).is_(False))

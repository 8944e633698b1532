"""Which mention belongs to which campaign: what the rules found, what people decided."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, delete, exists, or_, update
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from ambassador.store.among import among
from ambassador.store.bulk import insert_rows
from ambassador.store.people.people import in_slices
from ambassador.store.tables.campaigns import Ambassador
from ambassador.store.tables.devices import Custody
from ambassador.store.tables.mentions import Mention, MentionCampaign
from ambassador.store.tables.people import Account
from ambassador.values.status import AmbassadorStatus, Verdict

TAKING_PART = (
    AmbassadorStatus.ACCEPTED,
    AmbassadorStatus.SILENT,
    AmbassadorStatus.DONE,
    AmbassadorStatus.REPLACED,
)
"""Who spoke for us at some time; those invited did once a phone arrived, others did not."""


class MatchInput(NamedTuple):
    """What matching reads of one post."""

    id: int
    account_id: int
    posted_at: datetime
    text: str
    parent_id: int | None
    author: str
    """``platform:handle``."""
    person_id: int | None
    is_brand: bool


_KNOWN = (
    col(MentionCampaign.id),
    col(MentionCampaign.mention_id),
    col(MentionCampaign.verdict),
    col(MentionCampaign.rule),
    col(MentionCampaign.rule_version),
    col(MentionCampaign.by_hand),
)


_LINES = (
    columns(
        col(Mention.id),
        col(Mention.account_id),
        col(Mention.posted_at),
        col(Mention.text),
        col(Mention.parent_observed_id),
        col(Mention.parent_inferred_id),
        col(Account.platform),
        col(Account.handle),
        col(Account.person_id),
        col(Account.is_brand),
    )
    .join(Account, col(Account.id) == Mention.account_id)
    .where(col(Mention.archived_at).is_(None), col(Mention.erased_at).is_(None))
    .order_by(col(Mention.posted_at), col(Mention.id))
)


class StoredMatch(NamedTuple):
    """One row as it stands."""

    id: int
    mention_id: int
    verdict: Verdict
    rule: str
    rule_version: int
    by_hand: bool


def read_lines(session: Session, mention_ids: Collection[int] | None = None) -> list[MatchInput]:
    """Read every post that is neither archived nor erased, or some of them, oldest first."""
    asked = [_LINES]
    if mention_ids is not None:
        asked = [_LINES.where(among(col(Mention.id), ids)) for ids in in_slices(mention_ids)]
    return [
        MatchInput(key, account, at, text, observed or inferred, f"{platform}:{handle}", person, brand)
        for query in asked
        for (
            key, account, at, text, observed, inferred, platform, handle, person, brand
        ) in session.execute(query)
    ]  # fmt: skip


def archived_ids(session: Session, mention_ids: Collection[int]) -> set[int]:
    """Read which of these posts were taken out."""
    found: set[int] = set()
    for ids in in_slices(mention_ids):
        query = select(Mention.id).where(among(col(Mention.id), ids), col(Mention.archived_at).is_not(None))
        found |= {key for key in session.exec(query) if key is not None}
    return found


def ambassadors_by_person(session: Session, campaign_id: int) -> dict[int, int]:
    """Person -> ambassador for those who took part in a campaign."""
    holds = exists().where(
        col(Custody.ambassador_id) == Ambassador.id, col(Custody.delivered_at).is_not(None)
    )
    invited_with_phone = and_(col(Ambassador.status) == AmbassadorStatus.INVITED, holds)
    rows = session.exec(
        select(Ambassador.person_id, Ambassador.id).where(
            col(Ambassador.campaign_id) == campaign_id,
            or_(col(Ambassador.status).in_(TAKING_PART), invited_with_phone),
        )
    )
    return {person: key for person, key in rows if key is not None}


def known_matches(
    session: Session, campaign_id: int, mention_ids: Collection[int] | None = None
) -> dict[int, StoredMatch]:
    """Read a campaign's rows by mention, of some mentions or of all."""
    wanted = columns(*_KNOWN).where(col(MentionCampaign.campaign_id) == campaign_id)
    asked = [wanted]
    if mention_ids is not None:
        asked = [wanted.where(among(col(MentionCampaign.mention_id), ids)) for ids in in_slices(mention_ids)]
    return {row[1]: StoredMatch(*row) for query in asked for row in session.execute(query)}


def write_matches(
    session: Session,
    added: Sequence[Mapping[str, Any]] = (),
    changed: Sequence[Mapping[str, Any]] = (),
    gone: Iterable[int] = (),
) -> None:
    """Put in, alter (by ``id``) and take away rows, in bulk."""
    insert_rows(session, MentionCampaign, added)
    if changed:
        session.execute(update(MentionCampaign), [dict(row) for row in changed])
    for ids in in_slices(gone):
        session.execute(delete(MentionCampaign).where(among(col(MentionCampaign.id), ids)))
    session.flush()


def renumber(session: Session, campaign_id: int, version: int) -> None:
    """Say that what the rules found was found by this version of them."""
    found = update(MentionCampaign).where(
        col(MentionCampaign.campaign_id) == campaign_id,
        col(MentionCampaign.by_hand).is_(False),
        col(MentionCampaign.rule_version) != version,
    )
    session.execute(found.values(rule_version=version), execution_options={"synchronize_session": False})

"""Mentions read for lists and totals, their labels, and what becomes of one: typed by hand, taken down."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, exists, func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from ambassador.store.mentions.search import found_by, in_perimeter
from ambassador.store.people.people import in_slices
from ambassador.store.tables.campaigns import Campaign
from ambassador.store.tables.mentions import (
    Credit,
    Mention,
    MentionCampaign,
    MentionLabel,
    MentionMetrics,
    PostAlias,
)
from ambassador.store.tables.people import Account
from ambassador.values.mentions.mentions import CampaignMatch, MentionFilter, Reason
from ambassador.values.mentions.perimeter_rules import PerimeterRule
from ambassador.values.mentions.search import parse_search
from ambassador.values.status import Label, MentionKind, Verdict


@dataclass(frozen=True, slots=True)
class PostText:
    """One post as its author wrote it."""

    platform: str
    post_id: str
    posted_at: datetime
    url: str
    text: str


class MentionTime(NamedTuple):
    """What totals and the picture need of every mention found."""

    id: int
    posted_at: datetime
    kind: MentionKind
    account_id: int
    person_id: int | None
    is_brand: bool


def conditions(wanted: MentionFilter) -> list[ColumnElement[bool]]:
    """Turn a filter into conditions on mentions joined with their accounts."""
    found: list[ColumnElement[bool]] = [col(Mention.archived_at).is_(None)]
    if wanted.campaign_id is not None or wanted.verdict is not None:
        found.append(_in_campaign(wanted.campaign_id, wanted.verdict or Verdict.MATCHED))
    if wanted.ambassador_id is not None:
        found.append(_credited_to(wanted.ambassador_id))
    if wanted.mention_id is not None:
        found.append(col(Mention.id) == wanted.mention_id)
    if wanted.kinds:
        found.append(col(Mention.kind).in_(wanted.kinds))
    if wanted.labels:
        found.append(_labelled(wanted.labels))
    if wanted.platform:
        found.append(col(Mention.platform) == wanted.platform)
    return found + _saying(wanted) + _between(wanted.since, wanted.until)


def _saying(wanted: MentionFilter) -> list[ColumnElement[bool]]:
    query = parse_search(wanted.search)
    found = [] if query is None else [found_by(query)]
    return found if wanted.perimeter is None else [*found, *in_perimeter(wanted.perimeter)]


def _credited_to(ambassador_id: int) -> ColumnElement[bool]:
    credited = select(col(Credit.mention_id)).where(col(Credit.ambassador_id) == ambassador_id)
    return col(Mention.id).in_(credited)


def _between(since: datetime | None, until: datetime | None) -> list[ColumnElement[bool]]:
    after = [col(Mention.posted_at) >= since] if since else []
    return after + ([col(Mention.posted_at) < until] if until else [])


def read_moments(session: Session, wanted: MentionFilter) -> list[MentionTime]:
    """Read when each mention found was posted, and by whom."""
    rows = session.execute(
        columns(
            col(Mention.id),
            col(Mention.posted_at),
            col(Mention.kind),
            col(Mention.account_id),
            col(Account.person_id),
            col(Account.is_brand),
        )
        .join(Account, col(Account.id) == Mention.account_id)
        .where(*conditions(wanted))
        .order_by(col(Mention.posted_at).desc(), col(Mention.id).desc())
    )
    return [MentionTime(*row) for row in rows]


def newest_ids(session: Session, wanted: MentionFilter, found: Sequence[ColumnElement[bool]]) -> list[int]:
    """Read which mentions the page of a filter holds, the newest first; ``found`` are its conditions."""
    if not wanted.limit:
        return []
    rows = session.execute(
        columns(col(Mention.id))
        .join(Account, col(Account.id) == Mention.account_id)
        .where(*found)
        .order_by(col(Mention.posted_at).desc(), col(Mention.id).desc())
        .limit(wanted.limit)
        .offset(wanted.offset)
    )
    return [key for (key,) in rows]


def read_mentions(session: Session, mention_ids: Sequence[int]) -> dict[int, tuple[Mention, Account]]:
    """Read mentions with their accounts."""
    found: dict[int, tuple[Mention, Account]] = {}
    for ids in in_slices(mention_ids):
        rows = session.execute(
            columns(Mention, Account)
            .join(Account, col(Account.id) == Mention.account_id)
            .where(col(Mention.id).in_(ids))
        )
        found |= {mention.id or 0: (mention, account) for mention, account in rows}
    return found


def handles_of(session: Session, mention_ids: Collection[int]) -> dict[int, str]:
    """Mention -> its author's handle."""
    found: dict[int, str] = {}
    for ids in in_slices(set(mention_ids)):
        rows = session.exec(
            select(col(Mention.id), col(Account.handle))
            .join(Account, col(Account.id) == Mention.account_id)
            .where(col(Mention.id).in_(ids))
        )
        found |= {key: handle for key, handle in rows if key is not None}
    return found


def latest_metrics(session: Session, mention_ids: Collection[int] | None = None) -> dict[int, MentionMetrics]:
    """Read the newest figures of these mentions, or of all."""
    newest = func.row_number().over(
        partition_by=col(MentionMetrics.mention_id),
        order_by=(col(MentionMetrics.read_at).desc(), col(MentionMetrics.id).desc()),
    )
    found: dict[int, MentionMetrics] = {}
    for ids in [None] if mention_ids is None else in_slices(set(mention_ids)):
        ranked = select(col(MentionMetrics.id), newest.label("age_rank"))
        if ids is not None:
            ranked = ranked.where(col(MentionMetrics.mention_id).in_(ids))
        first = ranked.subquery()
        query = select(MentionMetrics).join(first, col(MentionMetrics.id) == first.c.id)
        found |= {row.mention_id: row for row in session.exec(query.where(first.c.age_rank == 1))}
    return found


def labels_of(session: Session, mention_ids: Collection[int] | None = None) -> dict[int, tuple[Label, ...]]:
    """Mention -> its labels, of these mentions or of all."""
    found: dict[int, list[Label]] = defaultdict(list)
    for ids in [None] if mention_ids is None else in_slices(set(mention_ids)):
        query = select(col(MentionLabel.mention_id), col(MentionLabel.label))
        if ids is not None:
            query = query.where(col(MentionLabel.mention_id).in_(ids))
        for mention, label in session.exec(query.order_by(col(MentionLabel.label))):
            found[mention].append(label)
    return {mention: tuple(labels) for mention, labels in found.items()}


def matches_of(session: Session, mention_ids: Collection[int]) -> dict[int, tuple[CampaignMatch, ...]]:
    """Mention -> its campaigns with verdict and reason."""
    found: dict[int, list[CampaignMatch]] = defaultdict(list)
    for ids in in_slices(set(mention_ids)):
        rows = session.execute(
            columns(MentionCampaign, col(Campaign.name))
            .join(Campaign, col(Campaign.id) == MentionCampaign.campaign_id)
            .where(col(MentionCampaign.mention_id).in_(ids))
            .order_by(col(Campaign.starts_on))
        )
        for row, name in rows:
            reason = Reason.parse(row.rule)
            match = CampaignMatch(row.campaign_id, name, row.verdict, reason, row.by_hand, row.actor)
            found[row.mention_id].append(match)
    return {mention: tuple(matches) for mention, matches in found.items()}


def count_to_review(session: Session, campaign_id: int | None, perimeter: PerimeterRule | None = None) -> int:
    """Count the mentions waiting for a person."""
    wanted = (
        select(func.count(func.distinct(MentionCampaign.mention_id)))
        .join(Mention, col(Mention.id) == MentionCampaign.mention_id)
        .where(col(MentionCampaign.verdict) == Verdict.REVIEW, col(Mention.archived_at).is_(None))
    )
    if campaign_id is not None:
        wanted = wanted.where(col(MentionCampaign.campaign_id) == campaign_id)
    if perimeter is not None:
        wanted = wanted.where(*in_perimeter(perimeter))
    return session.exec(wanted).one()


def texts_of(session: Session, account_ids: Collection[int]) -> list[PostText]:
    """The posts of some accounts word for word, oldest first."""
    columns: list[Any] = [Mention.platform, Mention.post_id, Mention.posted_at, Mention.url, Mention.text]
    query = select(*columns).where(col(Mention.account_id).in_(account_ids), col(Mention.erased_at).is_(None))
    return [PostText(*row) for row in session.exec(query.order_by(col(Mention.posted_at)))]


def find_post(session: Session, platform: str, post_id: str) -> Mention | None:
    """Find a post by the key its platform gave it, or by another id of it."""
    wanted = select(Mention).where(col(Mention.platform) == platform, col(Mention.post_id) == post_id)
    called = select(Mention).join(PostAlias, col(PostAlias.mention_id) == Mention.id)
    called = called.where(col(PostAlias.platform) == platform, col(PostAlias.alias) == post_id)
    return session.exec(wanted).first() or session.exec(called).first()


def find_by_token(session: Session, token: str) -> Mention | None:
    """Find the mention a form has made already."""
    return session.exec(select(Mention).where(col(Mention.token) == token)).first()


def set_deleted(session: Session, mention_ids: Collection[int], at: datetime | None) -> tuple[int, ...]:
    """Write when posts were taken down from their platform (None: they were not); which ones changed."""
    wanted = session.exec(select(Mention).where(col(Mention.id).in_(mention_ids))).all()
    changed = [row for row in wanted if (row.deleted_at is None) != (at is None)]
    for row in changed:
        row.deleted_at = at
    session.flush()
    return tuple(row.id or 0 for row in changed)


def put_labels(
    session: Session, mention_ids: Collection[int], label: Label, *, actor: str, at: datetime
) -> list[int]:
    """Put a label on mentions that do not have it; say on which."""
    new = sorted(set(mention_ids) - set(_with_label(session, mention_ids, label)))
    session.add_all(
        MentionLabel(mention_id=mention, label=label, actor=actor, labelled_at=at) for mention in new
    )
    session.flush()
    return new


def take_labels(session: Session, mention_ids: Collection[int], label: Label) -> list[int]:
    """Take a label off mentions that have it; say off which."""
    rows = _with_label(session, mention_ids, label)
    for row in rows.values():
        session.delete(row)
    session.flush()
    return sorted(rows)


def existing_ids(session: Session, mention_ids: Collection[int]) -> set[int]:
    """Which of these mentions are here."""
    found: set[int] = set()
    for ids in in_slices(set(mention_ids)):
        found |= {key for key in session.exec(select(Mention.id).where(col(Mention.id).in_(ids))) if key}
    return found


def _with_label(session: Session, mention_ids: Collection[int], label: Label) -> Mapping[int, MentionLabel]:
    found: dict[int, MentionLabel] = {}
    for ids in in_slices(set(mention_ids)):
        same = select(MentionLabel).where(
            col(MentionLabel.mention_id).in_(ids), col(MentionLabel.label) == label
        )
        found |= {row.mention_id: row for row in session.exec(same)}
    return found


def _in_campaign(campaign_id: int | None, verdict: Verdict) -> ColumnElement[bool]:
    there = exists().where(
        col(MentionCampaign.mention_id) == Mention.id, col(MentionCampaign.verdict) == verdict
    )
    return there if campaign_id is None else there.where(col(MentionCampaign.campaign_id) == campaign_id)


def _labelled(labels: Sequence[Label]) -> ColumnElement[bool]:
    return exists().where(col(MentionLabel.mention_id) == Mention.id, col(MentionLabel.label).in_(labels))


def newest_number(session: Session) -> int:
    """Give the highest number of a post: there are about so many."""
    return session.exec(select(func.max(Mention.id))).one() or 0

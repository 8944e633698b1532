"""What the database holds to build a forecast on, counted."""

from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from ambassador.store.tables.campaigns import Campaign
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.network import ParameterSet, Tie
from ambassador.store.tables.people import Account, AudienceMember, Person, Snapshot
from ambassador.values.status import CampaignStatus


@dataclass(frozen=True, slots=True)
class EvidenceCounts:
    """Counts of everything a rung of the ladder asks for."""

    people: int
    accounts_with_figures: int
    mentions: int
    authors: int
    answered_posts: int
    """Posts that a reply, quote or repost points at."""
    reactions: int
    """Replies, quotes and reposts whose parent or root is named."""
    file_ties: int
    tied_accounts: int
    mention_ties: int
    follower_lists: int
    closed_campaigns: int
    parameter_sets: int


def count_evidence(session: Session) -> EvidenceCounts:
    """Count what there is, the hidden and the erased left out."""
    mentions = select(func.count(col(Mention.id))).where(col(Mention.archived_at).is_(None))
    reactions = mentions.where((col(Mention.parent_post_id) != "") | (col(Mention.root_post_id) != ""))
    figures = col(Snapshot.followers).is_not(None) | col(Snapshot.average_likes).is_not(None)
    closed = col(Campaign.status) == CampaignStatus.CLOSED
    ties = select(func.count(col(Tie.id)))
    return EvidenceCounts(
        people=_count(session, select(func.count(col(Person.id))).where(col(Person.archived_at).is_(None))),
        accounts_with_figures=_count(
            session, select(func.count(func.distinct(col(Snapshot.account_id)))).where(figures)
        ),
        mentions=_count(session, mentions),
        authors=_count(session, select(func.count(func.distinct(col(Mention.account_id))))),
        answered_posts=_count(session, _answered_posts()),
        reactions=_count(session, reactions),
        file_ties=_count(session, ties.where(col(Tie.origin) == "file")),
        tied_accounts=_count(session, _tied_accounts()),
        mention_ties=_count(session, ties.where(col(Tie.origin) == "mentions")),
        follower_lists=_count(session, select(func.count(func.distinct(col(AudienceMember.account_id))))),
        closed_campaigns=_count(session, select(func.count(col(Campaign.id))).where(closed)),
        parameter_sets=_count(
            session, select(func.count(col(ParameterSet.id))).where(col(ParameterSet.kind) != "calibration")
        ),
    )


def _answered_posts() -> SelectOfScalar[int]:
    target = func.coalesce(func.nullif(col(Mention.parent_post_id), ""), col(Mention.root_post_id))
    return select(func.count(func.distinct(target))).where(target != "", col(Mention.archived_at).is_(None))


def _tied_accounts() -> SelectOfScalar[int]:
    sources, targets = select(col(Tie.source_id)), select(col(Tie.target_id))
    ends = sources.union(targets).subquery()
    return select(func.count(col(Account.id))).where(col(Account.id).in_(select(ends.c[0])))


def _count(session: Session, query: SelectOfScalar[int]) -> int:
    return session.exec(query).one()

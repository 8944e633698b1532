"""What the database holds to build a forecast on, counted."""

from dataclasses import dataclass

from sqlalchemy import case, exists, func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from ambassador.store.kept import kept_for
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
    """Posts that a reply, quote or repost points at; not counted where ties or follower lists say more."""
    reactions: int
    """Replies, quotes and reposts whose parent or root is named."""
    file_ties: int
    tied_accounts: int
    mention_ties: int
    follower_lists: int
    closed_campaigns: int
    parameter_sets: int


def count_evidence(session: Session) -> EvidenceCounts:
    """Count what there is, the hidden and the erased left out; kept until a table it rests on changes."""
    return kept_for(session, "evidence", None, lambda: _counted(session))


def _counted(session: Session) -> EvidenceCounts:
    points = (col(Mention.parent_post_id) != "") | (col(Mention.root_post_id) != "")
    in_use = columns(func.count(), func.count(case((points, 1)))).where(col(Mention.archived_at).is_(None))
    mentions, reactions = session.execute(in_use).one()
    figures = col(Snapshot.followers).is_not(None) | col(Snapshot.average_likes).is_not(None)
    closed = col(Campaign.status) == CampaignStatus.CLOSED
    ties = columns(col(Tie.origin), func.count()).group_by(col(Tie.origin))
    tied = {origin: count for origin, count in session.execute(ties)}  # noqa: C416 - a result is not a mapping
    lists = _count(session, select(func.count(func.distinct(col(AudienceMember.account_id)))))
    says_more = bool(tied.get("file") or lists)
    return EvidenceCounts(
        people=_count(session, select(func.count(col(Person.id))).where(col(Person.archived_at).is_(None))),
        accounts_with_figures=_count(
            session, select(func.count(func.distinct(col(Snapshot.account_id)))).where(figures)
        ),
        mentions=mentions,
        authors=_count(session, select(func.count(func.distinct(col(Mention.account_id))))),
        answered_posts=0 if says_more else _count(session, _answered_posts()),
        reactions=reactions,
        file_ties=tied.get("file", 0),
        tied_accounts=_count(session, _tied_accounts()),
        mention_ties=tied.get("mentions", 0),
        follower_lists=lists,
        closed_campaigns=_count(session, select(func.count(col(Campaign.id))).where(closed)),
        parameter_sets=_count(
            session, select(func.count(col(ParameterSet.id))).where(col(ParameterSet.kind) != "calibration")
        ),
    )


def _answered_posts() -> SelectOfScalar[int]:
    target = func.coalesce(func.nullif(col(Mention.parent_post_id), ""), col(Mention.root_post_id))
    return select(func.count(func.distinct(target))).where(target != "", col(Mention.archived_at).is_(None))


def _tied_accounts() -> SelectOfScalar[int]:
    begins, ends = (exists().where(col(end) == Account.id) for end in (Tie.source_id, Tie.target_id))
    return select(func.count(col(Account.id))).where(begins | ends)


def _count(session: Session, query: SelectOfScalar[int]) -> int:
    return session.exec(query).one()

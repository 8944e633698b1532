"""What people achieved before: whether they posted, how much their posts brought, how far they went."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy
from sqlalchemy import and_, case, exists, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from ambassador.store.tables.campaigns import Ambassador, Campaign
from ambassador.store.tables.devices import Custody
from ambassador.store.tables.mentions import Mention, MentionCampaign, MentionMetrics
from ambassador.store.tables.people import Account
from ambassador.values.networks.node_key import NodeKey
from ambassador.values.status import AmbassadorStatus, CampaignStatus, MentionKind, Verdict

_HERE = (AmbassadorStatus.ACCEPTED, AmbassadorStatus.DONE)
_REACTIONS = (MentionKind.REPLY, MentionKind.REPOST, MentionKind.COMMENT)


@dataclass(frozen=True, slots=True)
class PastPosts:
    """The mean figures of an account's own posts; None where no post has them."""

    posts: int
    interactions: float | None
    views: float | None
    interactions_squared: float | None = None
    """Mean of the squares, from which the variation of single posts follows."""
    views_squared: float | None = None


def posting_history(session: Session) -> dict[int, tuple[int, int]]:
    """Count, per person, the devices had in closed campaigns and those followed by a post."""
    delivered = exists().where(
        col(Custody.ambassador_id) == col(Ambassador.id), col(Custody.delivered_at).is_not(None)
    )
    no_device = ~exists().where(col(Custody.ambassador_id) == col(Ambassador.id))
    had_it = delivered | (no_device & col(Ambassador.status).in_(_HERE))
    rows = session.exec(
        select(col(Ambassador.person_id), func.count(), func.sum(case((_posted(), 1), else_=0)))
        .join(Campaign, col(Campaign.id) == col(Ambassador.campaign_id))
        .where(col(Campaign.status) == CampaignStatus.CLOSED, had_it)
        .group_by(col(Ambassador.person_id))
    )
    return {person: (given, int(posted)) for person, given, posted in rows}


def _posted() -> Any:  # noqa: ANN401 - an expression of a query
    return (
        exists()
        .where(col(MentionCampaign.campaign_id) == col(Ambassador.campaign_id))
        .where(col(MentionCampaign.verdict) == Verdict.MATCHED)
        .where(col(MentionCampaign.mention_id) == col(Mention.id))
        .where(col(Mention.account_id) == col(Account.id))
        .where(col(Account.person_id) == col(Ambassador.person_id))
        .correlate(Ambassador)
    )


def past_posts(session: Session) -> dict[int, PastPosts]:
    """Average the newest figures of every account's own posts; replies and reposts are not theirs."""
    newest = func.row_number().over(
        partition_by=col(MentionMetrics.mention_id), order_by=col(MentionMetrics.read_at).desc()
    )
    known = _known_interactions()
    ranked = sqlalchemy.select(
        col(MentionMetrics.mention_id).label("mention_id"),
        newest.label("age_rank"),
        known.label("interactions"),
        col(MentionMetrics.views).label("views"),
    ).subquery()
    squares = [func.avg(1.0 * column * column) for column in (ranked.c.interactions, ranked.c.views)]
    columns: list[Any] = [
        Mention.account_id,
        func.count(),
        func.avg(ranked.c.interactions),
        func.avg(ranked.c.views),
    ]
    rows = session.connection().execute(
        sqlalchemy.select(*columns, *squares)
        .join(ranked, and_(ranked.c.mention_id == Mention.id, ranked.c.age_rank == 1))
        .where(col(Mention.kind).not_in(_REACTIONS), col(Mention.archived_at).is_(None))
        .group_by(col(Mention.account_id))
    )
    return {account: PastPosts(posts, *map(_float, figures)) for account, posts, *figures in rows}


def _known_interactions() -> Any:  # noqa: ANN401 - an expression of a query
    """Add likes, replies, reposts and quotes; NULL where the likes, the bulk of them, are not known."""
    others = (MentionMetrics.replies, MentionMetrics.reposts, MentionMetrics.quotes)
    return col(MentionMetrics.likes) + sum(func.coalesce(col(column), 0) for column in others)


def _float(value: Any) -> float | None:  # noqa: ANN401 - PostgreSQL's averages are decimals
    return None if value is None else float(value)


def past_cascades(session: Session) -> dict[int, tuple[int, float]]:
    """Give, per account, how many posts it started and the mean number of people each made talk."""
    begun = (
        select(col(Mention.account_id), func.count())
        .where(_begins(Mention), col(Mention.archived_at).is_(None))
        .group_by(col(Mention.account_id))
    )
    others = _others_by_post(session)
    return {account: (posts, 1.0 + others.get(account, 0) / posts) for account, posts in session.exec(begun)}


def _others_by_post(session: Session) -> dict[int, int]:
    """Give, per account, how many people reacted: each once a post, by the root where it is named."""
    first = aliased(
        Mention
    )  # joined as outer, so that SQLite looks starts up and does not scan answers for each
    pointed = func.coalesce(func.nullif(col(Mention.root_post_id), ""), col(Mention.parent_post_id))
    by_post = (
        select(
            col(first.account_id).label("starter"),
            func.count(func.distinct(col(Mention.account_id))).label("others"),
        )
        .outerjoin(
            first,
            and_(
                col(first.platform) == col(Mention.platform),
                col(first.post_id) == pointed,
                _begins(first),
                col(first.archived_at).is_(None),
                col(first.account_id) != col(Mention.account_id),
            ),
        )
        .where(col(Mention.archived_at).is_(None), pointed != "")
        .group_by(col(first.id), col(first.account_id))
        .subquery()
    )
    totals = select(by_post.c.starter, func.sum(by_post.c.others)).group_by(by_post.c.starter)
    return {account: int(others) for account, others in session.exec(totals) if account is not None}


def _begins(post: type[Mention]) -> Any:  # noqa: ANN401 - a condition on a column
    return col(post.kind).not_in(_REACTIONS)


def posts_by_account(session: Session) -> dict[int, int]:
    """Count everything each account posted: the denominator of how often others react."""
    query = (
        select(col(Mention.account_id), func.count())
        .where(col(Mention.archived_at).is_(None))
        .group_by(col(Mention.account_id))
    )
    return dict(session.exec(query).all())


def posts_by_node(session: Session) -> dict[int, int]:
    """Count everything each node posted; a person's accounts count together."""
    posts = posts_by_account(session)
    owners = session.exec(
        select(col(Account.id), col(Account.person_id)).where(col(Account.person_id).is_not(None))
    )
    owner = {account: person for account, person in owners if account is not None}
    by_node: dict[int, int] = {}
    for account, count in posts.items():
        key = NodeKey.of_account(account, owner.get(account))
        by_node[key] = by_node.get(key, 0) + count
    return by_node


def last_talkers(session: Session) -> frozenset[int]:
    """The nodes that talked in the campaign that closed last; empty before any did."""
    last = (
        select(col(Campaign.id))
        .where(col(Campaign.status) == CampaignStatus.CLOSED)
        .order_by(col(Campaign.ends_on).desc(), col(Campaign.id).desc())
        .limit(1)
    )
    campaign_id = session.exec(last).first()
    rows = session.exec(
        select(col(Account.id), col(Account.person_id))
        .join(Mention, col(Mention.account_id) == col(Account.id))
        .join(MentionCampaign, col(MentionCampaign.mention_id) == col(Mention.id))
        .where(col(MentionCampaign.campaign_id) == campaign_id)
        .where(col(MentionCampaign.verdict) == Verdict.MATCHED)
        .distinct()
    )
    return frozenset(NodeKey.of_account(account, person) for account, person in rows if account is not None)

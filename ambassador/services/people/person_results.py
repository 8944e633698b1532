"""What one person's own posts did, and the three engagement rates, each by itself."""

from collections.abc import Callable, Collection, Sequence

from sqlmodel import Session

from ambassador.metrics.engagement import (
    engagement_rate_by_impressions,
    engagement_rate_by_reach,
    engagements_of,
)
from ambassador.metrics.tally import add_known
from ambassador.store.people.past_results import (
    PostFigures,
    count_answers,
    credited_shares,
    newest_post_figures,
    own_posts,
)
from ambassador.values.people.people import PersonRow
from ambassador.values.people.person_card import PastResults, Rates


def past_results(session: Session, person_id: int, account_ids: Collection[int]) -> PastResults:
    """Sum up what a person's posts did, over everything that is here."""
    posts = own_posts(session, account_ids)
    views = [post.views for post in newest_post_figures(session, account_ids)]
    credited = credited_shares(session, person_id)
    return PastResults(
        mentions=posts.mentions,
        first_at=posts.first_at,
        last_at=posts.last_at,
        originals=posts.originals,
        answers=count_answers(session, account_ids),
        credited=sum(credited.values()) if credited else None,
        views=add_known(views),
        views_posts=len(views) - views.count(None),
    )


def rates_of(session: Session, row: PersonRow, account_ids: Collection[int]) -> Rates:
    """Give the three rates: one from the page's averages, two from the posts that state reach or views."""
    posts = newest_post_figures(session, account_ids)
    by_reach, reach_posts = _rate(posts, lambda post: post.reach, engagement_rate_by_reach)
    by_views, views_posts = _rate(posts, lambda post: post.views, engagement_rate_by_impressions)
    return Rates(
        by_followers=row.rate_by_followers,
        by_reach=by_reach,
        by_reach_posts=reach_posts,
        by_impressions=by_views,
        by_impressions_posts=views_posts,
        counted=row.counted,
        stated=row.figures.engagement_rate,
    )


def _rate(
    posts: Sequence[PostFigures],
    base: Callable[[PostFigures], int | None],
    divide: Callable[[float | None, float | None], float | None],
) -> tuple[float | None, int]:
    """Divide the engagements of all posts that state both by what they are measured on."""
    stated = [(engagements_of(post), base(post)) for post in posts]
    known = [(engagements, size) for engagements, size in stated if engagements is not None and size]
    if not known:
        return None, 0
    return divide(sum(one for one, _ in known), sum(size for _, size in known)), len(known)

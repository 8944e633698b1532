"""Count what a campaign's mentions amount to: in all, per ambassador, and for nobody in particular."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from sqlmodel import Session

from ambassador.metrics.engagement import engagements_of
from ambassador.metrics.tally import people_who_may_see, weighted_sum
from ambassador.store.mentions.credit import Share, read_shares
from ambassador.store.mentions.mentions import MentionTime, latest_metrics, read_moments
from ambassador.store.people.people import latest_snapshots
from ambassador.store.results.results import count_audience, listed_accounts
from ambassador.store.tables.mentions import MentionMetrics
from ambassador.values.cascades.cascades import CascadeRow
from ambassador.values.mentions.credit import CreditMethod
from ambassador.values.mentions.mentions import MentionFilter
from ambassador.values.results.results import ObservedFigures, Seen

Weights = Mapping[int, float]
"""Mention -> the share of it that counts."""


@dataclass(frozen=True)
class CampaignPosts:
    """Everything said in a campaign, with its figures and who is credited; read once."""

    posts: tuple[MentionTime, ...]
    """Oldest first."""
    shares: Mapping[int | None, Weights]
    """Ambassador (None: nobody of ours) -> shares of mentions."""
    own: Mapping[int, frozenset[int]]
    """Ambassador -> the posts they made themselves."""
    metrics: Mapping[int, MentionMetrics]
    followers: Mapping[int, int | None]
    listed: frozenset[int]
    """Accounts whose list of followers is known."""

    @cached_property
    def places(self) -> dict[int, int]:
        """Return mention -> its place among the posts."""
        return {post.id: place for place, post in enumerate(self.posts)}

    @property
    def everything(self) -> Weights:
        """Every mention, whole."""
        return {post.id: 1.0 for post in self.posts}

    @property
    def read_at(self) -> datetime | None:
        """When the newest figures were read."""
        return max((row.read_at for row in self.metrics.values()), default=None)

    @property
    def owners(self) -> dict[int, int | None]:
        """Return mention -> the ambassador with the largest share of it, None where it is nobody's."""
        best: dict[int, tuple[float, int | None]] = {}
        for who, weights in self.shares.items():
            for mention, share in weights.items():
                if share > best.get(mention, (0.0, None))[0]:
                    best[mention] = share, who
        return {mention: who for mention, (_, who) in best.items()}


def author(post: MentionTime) -> tuple[bool, int]:
    """Tell who posted: the person where known, else the account.

    Examples
    --------
    >>> author(posts_of(session, 1)[0])
    (True, 1)
    """
    return (True, post.person_id) if post.person_id is not None else (False, post.account_id)


def posts_of(session: Session, campaign_id: int, ambassador_id: int | None = None) -> list[MentionTime]:
    """Read the mentions that belong to a campaign, or to one ambassador in it, oldest first.

    Examples
    --------
    >>> [post.id for post in posts_of(session, 1)]
    [1, 2, 3, 4, 5]
    """
    wanted = MentionFilter(campaign_id=campaign_id, ambassador_id=ambassador_id)
    return read_moments(session, wanted)[::-1]


def read_talk(session: Session, campaign_id: int, ambassador_id: int | None = None) -> CampaignPosts:
    """Read everything that was said in a campaign, or what is credited to one ambassador.

    Examples
    --------
    >>> talk = read_talk(session, 1)
    >>> len(talk.posts), talk.own
    (5, {1: frozenset({1}), 2: frozenset({5})})
    """
    posts = posts_of(session, campaign_id, ambassador_id)
    credit = read_shares(session, campaign_id, ambassador_id)
    authors = {post.account_id for post in posts if not post.is_brand}
    here = {post.id for post in posts}
    snapshots = latest_snapshots(session, authors)
    return CampaignPosts(
        posts=tuple(posts),
        shares=_shares(credit, here),
        own=_own_posts(credit, here),
        metrics=latest_metrics(session, here),
        followers={account: snapshot.followers for account, snapshot in snapshots.items()},
        listed=frozenset(listed_accounts(session, authors)),
    )


def figures_of(session: Session, talk: CampaignPosts, weights: Weights) -> ObservedFigures:
    """Count what the mentions with a share amount to.

    Examples
    --------
    >>> talk = read_talk(session, 1)
    >>> figures_of(session, talk, talk.everything).views
    StatedSum(value=32700.0, stated=3, of=5)
    """
    places = sorted(talk.places[key] for key, share in weights.items() if share and key in talk.places)
    counted = [talk.posts[place] for place in places]
    people = [post for post in counted if not post.is_brand]
    rows = [(talk.metrics.get(post.id), weights[post.id]) for post in counted]
    return ObservedFigures(
        talkers=len({author(post) for post in people}),
        mentions=sum(weights[post.id] for post in counted),
        seen=_seen(session, talk, {post.account_id for post in people}),
        views=weighted_sum((row.views if row else None, share) for row, share in rows),
        engagements=weighted_sum((engagements_of(row) if row else None, share) for row, share in rows),
        likes=weighted_sum((row.likes if row else None, share) for row, share in rows),
    )


def with_cascades(figures: ObservedFigures, cascades: Sequence[CascadeRow]) -> ObservedFigures:
    """Add how many cascades were answered at all, and how far the largest went.

    Examples
    --------
    >>> talk = read_talk(session, 1)
    >>> figures = figures_of(session, talk, talk.everything)
    >>> with_cascades(figures, ()) == figures
    True
    """
    largest = max(cascades, key=lambda row: row.size, default=None)
    if largest is None:
        return figures
    return replace(
        figures,
        cascades=sum(row.size > 1 for row in cascades),
        largest_cascade=largest.size,
        depth=largest.depth,
        structural_virality=largest.structural_virality,
    )


def _shares(credit: Iterable[Share], here: set[int]) -> dict[int | None, dict[int, float]]:
    found: dict[int | None, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for row in credit:
        if row.mention_id in here:
            found[row.ambassador_id][row.mention_id] += row.share
    credited = {mention for weights in found.values() for mention in weights}
    for mention in here - credited:  # matched since credit was last given: nobody's, until it is given anew
        found[None][mention] = 1.0
    return {who: dict(weights) for who, weights in found.items()}


def _own_posts(credit: Iterable[Share], here: set[int]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for row in credit:
        if row.method == CreditMethod.OWN_POST and row.ambassador_id and row.mention_id in here:
            found[row.ambassador_id].add(row.mention_id)
    return {who: frozenset(posts) for who, posts in found.items()}


def _seen(session: Session, talk: CampaignPosts, accounts: Iterable[int]) -> Seen:
    authors = set(accounts)
    listed = authors & talk.listed
    union = count_audience(session, listed) if listed else None
    others = [talk.followers.get(account) for account in authors - listed]
    return people_who_may_see(others, union=union, listed=len(listed))

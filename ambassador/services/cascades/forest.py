"""The posts of a campaign, or all of them, as one forest of plain arrays."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from sqlmodel import Session

from ambassador.i18n import mark
from ambassador.propagation.arrays import BoolArray, FloatArray
from ambassador.propagation.cascades import Forest, build_forest
from ambassador.propagation.cascades.measures import nearest_upstream
from ambassador.store.cascades import cascades as store
from ambassador.store.cascades.cascades import TreePost
from ambassador.store.mentions.credit import matched_mentions
from ambassador.values.imports.imports import Note
from ambassador.values.networks.node_key import NodeKey

_OWN_PARENT = mark("Posts that name themselves as their parent: {count}. They are read as starts.")
_CYCLES = mark("Circles of parents: {count}. Each is cut at its earliest post.")
_ORPHANS = mark("Posts that answer a post which is not here: {count}. They are read as starts.")
_EARLY = mark("Posts dated before the post they answer: {count}. They stay where they are.")


@dataclass(frozen=True)
class CampaignForest:
    """A forest with what the database says about its posts; arrays follow ``posts``."""

    posts: list[TreePost]
    forest: Forest
    times: FloatArray
    """Seconds since 1970."""
    dirt: tuple[Note, ...]
    as_of: datetime
    """The moment the data reach to."""


def read_campaign_forest(session: Session, now: datetime, campaign_id: int | None = None) -> CampaignForest:
    """Read all posts, or those that belong to a campaign with what stands between them left out.

    Examples
    --------
    >>> trees = read_campaign_forest(session, work.now(), 1)
    >>> len(trees.posts), trees.forest.parent.tolist()
    (5, [-1, 0, 0, 2, -1])
    """
    posts = store.read_posts(session)
    newest = store.newest_post(session)
    whole = _grow(posts)
    members = np.ones(len(posts), dtype=np.bool_)
    if campaign_id is not None:
        wanted = matched_mentions(session, campaign_id)
        members = np.array([post.id in wanted for post in posts], dtype=np.bool_)
    kept = posts if bool(members.all()) else _lifted(posts, whole, members)
    forest = whole if kept is posts else _grow(kept)
    times = np.array([post.posted_at.timestamp() for post in kept], dtype=np.float64)
    reach = min(now, newest + timedelta(seconds=1)) if newest else now
    return CampaignForest(kept, forest, times, _dirt(whole, members), reach)


def _grow(posts: list[TreePost]) -> Forest:
    return build_forest(
        [post.id for post in posts],
        [post.parent_id for post in posts],
        [NodeKey.of_account(post.account_id, post.person_id) for post in posts],
        np.array([post.posted_at.timestamp() for post in posts]),
        np.array([post.hidden for post in posts], dtype=np.bool_),
    )


def _lifted(posts: list[TreePost], whole: Forest, members: BoolArray) -> list[TreePost]:
    """Hang every member from the nearest member above it."""
    above = np.append(nearest_upstream(whole.parent, members), -1)[whole.parent]
    return [
        posts[number]._replace(parent_id=posts[above[number]].id if above[number] >= 0 else None)
        for number in np.flatnonzero(members).tolist()
    ]


def _dirt(whole: Forest, members: BoolArray) -> tuple[Note, ...]:
    problems = whole.problems
    found = (
        (_OWN_PARENT, problems.own_parent),
        (_CYCLES, problems.in_cycle),
        (_ORPHANS, problems.orphan),
        (_EARLY, problems.before_parent),
    )
    counted = [(text, int(members[numbers].sum())) for text, numbers in found]
    return tuple(Note(text, {"count": count}) for text, count in counted if count)

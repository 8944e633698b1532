"""The posts of a campaign, or all of them, as one forest of plain arrays."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from sqlmodel import Session

from ambassador.i18n import mark
from ambassador.propagation.arrays import BoolArray, FloatArray
from ambassador.propagation.cascades import Forest, build_forest
from ambassador.propagation.cascades.bursts import hang_on
from ambassador.propagation.cascades.measures import nearest_upstream
from ambassador.store.cascades import cascades as store
from ambassador.store.cascades.cascades import NO_PARENT, PostColumns
from ambassador.store.kept import kept_for
from ambassador.store.mentions.credit import matched_mentions
from ambassador.values.imports.imports import Note

_OWN_PARENT = mark("Posts that name themselves as their parent: {count}. They are read as starts.")
_CYCLES = mark("Circles of parents: {count}. Each is cut at its earliest post.")
_ORPHANS = mark("Posts that answer a post which is not here: {count}. They are read as starts.")
_EARLY = mark("Posts dated before the post they answer: {count}. They stay where they are.")


@dataclass(frozen=True)
class CampaignForest:
    """A forest with what the database says about its posts; arrays follow ``posts``."""

    posts: PostColumns
    forest: Forest
    times: FloatArray
    """Seconds since 1970."""
    dirt: tuple[Note, ...]
    as_of: datetime
    """The moment the data reach to."""


def read_campaign_forest(session: Session, now: datetime, campaign_id: int | None = None) -> CampaignForest:
    """Read all posts, or those that belong to a campaign with what stands between them left out.

    What was built is kept until a table it rests on changes: a page asks for the same forest more than
    once, and so does the next reader.

    Examples
    --------
    >>> trees = read_campaign_forest(session, work.now(), 1)
    >>> len(trees.posts), trees.forest.parent.tolist()
    (5, [-1, 0, 0, 2, -1])
    """
    built = kept_for(session, "forest", campaign_id, lambda: _built(session, campaign_id))
    reach = min(now, built.newest + timedelta(seconds=1)) if built.newest else now
    return CampaignForest(built.posts, built.forest, built.posts.times, built.dirt, reach)


def branch_below(trees: CampaignForest, root_id: int) -> CampaignForest | None:
    """Cut out a post with everything that hangs on it; None where it is not here.

    Examples
    --------
    >>> branch = branch_below(read_campaign_forest(session, work.now(), 1), 3)
    >>> branch.posts.ids.tolist(), branch.forest.parent.tolist()
    ([3, 4], [-1, 0])
    """
    root = np.flatnonzero(trees.posts.ids == root_id)
    if not root.size:
        return None
    members = hang_on(trees.forest.parent, np.arange(len(trees.posts)), int(root[0]))
    members &= trees.times <= trees.as_of.timestamp()
    members[root] = True
    posts = _lifted(trees.posts, trees.forest, members)
    return CampaignForest(posts, _grow(posts), posts.times, (), trees.as_of)


@dataclass(frozen=True, eq=False)
class _Built:
    """A forest as the rows of one moment give it, whatever the hour it is asked for."""

    posts: PostColumns
    forest: Forest
    dirt: tuple[Note, ...]
    newest: datetime | None


def _built(session: Session, campaign_id: int | None) -> _Built:
    newest = store.newest_post(session)
    if campaign_id is None:
        posts = store.read_posts(session)
        forest = _grow(posts)
        return _Built(posts, forest, _dirt(forest, np.ones(len(posts), np.bool_)), newest)
    wanted = np.array(sorted(matched_mentions(session, campaign_id)), np.int64)
    if not wanted.size:  # whoever talks elsewhere
        nothing = store.no_posts()
        return _Built(nothing, _grow(nothing), (), newest)
    whole = kept_for(session, "forest", None, lambda: _built(session, None))
    members = np.isin(whole.posts.ids, wanted)
    if members.all():
        return whole
    posts = _lifted(whole.posts, whole.forest, members)
    return _Built(posts, _grow(posts), _dirt(whole.forest, members), newest)


def _grow(posts: PostColumns) -> Forest:
    return build_forest(posts.ids, posts.named_parents, posts.keys, posts.times, posts.hidden)


def _lifted(posts: PostColumns, whole: Forest, members: BoolArray) -> PostColumns:
    """Hang every member from the nearest member above it."""
    above = np.append(nearest_upstream(whole.parent, members), -1)[whole.parent]
    kept = np.flatnonzero(members)
    hung = above[kept]
    return posts.take(kept).hung_from(np.where(hung >= 0, posts.ids[hung], NO_PARENT))


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

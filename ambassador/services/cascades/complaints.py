"""The complaints beside a promotion, with all that hangs on them, and whether our answer slowed them."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import numpy as np
from scipy.special import gammaincinv
from sqlmodel import Session

from ambassador.propagation.arrays import BoolArray, FloatArray, Int64Array
from ambassador.propagation.growth import Course, Look
from ambassador.propagation.growth.growth import LEAST
from ambassador.propagation.growth.pace import answer_delays
from ambassador.services.cascades.forest import CampaignForest, read_campaign_forest
from ambassador.services.cascades.growth import Courses, cascade_courses, growth_after
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.campaigns import zone_of_days
from ambassador.store.cascades.cascades import read_faces
from ambassador.store.incidents.posts import complaining_posts, effort_of_cases
from ambassador.store.kept import kept_for
from ambassador.store.mentions.totals import views_of
from ambassador.values.cascades.complaints import (
    AnswerEffect,
    Carrier,
    ComplaintBranch,
    Slowed,
    TalkFigures,
)

_LEVEL: Final = 80
_CARRIERS: Final = 5


def complaint_branch(work: UnitOfWork, campaign_id: int | None = None) -> ComplaintBranch:
    """Measure the complaints of a campaign, or all of them, beside the rest of what was said.

    Kept until what it rests on changes.

    Examples
    --------
    >>> found = complaint_branch(work, campaign)
    >>> found.whole.posts, found.branch.posts, found.without.posts, found.effect
    (5, 1, 4, None)
    """
    with work.reading(one_moment=True) as session:
        now = work.now()
        wanted = campaign_id, read_campaign_forest(session, now).as_of
        return kept_for(session, "complaint branch", wanted, lambda: _measured(session, now, campaign_id))


def _measured(session: Session, now: datetime, campaign_id: int | None) -> ComplaintBranch:
    zone = zone_of_days(session, campaign_id) or "UTC"
    everything = read_campaign_forest(session, now)
    trees = everything if campaign_id is None else read_campaign_forest(session, now, campaign_id)
    split = _split(session, trees)
    views = dict(views_of(session))
    whole, branch, without = (
        _figures(trees, some, views) for some in (split.ours_out, split.branch, split.rest)
    )
    effort = effort_of_cases(session, trees.posts.ids[split.branch].tolist())
    carriers = _carriers(session, trees, split)
    effect = _effect(session, trees, split, cascade_courses(everything))
    brought, ranged = _reproduction(trees, split)
    return ComplaintBranch(
        whole=whole,
        branch=branch,
        without=without,
        complaints=int(split.complains.sum()),
        branches=int(split.tops.size),
        reproduction=brought,
        reproduction_range=ranged,
        carriers=carriers,
        cases=effort.cases,
        answers=effort.answers,
        effect=effect,
        as_of=trees.as_of if len(trees.posts) else None,
        zone=zone,
        care_minutes=effort.minutes if effort.logged else None,
        cases_logged=effort.logged,
    )


@dataclass(frozen=True, eq=False)
class _Split:
    """The posts of a forest, told apart."""

    complains: BoolArray
    ours_out: BoolArray
    """All that are not our own."""
    branch: BoolArray
    """Complaints and what hangs on them, without our own posts."""
    rest: BoolArray
    top: Int64Array
    """For every post the complaint its branch begins with; -1 outside."""
    tops: Int64Array


def _split(session: Session, trees: CampaignForest) -> _Split:
    ids, parent = trees.posts.ids, trees.forest.parent
    known = trees.times <= trees.as_of.timestamp()
    others = ~trees.posts.brands & known
    complains = np.isin(ids, complaining_posts(session)) & others
    top = np.full(parent.size, -1, np.int64)
    for post in trees.forest.order.tolist() if complains.any() else ():
        above = parent[post]
        if above >= 0 and top[above] >= 0:
            top[post] = top[above]
        elif complains[post]:
            top[post] = post
    branch = (top >= 0) & others
    return _Split(complains, others, branch, others & ~branch, top, np.unique(top[branch]))


def _figures(trees: CampaignForest, some: BoolArray, views: dict[int, int]) -> TalkFigures:
    posts = trees.posts
    people = np.where(posts.people >= 0, posts.people, -1 - posts.accounts)[some]
    seen = [views[number] for number in posts.ids[some].tolist() if number in views]
    return TalkFigures(int(some.sum()), int(np.unique(people).size), sum(seen) if seen else None)


def _reproduction(trees: CampaignForest, split: _Split) -> tuple[float | None, tuple[float, float] | None]:
    """Count answers within the branch over the posts whose answers are due, with a Poisson range."""
    if not split.branch.any():
        return None, None
    parent = trees.forest.parent
    answers = int((split.branch & (parent >= 0) & (split.top >= 0) & _inside(parent, split.branch)).sum())
    age = trees.as_of.timestamp() - trees.times[split.branch]
    delays: FloatArray = answer_delays(parent, trees.times)
    due = np.searchsorted(delays, age, side="right") / delays.size if delays.size else np.ones(age.size)
    weight = max(float(due.sum()), 1.0)
    tail = (1 - _LEVEL / 100) / 2
    low = float(gammaincinv(answers, tail)) / weight if answers else 0.0
    return answers / weight, (low, float(gammaincinv(answers + 1, 1 - tail)) / weight)


def _inside(parent: Int64Array, branch: BoolArray) -> BoolArray:
    held: BoolArray = np.append(branch, False)[parent]
    return held


def _carriers(session: Session, trees: CampaignForest, split: _Split) -> tuple[Carrier, ...]:
    posts, parent = trees.posts, trees.forest.parent
    author = np.where(posts.people >= 0, posts.people, -1 - posts.accounts)
    answering = np.flatnonzero(split.branch & _inside(parent, split.branch) & (parent >= 0))
    brought = Counter(author[parent[answering]].tolist())
    written = Counter(author[split.branch].tolist())
    leading = sorted(brought, key=lambda who: (-brought[who], who))[:_CARRIERS]
    first = {who: int(posts.ids[np.flatnonzero(split.branch & (author == who))[0]]) for who in leading}
    faces = read_faces(session, list(first.values()))
    return tuple(Carrier(faces[first[who]].handle, written[who], brought[who]) for who in leading)


def _effect(session: Session, trees: CampaignForest, split: _Split, past: Courses) -> AnswerEffect | None:
    """Look at the largest branch with an answer of ours: what came after it, and what was expected."""
    ours = np.flatnonzero(trees.posts.brands & (split.top >= 0) & (trees.times <= trees.as_of.timestamp()))
    if not ours.size:
        return None
    sizes = np.bincount(split.top[split.branch], minlength=split.top.size)
    top = max(np.unique(split.top[ours]).tolist(), key=lambda place: (int(sizes[place]), -place))
    answered = float(trees.times[ours[split.top[ours] == top]].min())
    start = float(trees.times[top])
    moments = trees.times[split.branch & (split.top == top)]
    course = Course.from_moments(moments, start=start, until=trees.as_of.timestamp())
    window = max(answered - start, 1.0)
    before = course.count_by(window)
    root_id = int(trees.posts.ids[top])
    handle = read_faces(session, [root_id])[root_id].handle
    after = course.times.size - before
    told = AnswerEffect(
        root_id, handle, datetime.fromtimestamp(answered, UTC), before, after, None, {}, Slowed.TOO_LITTLE
    )
    whole = past.trees.forest
    place = int(np.flatnonzero(past.trees.posts.ids == root_id)[0])
    but = int(past.trees.posts.ids[whole.root[place]])
    earlier = past.known_until(course.followed, but=but)
    if before < LEAST or course.followed <= window or not earlier:
        return told
    growth = growth_after(earlier, Look(window=window, horizon=course.followed))
    expected = growth.expect(course)
    if expected is None:
        return told
    ranges = {
        level: (round(low - before), round(high - before))
        for level, (low, high) in expected.intervals.items()
    }
    return AnswerEffect(
        root_id,
        handle,
        told.answered_at,
        before,
        after,
        expected.middle - before,
        ranges,
        _verdict(after, ranges[_LEVEL]),
        growth.comparable,
    )


def _verdict(after: int, within: tuple[int, int]) -> Slowed:
    if after < within[0]:
        return Slowed.SLOWED
    return Slowed.GREW if after > within[1] else Slowed.CANNOT_TELL

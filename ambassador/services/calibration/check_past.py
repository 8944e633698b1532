"""What ``ambassador evaluate`` says of files, said of the posts and ties the workspace holds itself."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import inf
from typing import Final

import numpy as np
from sqlmodel import Session

from ambassador.i18n import mark
from ambassador.propagation.growth import Course, Look
from ambassador.services.calibration.parents_evaluation import evaluate_posts
from ambassador.services.calibration.past_arrays import courses_of
from ambassador.services.calibration.past_columns import PastColumns
from ambassador.services.calibration.past_files import ANSWERS, source_named
from ambassador.services.calibration.size_evaluation import evaluate_courses
from ambassador.services.cascades.cascade_history import over_after
from ambassador.services.learning.influence_check import InfluenceCheck, check_influence
from ambassador.services.learning.learning_data import OwnPast, read_own_past
from ambassador.services.learning.learning_progress import within
from ambassador.services.stored_json import from_json
from ambassador.store.cascades.cascades import newest_post
from ambassador.store.learning.learning import (
    most_followers,
    newest_parameters,
    read_listed_ties,
    read_past_posts,
)
from ambassador.values.calibration.calibration import OwnPastCheck, SizeCheck
from ambassador.values.calibration.past import PastTie
from ambassador.values.imports.imports import Progress
from ambassador.values.learning import InfluenceEvaluation
from ambassador.values.networks.node_key import NodeKey

_HOUR: Final = 3600.0
_WATCHED: Final = (1.0, 6.0, 24.0, 72.0, 168.0, 672.0)
"""Hours; those up to half of a usual life."""
_POSTS: Final = 10
_TEST_SHARE: Final = 0.3
_FEWEST_KNOWN: Final = 31
"""Cascades: of so many the newest 30% are 10, below which a share inside says nothing."""
_FEWEST_ANSWERS: Final = 25
"""Answers: of so many, a share found is known to ten points."""
_MOST_COURSES, _MOST_POSTS = 2_000, 50_000
"""The newest are looked at: more would only take longer."""
_WATCHING = mark("Watching past cascades for a while only")
_HIDING = mark("Hiding which post answers which")


@dataclass(frozen=True, slots=True)
class PastRecords:
    """Everything the workspace holds that an evaluation may look at."""

    posts: PastColumns
    ties: tuple[PastTie, ...]
    reach: float
    """The moment the data reach to, in seconds since 1970."""


def check_own_past(session: Session, now: datetime, *, progress: Progress) -> OwnPastCheck:
    """Foretell sizes, find hidden parents and tell who joins, each on the newest part of one's own past.

    Examples
    --------
    >>> found = check_own_past(session, work.now(), progress=lambda done, of, stage: None)
    >>> found.parents, found.parents_missing
    (None, 21)
    """
    records = read_past_records(session, now)
    progress(0, 100, _WATCHING)
    sizes = check_sizes(courses_of(records.posts, until=records.reach))
    progress(30, 100, _HIDING)
    hidden = _check_parents(records)
    told = within(progress, 45, 100)
    influence = _influence(session, read_own_past(session, now), told)
    return replace(hidden, sizes=sizes, influence=influence.found, influence_missing=influence.missing)


def check_sizes(courses: Sequence[Course]) -> tuple[SizeCheck, ...]:
    """Watch cascades that are over for some hours and foretell their size.

    Examples
    --------
    >>> course = Course.from_moments([0.0, 60.0, 3_600.0], start=0.0, until=9e6)
    >>> check_sizes([course])[0]
    SizeCheck(hours=1.0, posts=10, found=None, missing=31)
    """
    life = over_after(courses)
    over = [
        replace(one, followed=inf) for one in courses if one.followed >= life and one.times.size >= _POSTS
    ]
    watched = (hours for hours in _WATCHED if hours * _HOUR <= life / 2)
    return tuple(_check_size(over[-_MOST_COURSES:], hours) for hours in watched)


def _check_size(over: Sequence[Course], hours: float) -> SizeCheck:
    look = Look(window=hours * _HOUR, least=_POSTS)
    known = sum(look.moment(one) is not None for one in over)
    if known < _FEWEST_KNOWN:
        return SizeCheck(hours, _POSTS, None, _FEWEST_KNOWN - known)
    return SizeCheck(hours, _POSTS, evaluate_courses(over, look, _TEST_SHARE))


def _check_parents(records: PastRecords) -> OwnPastCheck:
    posts = records.posts.newest(_MOST_POSTS)
    answers = int(np.count_nonzero(posts.parent_is_here))
    if answers < _FEWEST_ANSWERS:
        return OwnPastCheck(parents_missing=_FEWEST_ANSWERS - answers)
    return OwnPastCheck(parents=evaluate_posts(posts, records.ties))


def _influence(session: Session, past: OwnPast, progress: Progress) -> InfluenceCheck:
    """Take the figures kept with what was learned from this very past, else learn for them."""
    known = newest_parameters(session)
    kept = known.metrics.get("check") if known and known.data_hash == past.data_hash() else None
    return InfluenceCheck(from_json(InfluenceEvaluation, kept)) if kept else check_influence(past, progress)


def read_past_records(session: Session, now: datetime) -> PastRecords:
    """Read posts and the ties of files; authors are named by person where the person is known.

    Examples
    --------
    >>> records = read_past_records(session, work.now())
    >>> len(records.posts), len(records.ties)
    (7, 6)
    """
    newest = newest_post(session)
    return PastRecords(
        _posts(session),
        tuple(
            PastTie(
                NodeKey.of_account(tie.source_id, tie.source_person),
                NodeKey.of_account(tie.target_id, tie.target_person),
                tie.probability,
            )
            for tie in read_listed_ties(session)
        ),
        min(now, newest or now).timestamp(),
    )


def _posts(session: Session) -> PastColumns:
    rows, followers = read_past_posts(session), most_followers(session)
    author = rows.author.tolist()
    known = dict(zip(zip(rows.platform, rows.handle, strict=True), author, strict=True))
    named = {
        place: known.get((rows.platform[place], source_named(text, rows.kind[place])))
        for place, text in enumerate(rows.text)
        if text
    }
    return PastColumns.named(
        (rows.post_id, rows.parent_id, rows.root_id),
        at=rows.at,
        author=author,
        names={place: one for place, one in named.items() if one is not None},
        followers=np.array([followers.get(one, np.nan) for one in author], np.float64),
        is_answer=np.array([kind in ANSWERS for kind in rows.kind], np.bool_),
        platform=rows.platform,
    )

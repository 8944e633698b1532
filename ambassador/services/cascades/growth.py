"""Where running cascades are heading, as earlier ones let expect, and which of them went another way."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice
from typing import Final

import numpy as np

from ambassador.propagation.arrays import FloatArray, Int64Array
from ambassador.propagation.growth import Course, Growth, Look, learn_growth, progress_shares
from ambassador.propagation.growth.growth import LEAST, Expectation
from ambassador.propagation.growth.pace import DAY, LIFE, reached_by, round_span
from ambassador.services.cascades.cascade_measures import Measured, measure
from ambassador.services.cascades.forest import CampaignForest, branch_below, read_campaign_forest
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.campaigns import zone_of_days
from ambassador.store.cascades.cascades import Face, read_faces
from ambassador.values.cascades.cascades import Pace
from ambassador.values.cascades.growth import CascadeAlarm, CascadeOutlook, ConePoint, GrowthView, Heading

_DAY: Final = 86400.0
_BUSY: Final = 3
"""Posts a day from which a day without any is worth a look."""
_SPIKE: Final = 10
_LEVEL: Final = 90
_MOST: Final = 5
"""Cascades looked at closely."""
_KEPT: Final = 32
_USUAL: Final = 7 * DAY
_AHEAD: Final = 1.2
_NEWEST: Final = 200
"""Past cascades learned from, the newest: more cost time and tell of older habits."""
_STEPS: Final = 12
_SHOWN: Final = 3
_SMALLEST: Final = 1.0


@dataclass(frozen=True, slots=True)
class _Question:
    """A look and the past it is asked of; two are the same where every moment is."""

    look: Look
    fingerprint: bytes
    past: tuple[Course, ...] = field(compare=False)


@dataclass(frozen=True, eq=False)
class Courses:
    """All cascades of the organisation over time, the oldest first; one is cut out when it is asked for."""

    trees: CampaignForest
    members: Int64Array
    """Posts by cascade."""
    ends: Int64Array
    """Where each cascade's stretch of ``members`` begins; one more at the end."""
    roots: Int64Array
    """Number of each cascade's first post in the forest."""

    @property
    def reach(self) -> float:
        """The moment the data reach to."""
        return self.trees.as_of.timestamp()

    @property
    def started(self) -> FloatArray:
        """When each began."""
        return self.trees.times[self.roots]

    @property
    def sizes(self) -> Int64Array:
        """Count the posts of each."""
        return np.diff(self.ends)

    def __len__(self) -> int:
        return self.roots.size

    def root_ids(self) -> Int64Array:
        """Return the mention each begins with."""
        return self.trees.posts.ids[self.roots]

    def place_of(self, root_id: int) -> int:
        """Find the cascade that begins with a mention."""
        return int(np.flatnonzero(self.root_ids() == root_id)[0])

    def course(self, place: int) -> Course:
        """Cut out one cascade."""
        inside = self.members[self.ends[place] : self.ends[place + 1]]
        start = float(self.trees.times[self.roots[place]])
        return Course.from_moments(self.trees.times[inside], start=start, until=self.reach)

    def by_root(self) -> dict[int, Course]:
        """Return every cascade by the mention it begins with."""
        return {root: self.course(place) for place, root in enumerate(self.root_ids().tolist())}

    def known_until(self, horizon: float, *, but: int) -> tuple[Course, ...]:
        """Return the newest cascades followed up to a horizon, without one."""
        followed = np.maximum(self.reach - self.started, 0.0)
        wanted = (followed >= horizon) & (self.sizes >= LEAST) & (self.root_ids() != but)
        found = (self.course(place) for place in np.flatnonzero(wanted)[::-1].tolist())
        kept = islice((course for course in found if course.times.size >= LEAST), _NEWEST)
        return tuple(reversed(tuple(kept)))


def cascade_courses(trees: CampaignForest) -> Courses:
    """Part all posts into cascades over time.

    Examples
    --------
    >>> courses = cascade_courses(read_campaign_forest(session, work.now(), 1))
    >>> {root: course.times.size for root, course in courses.by_root().items()}
    {1: 4, 5: 1}
    """
    first = np.flatnonzero(trees.forest.parent < 0)
    roots = first[np.lexsort((first, trees.times[first]))]
    place = np.full(trees.forest.parent.size, -1, np.int64)
    place[roots] = np.arange(roots.size)
    group = place[trees.forest.root]
    sizes = np.bincount(group, minlength=roots.size)
    return Courses(
        trees,
        np.argsort(group, kind="stable"),
        np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        roots,
    )


def ages_of(trees: CampaignForest) -> tuple[FloatArray, FloatArray]:
    """Return seconds since the start of its cascade for every post, and how long each cascade is followed.

    Examples
    --------
    >>> ages, followed = ages_of(read_campaign_forest(session, work.now(), 1))
    >>> ages.size == followed.size == 5
    True
    """
    start = trees.times[trees.forest.root]
    followed = np.maximum(trees.as_of.timestamp() - start, 0.0)
    age = np.maximum(trees.times - start, 0.0)
    known = age <= followed
    return age[known], followed[known]


def observe_growth(
    work: UnitOfWork, campaign_id: int | None = None, *, root_id: int | None = None, most: int = _SHOWN
) -> GrowthView:
    """Tell where the largest running cascades are heading, or the one asked for.

    Examples
    --------
    >>> found = observe_growth(work, campaign, root_id=1)
    >>> [(one.handle, one.seen, one.heading.value) for one in found.outlooks]
    [('nina', 4, 'over')]
    """
    with work.reading() as session:
        zone = zone_of_days(session, campaign_id) or "UTC"
        everything = read_campaign_forest(session, work.now())
        trees = (
            read_campaign_forest(session, work.now(), campaign_id) if campaign_id is not None else everything
        )
        measured = measure(trees, work.now())
        places = _running(measured) if root_id is None else _place_of(measured, root_id)
        faces = read_faces(session, [_root(measured, place) for place in places[:most]])
    past, shown = cascade_courses(everything), cascade_courses(trees)
    outlooks = tuple(
        _outlook(measured, place, faces[_root(measured, place)], shown, past) for place in places[:most]
    )
    return GrowthView(outlooks, trees.as_of if trees.posts else None, zone, max(len(places) - most, 0))


def outlook_of_branch(work: UnitOfWork, root_id: int) -> CascadeOutlook | None:
    """Tell where what hangs on one post is heading, as if it were a cascade of its own; None: it is gone.

    Examples
    --------
    >>> found = outlook_of_branch(work, 3)
    >>> found.seen, found.heading.value
    (3, 'over')
    """
    with work.reading() as session:
        everything = read_campaign_forest(session, work.now())
        branch = branch_below(everything, root_id)
        if branch is None:
            return None
        face = read_faces(session, [root_id])[root_id]
    measured = measure(branch, work.now())
    (place,) = _place_of(measured, root_id)
    own = int(everything.forest.root[np.flatnonzero(everything.posts.ids == root_id)[0]])
    but = int(everything.posts.ids[own])
    return _outlook(measured, place, face, cascade_courses(branch), cascade_courses(everything), but)


def _running(measured: Measured) -> list[int]:
    return [
        place
        for place, cascade in enumerate(measured.cascades)
        if measured.paces[place] is not Pace.OVER and cascade.size > 1
    ]


def _place_of(measured: Measured, root_id: int) -> list[int]:
    return [place for place in range(len(measured.cascades)) if _root(measured, place) == root_id]


def _root(measured: Measured, place: int) -> int:
    return measured.trees.posts[measured.cascades[place].root_number].id


def _outlook(
    measured: Measured, place: int, face: Face, shown: Courses, past: Courses, but: int | None = None
) -> CascadeOutlook:
    """Look ahead; the cascade that begins with ``but``, else this one itself, is no past of it."""
    root = _root(measured, place)
    place_shown = shown.place_of(root)
    course, start = shown.course(place_shown), float(shown.started[place_shown])
    heading, growth = Heading.TOO_EARLY, None
    cone: tuple[ConePoint, ...] = ()
    if measured.paces[place] is Pace.OVER:
        heading = Heading.OVER
    elif course.times.size >= LEAST:
        heading = Heading.OPEN
        growth, cone = _cone(course, start, past, root if but is None else but)
    return CascadeOutlook(
        root_id=root,
        handle=face.handle,
        platform=face.platform,
        started_at=_moment(start),
        heading=heading,
        pace=measured.paces[place],
        reproduction=float(measured.reproduction[place]),
        seen=course.times.size,
        curve=tuple((_moment(start + at), count) for count, at in enumerate(course.times.tolist(), start=1)),
        cone=cone,
        learned_from=growth.comparable if growth else 0,
        rests_on_a_prior=growth.rests_on_a_prior if growth else True,
    )


def _cone(
    course: Course, start: float, past: Courses, root: int
) -> tuple[Growth | None, tuple[ConePoint, ...]]:
    window = max(course.followed, _SMALLEST)
    horizon = _horizon(past.known_until(0.0, but=root), window)
    earlier = past.known_until(horizon, but=root)
    growth = growth_after(earlier, Look(window=window, horizon=horizon))
    expected = growth.expect(course)
    if expected is None:
        return None, ()
    moments = np.geomspace(window, horizon, _STEPS + 1)
    shares = progress_shares(earlier, window, horizon, moments)
    return growth, tuple(
        _point(start + moment, share, expected)
        for moment, share in zip(moments.tolist(), shares.tolist(), strict=True)
    )


def _point(at: float, share: float, expected: Expectation) -> ConePoint:
    """Spread what is to come over time as it came in earlier cascades."""

    def by_then(end: float) -> float:
        return expected.seen + share * (end - expected.seen)

    return ConePoint(
        _moment(at),
        by_then(expected.middle),
        {
            level: (round(by_then(low)), round(by_then(high)))
            for level, (low, high) in expected.intervals.items()
        },
    )


def _horizon(past: Sequence[Course], window: float) -> float:
    """Take the round span by which nine in ten earlier cascades were over, at least a little ahead."""
    lives, followed = (
        np.array(column) for column in ([c.times[-1] for c in past], [c.followed for c in past])
    )
    wanted = max(reached_by(LIFE, lives, followed) or _USUAL, _AHEAD * window)
    return round_span(wanted) or _AHEAD * window


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def cascade_alarms(work: UnitOfWork, campaign_id: int) -> tuple[CascadeAlarm, ...]:
    """Compare the last day of every running cascade with what the day before let expect.

    Examples
    --------
    >>> cascade_alarms(work, campaign)
    ()
    """
    with work.reading() as session:
        everything = cascade_courses(read_campaign_forest(session, work.now()))
        own = cascade_courses(read_campaign_forest(session, work.now(), campaign_id))
        courses = {root: course for root, course in _recent(own) if _is_odd(course)}
        doubtful = list(courses)[-_MOST:]
        faces = read_faces(session, doubtful)
        found = []
        for root in doubtful:
            course = courses[root]
            look = Look(window=course.followed - _DAY, horizon=course.followed)
            expected = growth_after(everything.known_until(look.horizon, but=root), look).expect(course)
            if expected is None:
                continue
            low, high = (end - expected.seen for end in expected.intervals[_LEVEL])
            came = course.times.size - expected.seen
            if not low <= came <= high:
                found.append(CascadeAlarm(root, faces[root].handle, came, low, high))
    return tuple(found)


def _recent(own: Courses) -> Iterator[tuple[int, Course]]:
    """Return the cascades that can be odd: those in which something was posted in the last two days."""
    age = own.reach - own.trees.times[own.members]
    if not age.size:
        return
    newest = np.minimum.reduceat(age, own.ends[:-1])
    for place in np.flatnonzero(newest < 2 * _DAY).tolist():
        yield int(own.trees.posts.ids[own.roots[place]]), own.course(place)


def _is_odd(course: Course) -> bool:
    """Check whether the last day is worth comparing: none after a busy day, or very many."""
    if course.followed <= _DAY:
        return False
    last, before = list(_by_day(course))
    return (last == 0 and before >= _BUSY) or (last >= _SPIKE and last > before)


def _by_day(course: Course) -> Iterator[int]:
    for days in (0, 1):
        end = course.followed - days * _DAY
        yield course.count_by(end) - course.count_by(max(end - _DAY, -1.0))


def growth_after(past: Sequence[Course], look: Look) -> Growth:
    """Learn how cascades go on after a look, or give what was learned from the same past before."""
    digest = hashlib.blake2b()
    for course in past:
        digest.update(f"{course.times.size} {course.followed};".encode())
        digest.update(course.times.tobytes())
    return _learned(_Question(look, digest.digest(), tuple(past)))


@lru_cache(maxsize=_KEPT)
def _learned(question: _Question) -> Growth:
    return learn_growth(question.past, question.look)

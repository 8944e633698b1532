"""Cascades that fell silent where talk was expected, or took off beyond what was expected."""

from collections.abc import Iterator
from typing import Final

from ambassador.propagation.growth import Course, Look
from ambassador.services.cascades.forest import read_campaign_forest
from ambassador.services.cascades.growth import cascade_courses
from ambassador.services.cascades.learned_growth import growth_after
from ambassador.services.work import UnitOfWork
from ambassador.store.cascades.cascades import read_faces
from ambassador.values.cascades.growth import CascadeAlarm

_DAY: Final = 86400.0
_BUSY: Final = 3
"""Posts a day from which a day without any is worth a look."""
_SPIKE: Final = 10
_LEVEL: Final = 90
_MOST: Final = 5
"""Cascades looked at closely."""


def cascade_alarms(work: UnitOfWork, campaign_id: int) -> tuple[CascadeAlarm, ...]:
    """Compare the last day of every running cascade with what the day before let expect."""
    with work.reading() as session:
        everything = cascade_courses(read_campaign_forest(session, work.now()))
        own = cascade_courses(read_campaign_forest(session, work.now(), campaign_id))
        doubtful = [root for root, course in own.by_root.items() if _is_odd(course)][-_MOST:]
        faces = read_faces(session, doubtful)
        found = []
        for root in doubtful:
            course = own.by_root[root]
            look = Look(window=course.followed - _DAY, horizon=course.followed)
            expected = growth_after(everything.known_until(look.horizon, but=root), look).expect(course)
            if expected is None:
                continue
            low, high = (end - expected.seen for end in expected.intervals[_LEVEL])
            came = course.times.size - expected.seen
            if not low <= came <= high:
                found.append(CascadeAlarm(root, faces[root].handle, came, low, high))
    return tuple(found)


def _is_odd(course: Course) -> bool:
    """Say whether the last day is worth comparing: none after a busy day, or very many."""
    if course.followed <= _DAY:
        return False
    last, before = list(_by_day(course))
    return (last == 0 and before >= _BUSY) or (last >= _SPIKE and last > before)


def _by_day(course: Course) -> Iterator[int]:
    for days in (0, 1):
        end = course.followed - days * _DAY
        yield course.count_by(end) - course.count_by(max(end - _DAY, -1.0))

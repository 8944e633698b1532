"""What departs in a perimeter from its own past: one finding per branch, not one per post."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from math import ceil
from typing import Final

import numpy as np

from ambassador.metrics.arrays import IntArray
from ambassador.metrics.incidents import departures, find_episodes, silences
from ambassador.metrics.incidents.scan import QUIET, Episode
from ambassador.metrics.incidents.usual_rate import BIN, BINS_A_DAY
from ambassador.metrics.incidents.walk import PAST_DAYS, Walked, walk_weeks
from ambassador.propagation.cascades.bursts import burst_branches, hang_on
from ambassador.services.incidents.streams import Stream, hours_of_week
from ambassador.values.incidents import Departing, IncidentKind

SCANNED_DAYS: Final = 90
"""How far back departures are looked for."""
LEAST: Final = {IncidentKind.SPIKE: 5, IncidentKind.COMPLAINTS: 3, IncidentKind.SILENCE: 1}
"""Fewer posts than this are never an incident."""
_WEEK: Final = 7 * BINS_A_DAY
_TOLD: Final = 1 / 3
"""Share of what is more than usual, from which a branch is told."""
_KEY: Final = 16
"""Of the randomness: the same posts are always judged the same way."""
_MONDAY: Final = 4 * BINS_A_DAY
"""1 January 1970 was a Thursday: four days later the first week begins."""


@dataclass(frozen=True, eq=False)
class Detected:
    """What departs, and by which look at the past."""

    departing: tuple[Departing, ...]
    walked: Walked


def find_departing(stream: Stream, kind: IncidentKind) -> Detected:
    """Find what departs from the past in the last 90 days of the data.

    Examples
    --------
    >>> from ambassador.services.incidents.streams import read_stream
    >>> from ambassador.values.perimeters import PerimeterRef
    >>> stream = read_stream(session, PerimeterRef(campaign, is_campaign=True), work.now())
    >>> found = find_departing(stream, IncidentKind.SPIKE)
    >>> found.departing, found.walked.missing_days > 0
    ((), True)
    """
    last = int(stream.reach // BIN)
    # The quarter of an hour that is not over cannot say that nothing came
    last -= kind is IncidentKind.SILENCE
    judged = _week_of(last - SCANNED_DAYS * BINS_A_DAY)
    first = judged - PAST_DAYS * BINS_A_DAY
    bins = last - first + 1
    weeks = np.arange(judged - first, bins, _WEEK)
    everything = _counted(stream, IncidentKind.SPIKE, first, bins)
    counts = _counted(stream, kind, first, bins)
    is_silence = kind is IncidentKind.SILENCE
    quiet = 1 if is_silence else QUIET
    walked = walk_weeks(
        counts,
        hours_of_week(first, bins, stream.zone),
        weeks,
        silences if is_silence else partial(departures, least=LEAST[kind]),
        of=everything,
        quiet=quiet,
        key=_KEY,
    )
    episodes = find_episodes(walked.departure, 1.0, quiet=quiet)
    found = _silences(episodes, walked, first) if is_silence else ()
    if not is_silence:
        found = tuple(_bursts(stream, kind, episodes, walked, first))
    return Detected(tuple(sorted(found, key=lambda one: one.noticed_at)), walked)


def members_of(
    stream: Stream, kind: IncidentKind, root_id: int | None, began_at: datetime, last_at: datetime
) -> IntArray:
    """Return the places of the posts that take part: of a branch also those of the day after.

    Examples
    --------
    >>> from datetime import timedelta
    >>> from ambassador.services.incidents.streams import read_stream
    >>> from ambassador.values.perimeters import PerimeterRef
    >>> stream = read_stream(session, PerimeterRef(campaign, is_campaign=True), work.now())
    >>> since = work.now() - timedelta(days=300)
    >>> members_of(stream, IncidentKind.SPIKE, 1, since, work.now()).size
    4
    """
    places, times = stream.places_of(kind), stream.times_of(kind)
    begins, ends = began_at.timestamp(), last_at.timestamp() + BIN
    if root_id is None:
        return places[(times >= begins) & (times < ends)]
    near = places[(times >= begins) & (times < ends + QUIET * BIN)]
    root = np.flatnonzero(stream.trees.posts.ids == root_id)
    if not root.size:
        return near[:0]
    return near[hang_on(stream.trees.forest.parent, near, int(root[0]))]


def _counted(stream: Stream, kind: IncidentKind, first: int, bins: int) -> IntArray:
    at = (stream.times_of(kind) // BIN).astype(np.int64) - first
    inside = at[(at >= 0) & (at < bins)]
    return np.bincount(inside, minlength=bins).astype(np.int64)


def _week_of(number: int) -> int:
    return (number - _MONDAY) // _WEEK * _WEEK + _MONDAY


def _silences(episodes: Sequence[Episode], walked: Walked, first: int) -> tuple[Departing, ...]:
    last = walked.expected.size - 1
    return tuple(
        Departing(
            kind=IncidentKind.SILENCE,
            root_id=None,
            began_at=_moment(first + one.first),
            noticed_at=_moment(first + one.noticed + 1),
            last_at=_moment(first + one.last),
            posts=0,
            expected=float(walked.expected[one.first : one.last + 1].sum()),
            is_calm=one.last < last,
        )
        for one in episodes
    )


def _bursts(
    stream: Stream, kind: IncidentKind, episodes: Sequence[Episode], walked: Walked, first: int
) -> Iterator[Departing]:
    branches: dict[int, Departing] = {}
    for one in episodes:
        for found in _parted(stream, kind, one, walked, first):
            if found.root_id is None:
                yield found
                continue
            known = branches.get(found.root_id)
            branches[found.root_id] = found if known is None else _joined(known, found)
    for root_id, found in branches.items():
        members = members_of(stream, kind, root_id, found.began_at, found.last_at)
        yield replace(found, posts=int(members.size))


def _parted(
    stream: Stream, kind: IncidentKind, one: Episode, walked: Walked, first: int
) -> Iterator[Departing]:
    """Part an episode into the branches that make it, and what hangs on none of them."""
    places, times = stream.places_of(kind), stream.times_of(kind)
    begins, ends = (first + one.first) * BIN, (first + one.last + 1) * BIN
    burst = places[(times >= begins) & (times < ends)]
    expected = float(walked.expected[one.first : one.last + 1].sum())
    excess = max(burst.size - expected, 1.0)
    inside = np.zeros(len(stream.trees.posts), np.bool_)
    inside[burst] = True
    least = max(LEAST[kind], ceil(_TOLD * excess))
    told, rest = burst_branches(stream.trees.forest.parent, inside, least=least)
    whole = Departing(
        kind=kind,
        root_id=None,
        began_at=_moment(first + one.first),
        noticed_at=_moment(first + one.noticed + 1),
        last_at=_moment(first + one.last),
        posts=rest,
        expected=expected,
        is_calm=walked.expected.size - 1 - one.last > QUIET,
    )
    for branch in told:
        yield replace(whole, root_id=int(stream.trees.posts.ids[branch.node]), posts=branch.posts)
    if not told or rest - expected >= least:
        yield whole


def _joined(known: Departing, later: Departing) -> Departing:
    """Make one of two departures of the same branch."""
    return replace(
        known,
        last_at=later.last_at,
        posts=known.posts + later.posts,
        expected=known.expected + later.expected,
        is_calm=later.is_calm,
    )


def _moment(number: int) -> datetime:
    return datetime.fromtimestamp(number * BIN, UTC)

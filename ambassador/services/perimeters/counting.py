"""How much perimeters hold: before one is saved, in all, and day by day side by side."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
from sqlmodel import Session

from ambassador.services.mentions.mentions import find_mentions
from ambassador.services.perimeters.reading import cards_in, filter_in
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.campaigns import zone_of_days
from ambassador.store.kept import kept_for
from ambassador.store.mentions.holding import live_posts, places_held, places_labelled
from ambassador.store.mentions.totals import count_without_language
from ambassador.values.days import day_begins, day_in, lies_on_the_hour
from ambassador.values.mentions.mentions import MentionFilter
from ambassador.values.mentions.perimeter_rules import PerimeterRule, checked_rule
from ambassador.values.perimeters import HubCounts, PerimeterCount, PerimeterPreview, PerimeterRef
from ambassador.values.status import Label

WINDOW = 90
"""Days that are told side by side, unless others are asked for."""
_SHOWN = 3
_MINUTE, _HOUR = 60, 3_600


def preview_perimeter(work: UnitOfWork, rule: PerimeterRule) -> PerimeterPreview:
    """Say how much a rule would hold, with the newest posts of it, before it is saved.

    Examples
    --------
    >>> found = preview_perimeter(work, PerimeterRule(hashtags=("q1brezza",)))
    >>> found.mentions <= found.of
    True
    """
    wanted = MentionFilter(perimeter=checked_rule(rule), limit=_SHOWN)
    with work.reading() as session:
        mentions, there = places_held(session, wanted).size, live_posts(session).ids.size
        silent = count_without_language(session) if rule.languages else 0
    return PerimeterPreview(mentions, there, silent, find_mentions(work, wanted).rows)


def count_perimeters(
    work: UnitOfWork,
    first: date | None = None,
    last: date | None = None,
    campaign_id: int | None = None,
    *,
    days: int = WINDOW,
) -> HubCounts:
    """Count what every perimeter holds: in all, complaints among it, and by day from first to last.

    Days are those of the zone that campaigns share, or of the campaign's; without them the last 90 until
    the newest mention, or so many as ``days`` says.

    Examples
    --------
    >>> (one,) = count_perimeters(work).perimeters
    >>> one.card.name, one.mentions, one.in_days
    ('Q1 Launch', 5, 5)
    """
    with work.reading(one_moment=True) as session:
        zone = zone_of_days(session, campaign_id) or "UTC"
        cards = cards_in(session)
        last = last or _last_day(session, zone) or day_in(zone, work.now())
        first = first or last - timedelta(days=days - 1)
        wanted = tuple((card.ref, filter_in(session, card.ref)) for card in cards)
        told = Days(first, last, zone)
        found = kept_for(session, "perimeters", (wanted, told), lambda: _count_all(session, wanted, told))
    counted = (PerimeterCount(card, *found[card.ref]) for card in cards)
    return HubCounts(tuple(counted), first, last, zone)


class Days(NamedTuple):
    """From one day to another, of a time zone."""

    first: date
    last: date
    zone: str

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The first instant, and the first one after the last day."""
        return day_begins(self.first, self.zone), day_begins(self.last + timedelta(days=1), self.zone)


_Counted = tuple[int, int, tuple[tuple[date, int], ...]]


def _last_day(session: Session, zone: str) -> date | None:
    posted = live_posts(session).posted
    return day_in(zone, datetime.fromtimestamp(posted.max(), UTC)) if posted.size else None


def _count_all(
    session: Session, wanted: Sequence[tuple[PerimeterRef, MentionFilter]], days: Days
) -> Mapping[PerimeterRef, _Counted]:
    return {ref: _count(session, one, days) for ref, one in wanted}


def _count(session: Session, wanted: MentionFilter, days: Days) -> _Counted:
    held = places_held(session, wanted)
    complaints = np.intersect1d(held, places_labelled(session, Label.COMPLAINT), assume_unique=True)
    return held.size, complaints.size, _by_day(live_posts(session).posted[held], days)


def _by_day(posted: npt.NDArray[np.float64], days: Days) -> tuple[tuple[date, int], ...]:
    begins, ends = days.moments
    here = ZoneInfo(days.zone)
    step = _HOUR if lies_on_the_hour(begins, ends, here) else _MINUTE
    inside = posted[(posted >= begins.timestamp()) & (posted < ends.timestamp())]
    stretches, mentions = np.unique((inside // step).astype(np.int64), return_counts=True)
    counts = Counter[date]()
    for stretch, count in zip(stretches.tolist(), mentions.tolist(), strict=True):
        counts[datetime.fromtimestamp(stretch * step, here).date()] += count
    return tuple(sorted(counts.items()))

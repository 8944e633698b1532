"""The posts of a perimeter as columns: when each came, whether it complains, from what it hangs."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
from sqlmodel import Session

from ambassador.metrics.arrays import FloatArray, IntArray
from ambassador.metrics.incidents.usual_rate import BIN
from ambassador.services.cascades.forest import CampaignForest, read_campaign_forest
from ambassador.store.campaigns.campaigns import get_campaign, zone_of_days
from ambassador.store.incidents.posts import negative_posts
from ambassador.store.mentions.holding import live_posts, places_held
from ambassador.store.perimeters.perimeters import get_perimeter, rule_of, rules_of
from ambassador.values.incidents import IncidentKind
from ambassador.values.mentions.mentions import MentionFilter
from ambassador.values.mentions.perimeter_rules import PerimeterRule
from ambassador.values.perimeters import PerimeterRef

_HOUR: Final = 3_600
_HALF_HOUR: Final = 1_800
_KEPT: Final = 8


@dataclass(frozen=True, eq=False)
class Stream:
    """The posts of a perimeter that are not our own, oldest first."""

    trees: CampaignForest
    """All posts."""
    places: IntArray
    """Of the stream's posts in ``trees``, rising."""
    complains: np.ndarray[tuple[int], np.dtype[np.bool_]]
    """Which of them are known as complaints."""
    zone: str

    @property
    def reach(self) -> float:
        """The moment the data reach to: until the newest post of all."""
        return self.trees.as_of.timestamp()

    def places_of(self, kind: IncidentKind) -> IntArray:
        """Return the posts that matter for a kind of incident."""
        return self.places[self.complains] if kind is IncidentKind.COMPLAINTS else self.places

    def times_of(self, kind: IncidentKind) -> FloatArray:
        """Return when these were posted."""
        return self.trees.times[self.places_of(kind)]


def read_stream(session: Session, ref: PerimeterRef, now: datetime) -> Stream:
    """Read the posts of a perimeter.

    Examples
    --------
    >>> read_stream(session, PerimeterRef(campaign, is_campaign=True), work.now()).places.tolist()
    [0, 1, 2, 3, 4]
    """
    trees = read_campaign_forest(session, now)
    live = live_posts(session)
    held = np.zeros(len(trees.posts), np.bool_)
    at = np.searchsorted(live.ids, trees.posts.ids)
    inside = np.zeros(live.ids.size + 1, np.bool_)
    inside[places_held(session, filter_of_ref(session, ref))] = True
    held[:] = inside[np.minimum(at, live.ids.size)]
    held &= ~trees.posts.brands & (trees.times <= trees.as_of.timestamp())
    places = np.flatnonzero(held)
    complains = np.isin(trees.posts.ids[places], negative_posts(session))
    zone = zone_of_days(session, ref.number if ref.is_campaign else None) or "UTC"
    return Stream(trees, places, complains, zone)


def filter_of_ref(session: Session, ref: PerimeterRef) -> MentionFilter:
    """Return the filter that finds what a perimeter holds.

    Examples
    --------
    >>> filter_of_ref(session, PerimeterRef(campaign, is_campaign=True)).campaign_id == campaign
    True
    """
    if ref.is_campaign:
        return MentionFilter(campaign_id=get_campaign(session, ref.number).id)
    get_perimeter(session, ref.number)
    newest = rules_of(session, ref.number)[:1]
    return MentionFilter(perimeter=rule_of(newest[0]) if newest else PerimeterRule())


def name_of(session: Session, ref: PerimeterRef) -> str:
    """Say what a perimeter is called.

    Examples
    --------
    >>> name_of(session, PerimeterRef(campaign, is_campaign=True))
    'Q1 Launch'
    """
    if ref.is_campaign:
        return get_campaign(session, ref.number).name
    return get_perimeter(session, ref.number).name


def hours_of_week(first: int, bins: int, zone: str) -> IntArray:
    """Say of which of the 168 hours of a week each quarter of an hour is, by the clock on the wall.

    Where the clock is put back an hour of the wall comes twice, where it is put forward one does not come.

    Examples
    --------
    >>> last_of_march = int(datetime(2026, 3, 29, 0, 30, tzinfo=UTC).timestamp()) // BIN
    >>> hours_of_week(last_of_march, 5, "Europe/Rome").tolist()  # Sunday at half past one
    [145, 145, 147, 147, 147]
    """
    return _hours_of_week(first, bins, zone).copy()


@lru_cache(maxsize=_KEPT)
def _hours_of_week(first: int, bins: int, zone: str) -> IntArray:
    here = ZoneInfo(zone)
    begins = np.arange(first, first + bins) * BIN
    # Clocks change at full and at half hours of UTC
    halves, of = np.unique(begins // _HALF_HOUR, return_inverse=True)
    offsets = [
        datetime.fromtimestamp(half * _HALF_HOUR, UTC).astimezone(here).utcoffset()
        for half in halves.tolist()
    ]
    shifts = np.array([one.total_seconds() if one else 0.0 for one in offsets], np.int64)
    monday = 3 * 24 * _HOUR  # 1 January 1970 was a Thursday
    found: IntArray = (begins + shifts[of] + monday) // _HOUR % 168
    return found

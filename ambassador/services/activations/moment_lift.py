"""What a moment brought: posts that came by themselves in its hours, held against other days."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlmodel import Session

from ambassador.i18n import mark
from ambassador.metrics.lift import LiftLaw, law_from_earlier, lift_over, stated_law
from ambassador.store.activations.moments import arrivals, last_post, settled_moments
from ambassador.store.tables.activations import Activation, Moment
from ambassador.values.activations.moments import HoursCompared, MomentLift
from ambassador.values.activations.states import LiftBasis
from ambassador.values.imports.imports import Note

AFTER: Final = timedelta(hours=6)
"""How long after a moment is over posts are held against other days: as long as half of the answers to a post
take before anything is learned."""
_FEWEST: Final = {LiftBasis.WEEKS: 3, LiftBasis.DAYS: 5}
"""The same hours have to be known of as many others."""
_STEPS: Final = {LiftBasis.WEEKS: (7, 12), LiftBasis.DAYS: (1, 14)}
"""Days from one to the next, and how many either way."""

FUTURE: Final = mark("It has not been yet, or its hours are not over.")
NO_POSTS: Final = mark("No post as late as its hours has come in yet: bring in the mentions first.")
OVERLAP: Final = mark("{name} falls into the same hours: which of the two brought what cannot be told.")
SHORT: Final = mark(
    "Too little is known of other days: the same hours of 3 other weeks or of 5 other days are needed; known "
    "are {weeks} weeks and {days} days."
)


@dataclass(frozen=True, slots=True)
class Window:
    """The hours of a moment, and those in which what it brings is looked for."""

    begins: datetime
    ends: datetime

    @classmethod
    def of(cls, moment: Moment) -> "Window":
        """Give the hours of a moment with those after it."""
        return cls(moment.begins_at, moment.begins_at + timedelta(minutes=moment.minutes) + AFTER)

    def meets(self, other: "Window") -> bool:
        """Whether the two have time in common."""
        return self.begins < other.ends and other.begins < self.ends

    def holds(self, at: datetime) -> bool:
        """Whether a moment lies in these hours."""
        return self.begins <= at < self.ends

    def moved(self, days: int, zone: ZoneInfo) -> "Window":
        """Give the same hours, by the clocks of a zone, of a day earlier or later."""
        local = self.begins.astimezone(zone).replace(tzinfo=None) + timedelta(days=days)
        begins = local.replace(tzinfo=zone).astimezone(UTC)
        return Window(begins, begins + (self.ends - self.begins))


@dataclass(frozen=True)
class MomentBoard:
    """All settled moments, and what came by itself around each."""

    settled: Sequence[tuple[Activation, Moment]]
    came: dict[int | None, list[datetime]]
    """By campaign (None: of all) when posts came by themselves."""
    known_until: datetime | None

    @classmethod
    def read(cls, session: Session, also: tuple[Activation, Moment] | None = None) -> "MomentBoard":
        """Read every settled moment, and one more that may be a draft."""
        settled = list(settled_moments(session))
        if also is not None and all(row.id != also[0].id for row, _ in settled):
            settled.append(also)
        scopes = {row.campaign_id for row, _ in settled}
        return cls(settled, {one: arrivals(session, one) for one in scopes}, last_post(session))

    def lift(self, row: Activation, moment: Moment, now: datetime) -> MomentLift:
        """Hold the hours of a moment against the same hours of other days, or say why that cannot be."""
        window, zone = Window.of(moment), ZoneInfo(row.time_zone)
        others = [(one.title, Window.of(it)) for one, it in self._beside(row)]
        met = next((name for name, other in others if window.meets(other)), None)
        if now < window.ends:
            return MomentLift(why=Note(FUTURE))
        if self.known_until is None or self.known_until < window.begins:
            return MomentLift(why=Note(NO_POSTS))
        placed = [at for at in self.came[row.campaign_id] if not _is_dateless(at, zone)]
        unplaced = _unplaced(self.came[row.campaign_id], window, zone)
        came = _count(placed, window)
        if met is not None:
            return MomentLift(came=came, unplaced=unplaced, why=Note(OVERLAP, {"name": met}))
        free = [*(other for _, other in others), window]
        known = Window(placed[0], min(now, self.known_until)) if placed else None
        found = {basis: _same_hours(window, basis, known, free, zone) for basis in LiftBasis}
        basis = next((one for one in LiftBasis if len(found[one]) >= _FEWEST[one]), None)
        if basis is None:
            counts = {"weeks": len(found[LiftBasis.WEEKS]), "days": len(found[LiftBasis.DAYS])}
            return MomentLift(came=came, unplaced=unplaced, why=Note(SHORT, counts))
        compared = tuple(
            HoursCompared(one.begins.astimezone(zone).date(), _count(placed, one)) for one in found[basis]
        )
        told = lift_over(came, [one.count for one in compared])
        return MomentLift(came, told.usual, told.lift, told.low, told.high, basis, compared, unplaced)

    def law(self, row: Activation, moment: Moment, now: datetime) -> tuple[LiftLaw, int] | None:
        """Tell how many a moment may bring, and how many earlier ones say so; None where nobody knows."""
        earlier = []
        for other, it in self.settled:
            is_earlier = other.id != row.id and it.begins_at < moment.begins_at
            brought = self.lift(other, it, now).lift if is_earlier else None
            if brought is not None and it.audience:
                earlier.append((brought, float(it.audience), it.medium is moment.medium))
        if earlier and moment.audience:
            lifts, audiences, alike = zip(*earlier, strict=True)
            return law_from_earlier(lifts, audiences, alike, float(moment.audience)), len(earlier)
        return (stated_law(float(moment.expected)), 0) if moment.expected else None

    def _beside(self, row: Activation) -> list[tuple[Activation, Moment]]:
        """List the other moments that may have brought the same posts."""
        scopes = {row.campaign_id, None}
        return [
            (one, it)
            for one, it in self.settled
            if one.id != row.id and (row.campaign_id is None or one.campaign_id in scopes)
        ]


def _count(times: Sequence[datetime], window: Window) -> int:
    return bisect_left(times, window.ends) - bisect_left(times, window.begins)


def _same_hours(
    window: Window, basis: LiftBasis, known: Window | None, taken: Sequence[Window], zone: ZoneInfo
) -> list[Window]:
    """List the same hours of other days that are known whole and in which no moment falls."""
    step, most = _STEPS[basis]
    moved = [window.moved(step * number, zone) for number in range(-most, most + 1) if number]
    return [
        one
        for one in moved
        if known is not None
        and known.begins <= one.begins
        and one.ends <= known.ends
        and not any(one.meets(other) for other in taken)
    ]


def _is_dateless(at: datetime, zone: ZoneInfo) -> bool:
    """Whether a post says a day and no hour: it stands at midnight to the microsecond, there or in UTC."""
    return time() in {at.astimezone(zone).time(), at.astimezone(UTC).time()}


def _unplaced(times: Sequence[datetime], window: Window, zone: ZoneInfo) -> int:
    """Count the posts that say no hour, of the days the window falls on."""
    first, last = (at.astimezone(zone).date() for at in (window.begins, window.ends))
    return sum(_is_dateless(at, zone) and first <= at.astimezone(zone).date() <= last for at in times)


@dataclass(frozen=True, slots=True)
class MomentShare:
    """Of each post that came by itself in these hours, the part that goes back to a moment."""

    activation_id: int
    title: str
    window: Window
    zone: ZoneInfo
    share: float

    def holds(self, at: datetime) -> bool:
        """Whether a post of then came in these hours; one that says no hour cannot be placed."""
        return self.window.holds(at) and not _is_dateless(at, self.zone)


def moment_shares(session: Session, campaign_id: int, now: datetime) -> list[MomentShare]:
    """List the moments of a campaign whose lift can be told and is above nothing; their hours never meet.

    Examples
    --------
    >>> moment_shares(session, campaign, work.now())
    []
    """
    if not any(row.campaign_id == campaign_id for row, _ in settled_moments(session)):
        return []
    board = MomentBoard.read(session)
    found = [
        MomentShare(
            row.id or 0,
            row.title,
            Window.of(moment),
            ZoneInfo(row.time_zone),
            board.lift(row, moment, now).share,
        )
        for row, moment in board.settled
        if row.campaign_id == campaign_id
    ]
    return [one for one in found if one.share > 0]

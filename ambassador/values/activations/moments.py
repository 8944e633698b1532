"""Moments on air or in a shop: what is said of them beforehand, and what they brought."""

from dataclasses import dataclass
from datetime import date, datetime

from ambassador.values.activations.states import LiftBasis, MomentMedium
from ambassador.values.imports.imports import Note


@dataclass(frozen=True, slots=True)
class MomentDraft:
    """Where an ambassador speaks of us, when, for how long, and to how many."""

    medium: MomentMedium
    begins: datetime
    """By the clocks of the activation's time zone, without a zone of its own."""
    minutes: int = 30
    place: str = ""
    """Programme, station, page or shop."""
    audience: int | None = None
    """How many are expected to see or hear it; None: nobody knows."""
    by: str = ""
    """The ambassador, such as instagram:nina."""
    expected: int | None = None
    """People expected to talk about us because of it: stated, for as long as no earlier moment says it."""


@dataclass(frozen=True, slots=True)
class HoursCompared:
    """The same hours of another day, and how many posts came by themselves in them."""

    day: date
    count: int


@dataclass(frozen=True, slots=True)
class MomentLift:
    """What came in the hours of a moment, held against the same hours of other days."""

    came: int | None = None
    """Posts without a known parent and without an ambassador behind them; None: not known yet."""
    usual: float | None = None
    """As many would have come without it."""
    lift: float | None = None
    low: float | None = None
    high: float | None = None
    """Where the lift lies in 8 of 10 such cases."""
    basis: LiftBasis | None = None
    compared: tuple[HoursCompared, ...] = ()
    unplaced: int = 0
    """Posts of that day that say no hour: they can be put into no hours."""
    why: Note | None = None
    """Why the lift cannot be told; None where it can."""

    @property
    def share(self) -> float:
        """Of each post that came in those hours, the part that goes back to the moment.

        Examples
        --------
        >>> MomentLift(came=10, usual=4.0, lift=6.0).share, MomentLift(came=2, usual=4.0, lift=-2.0).share
        (0.6, 0.0)
        """
        if not self.came or self.lift is None:
            return 0.0
        return min(max(self.lift, 0.0) / self.came, 1.0)


@dataclass(frozen=True, slots=True)
class MomentAhead:
    """How many a moment is expected to make talk, and where that comes from."""

    expected: float
    low: float
    high: float
    learned_from: int
    """Earlier moments; 0: it was stated."""


@dataclass(frozen=True, slots=True)
class MomentView:
    """A moment with what is expected of it and what it brought."""

    draft: MomentDraft
    begins_at: datetime
    ends_at: datetime
    """Until when what comes is looked at: some hours after it is over."""
    by_name: str
    """The ambassador as they are called; empty where nobody is named or they were erased."""
    lift: MomentLift
    ahead: MomentAhead | None = None
    """None: no earlier moment says it and nobody stated it."""

    @property
    def per_thousand(self) -> float | None:
        """Posts it brought for each thousand of its audience."""
        if self.lift.lift is None or not self.draft.audience:
            return None
        return 1000 * self.lift.lift / self.draft.audience

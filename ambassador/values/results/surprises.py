"""Ambassadors who fell outside the range forecast for them, with what was known when they were chosen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Surprise:
    """One ambassador outside their 90% range."""

    name: str
    handle: str
    talkers: int
    low: float
    high: float
    is_above: bool
    followers: int | None = None
    """The newest known; of the account with most."""
    size_rank: int | None = None
    """1: nobody listed has more followers."""
    was_picked: bool = False
    """Whether a pick chose them; False: invited by hand."""
    overlap: float | None = None
    """Largest share of the direct audience shared with another picked person, when the pick was made."""

"""What a contest comes to: the ranking by votes and jury, how safe its first place is, what the law asks."""

from dataclasses import dataclass
from datetime import date, datetime

from ambassador.values.activations.results import Turnout
from ambassador.values.activations.states import PointState


@dataclass(frozen=True, slots=True)
class LawRow:
    """One point of the checklist as it stands."""

    key: str
    text: str
    """A message where it is one of the law, else as it was typed."""
    source: str
    """Empty for a point of the contest's own."""
    by_day: date | None
    """The last day on which it can be seen to."""
    state: PointState
    reason: str = ""
    actor: str = ""
    noted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MarkDraft:
    """What one juror gives one entry, named as it is written."""

    line: int
    juror: str
    entry: str
    points: int


@dataclass(frozen=True, slots=True)
class JurorRow:
    """One juror with what they marked."""

    name: str
    marked: int
    """Of the entries that are still there."""
    missing: int
    mean: float | None


@dataclass(frozen=True, slots=True)
class RankedEntry:
    """One entry of a contest with its votes, marks and place."""

    entry_id: int
    key: str
    title: str
    place: int | None
    """Shared by all who have as many points; None: it has no place yet."""
    votes: int
    flagged: int
    """Of the votes, those of flagged voters."""
    vote_points: float
    """Ten times the votes, over the most votes any entry has."""
    marks: tuple[tuple[str, int], ...]
    """Juror and mark."""
    jury_points: float | None
    """The mean mark."""
    points: float | None
    """Of 10, by the weights; None: the jury has a say and has not marked it."""

    @property
    def label(self) -> str:
        """How it is called."""
        return self.title or self.key


@dataclass(frozen=True, slots=True)
class ContestResult:
    """The ranking of a contest, the first place first."""

    participation: Turnout
    jury_weight: int
    """Percent of the points that come from the jury."""
    entries: tuple[RankedEntry, ...]
    jurors: tuple[JurorRow, ...]
    tied_first: bool = False
    """Whether several entries share the first place: nothing is decided then."""
    margin: int | None = None
    """How many votes of the first have to fall until it no longer stands first alone."""
    holds_without_votes: bool = False
    """Whether the first stays first whatever votes for it fall."""
    first_by_votes: tuple[int, ...] = ()
    """The first, or those that share the place, by votes alone."""
    first_by_jury: tuple[int, ...] = ()
    first_without_flagged: tuple[int, ...] = ()

    @property
    def first(self) -> tuple[int, ...]:
        """The first, or those that share the place."""
        return tuple(one.entry_id for one in self.entries if one.place == 1)

    @property
    def unmarked(self) -> int:
        """Entries without points, as the jury has a say and has not marked them."""
        return sum(one.points is None for one in self.entries)

"""Activations as forms hand them over and as pages show them."""

from dataclasses import dataclass
from datetime import date, datetime

from ambassador.values.activations.states import ActivationKind, ActivationStatus, EntryStatus
from ambassador.values.money import Money


@dataclass(frozen=True, slots=True)
class ActivationDraft:
    """What is started, when, for how much, by which rules."""

    title: str
    starts_on: date
    ends_on: date
    kind: ActivationKind = ActivationKind.IDEAS
    campaign_id: int | None = None
    time_zone: str = "Europe/Rome"
    currency: str = "EUR"
    budget: Money | None = None
    """What may be spent on ideas."""
    cost: Money | None = None
    """What running it costs."""
    most_choices: int | None = None
    """How many entries one ballot may name; None: any number."""
    rules: str = ""
    jury_weight: int | None = None
    """Percent of the ranking of a contest that the jury decides; None: none of it."""


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """One idea, option or entry of a contest, by the key that ballots name it by."""

    key: str
    title: str = ""
    cost: Money | None = None
    about: str = ""
    proposed_by: str = ""
    url: str = ""
    """Where the photo or story stands."""
    mention_id: int | None = None
    """The post that is entered; title, name and link are taken from it where they are not said."""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One idea, option or entry of a contest as it stands."""

    id: int
    key: str
    title: str
    about: str
    cost: Money | None
    proposed_by: str
    status: EntryStatus
    withdrawn: bool
    url: str = ""
    mention_id: int | None = None
    post_gone: bool = False
    """Whether the post that was entered was taken down or erased."""

    @property
    def label(self) -> str:
        """How it is called where it stands alone."""
        return self.title or self.key

    @property
    def draft(self) -> EntryDraft:
        """What a form begins with."""
        return EntryDraft(
            self.key, self.title, self.cost, self.about, self.proposed_by, self.url, self.mention_id
        )


@dataclass(frozen=True, slots=True)
class BallotFileView:
    """One file of ballots that came in."""

    id: int
    file_name: str
    ballots: int
    actor: str
    added_at: datetime
    taken_out_at: datetime | None


@dataclass(frozen=True, slots=True)
class ActivationCard:
    """One activation in the list, with what it cost for each who took part."""

    id: int
    title: str
    kind: ActivationKind
    status: ActivationStatus
    campaign_id: int | None
    starts_on: date
    ends_on: date
    time_zone: str
    currency: str
    budget: Money | None
    cost: Money | None
    entries: int
    took_part: int
    """People, each once."""
    new: int
    """Of them in no activation that began earlier."""

    @property
    def cost_per_person(self) -> Money | None:
        """What running it cost for each who took part; None where either is not known."""
        return _each(self.cost, self.took_part)

    @property
    def cost_per_new(self) -> Money | None:
        """What running it cost for each who was new."""
        return _each(self.cost, self.new)


def _each(cost: Money | None, people: int) -> Money | None:
    return Money(round(cost.minor / people), cost.currency) if cost and people else None


@dataclass(frozen=True, slots=True)
class ActivationView:
    """One activation, opened."""

    card: ActivationCard
    draft: ActivationDraft
    entries: tuple[EntryRow, ...]
    files: tuple[BallotFileView, ...]
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    announced_at: datetime | None = None

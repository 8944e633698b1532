"""What is started together with people: its ideas or options, and the ballots given for them.

An entry is an idea, an option of a poll, or whatever another kind lets people vote for; a ballot is what one
voter chose at one moment. Every ballot that came stays: which of them count is worked out when they are read.
"""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from ambassador.store.tables.base import Row, count_field, instant, key_field, points_at, state
from ambassador.values.activations.states import ActivationKind, ActivationStatus, EntryStatus


class Activation(Row, table=True):
    """One thing started together: what, when, for how much, by which rules."""

    id: int | None = key_field()
    campaign_id: int | None = points_at("campaign.id", optional=True)
    """None: it stands alone."""
    kind: ActivationKind = state(ActivationKind)
    title: str = Field(unique=True)
    status: ActivationStatus = state(ActivationStatus, ActivationStatus.DRAFT)
    starts_on: date
    ends_on: date
    time_zone: str = "Europe/Rome"
    currency: str = Field(default="EUR", max_length=3)
    budget_minor: int | None = count_field()
    """What may be spent on ideas."""
    cost_minor: int | None = count_field()
    """What running it costs."""
    most_choices: int | None = None
    """How many entries one ballot may name; None: any number."""
    rules: str = ""
    actor: str = ""
    opened_at: datetime | None = instant(optional=True)
    closed_at: datetime | None = instant(optional=True)
    announced_at: datetime | None = instant(optional=True)
    archived_at: datetime | None = instant(optional=True)
    created_at: datetime = instant()


class ActivationEntry(Row, table=True):
    """One idea or option, by the key that ballots name it by."""

    __tablename__ = "activation_entry"
    __table_args__ = (UniqueConstraint("activation_id", "key"),)

    id: int | None = key_field()
    activation_id: int = points_at("activation.id", index=False)
    key: str
    title: str
    about: str = ""
    cost_minor: int | None = count_field()
    proposed_by: str = ""
    status: EntryStatus = state(EntryStatus, EntryStatus.PROPOSED)
    withdrawn_at: datetime | None = instant(optional=True)
    """Votes for it stay and count for nothing."""
    created_at: datetime = instant()


class BallotFile(Row, table=True):
    """A file of ballots that came in; taken out, its ballots count no more and can be put back."""

    __tablename__ = "ballot_file"

    id: int | None = key_field()
    activation_id: int = points_at("activation.id")
    file_name: str
    sha256: str
    ballots: int = 0
    actor: str = ""
    added_at: datetime = instant()
    taken_out_at: datetime | None = instant(optional=True)


class Ballot(Row, table=True):
    """What one voter chose at one moment; a later one of the same person takes its place."""

    __table_args__ = (Index("ix_ballot_activation_voter", "activation_id", "voter"),)

    id: int | None = key_field()
    activation_id: int = points_at("activation.id", index=False)
    file_id: int | None = points_at("ballot_file.id", optional=True)
    """None: typed by hand."""
    account_id: int | None = points_at("account.id", optional=True)
    """None: nobody here is known by that name."""
    platform: str = ""
    voter: str
    """Canonical handle, or whatever the file calls the voter by."""
    voted_at: datetime | None = instant(optional=True)
    account_since: datetime | None = instant(optional=True)
    """Since when the voter's account is there, where the file says it."""
    actor: str = ""
    created_at: datetime = instant()


class BallotChoice(Row, table=True):
    """One entry named on one ballot."""

    __tablename__ = "ballot_choice"
    __table_args__ = (UniqueConstraint("ballot_id", "entry_id"),)

    id: int | None = key_field()
    ballot_id: int = points_at("ballot.id", index=False)
    entry_id: int = points_at("activation_entry.id")

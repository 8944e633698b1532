"""What is started together with people: what they vote on, the ballots, marks of a jury, questions they ask.

An entry is an idea, an option of a poll, or what somebody entered in a contest; a ballot is what one voter
chose at one moment. Every ballot that came stays: which of them count is worked out when they are read.
"""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from ambassador.store.tables.base import Key, Row, count_field, instant, key_field, points_at, state
from ambassador.values.activations.states import (
    ActivationKind,
    ActivationStatus,
    EntryStatus,
    MomentMedium,
    PointState,
    QuestionStatus,
)


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
    jury_weight: int | None = None
    """Percent of the ranking of a contest that the jury decides; None: none of it."""


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


class EntrySource(Row, table=True):
    """Who entered an entry of a contest, and where the photo or story stands."""

    __tablename__ = "entry_source"

    id: int | None = key_field()
    entry_id: int = Field(foreign_key="activation_entry.id", unique=True, nullable=False, sa_type=Key)
    account_id: int | None = points_at("account.id", optional=True)
    """None: nobody here is known by the name it was entered under."""
    mention_id: int | None = points_at("mention.id", optional=True)
    """The post that was entered."""
    url: str = ""


class JuryMark(Row, table=True):
    """What one juror gives one entry; a later mark takes its place."""

    __tablename__ = "jury_mark"
    __table_args__ = (UniqueConstraint("entry_id", "juror"),)

    id: int | None = key_field()
    entry_id: int = points_at("activation_entry.id", index=False)
    juror: str
    points: int
    """From 1 to 10."""
    actor: str = ""
    marked_at: datetime = instant()


class LawNote(Row, table=True):
    """One point of the law seen to or knowingly passed over, or a point of a contest's own."""

    __tablename__ = "law_note"
    __table_args__ = (UniqueConstraint("activation_id", "key"),)

    id: int | None = key_field()
    activation_id: int = points_at("activation.id", index=False)
    key: str
    text: str = ""
    """What a point of its own asks; empty for points of the law."""
    state: PointState = state(PointState)
    reason: str = ""
    """Why it is passed over."""
    actor: str = ""
    noted_at: datetime = instant()


class LiveQuestion(Row, table=True):
    """One question somebody asked; merged into another it stands for one more who wants to know the same."""

    __tablename__ = "live_question"
    __table_args__ = (Index("ix_live_question_activation_status", "activation_id", "status"),)

    id: int | None = key_field()
    activation_id: int = points_at("activation.id", index=False)
    text: str = ""
    platform: str = ""
    asker: str = ""
    """Canonical handle, or whatever they are called by; empty: nobody knows who asked."""
    account_id: int | None = points_at("account.id", optional=True)
    mention_id: int | None = points_at("mention.id", optional=True)
    """The post it was asked in."""
    asked_at: datetime | None = instant(optional=True)
    status: QuestionStatus = state(QuestionStatus, QuestionStatus.WAITING)
    reason: str = ""
    """Why it was not taken in."""
    merged_into_id: int | None = points_at("live_question.id", optional=True)
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = instant(optional=True)
    actor: str = ""
    created_at: datetime = instant()


class Moment(Row, table=True):
    """When and where an ambassador speaks of us on air or in a shop: one an activation."""

    id: int | None = key_field()
    activation_id: int = Field(foreign_key="activation.id", unique=True, nullable=False, sa_type=Key)
    account_id: int | None = points_at("account.id", optional=True)
    """The ambassador's; None: nobody was named."""
    medium: MomentMedium = state(MomentMedium)
    place: str = ""
    begins_at: datetime = instant()
    minutes: int
    audience: int | None = count_field()
    """How many are expected to see or hear it."""
    expected: int | None = count_field()
    """People it is stated to make talk, for as long as no earlier moment says it."""
    actor: str = ""
    noted_at: datetime = instant()


class PollPost(Row, table=True):
    """The post under which people answer a poll: its replies are read as votes."""

    __tablename__ = "poll_post"

    id: int | None = key_field()
    activation_id: int = Field(foreign_key="activation.id", unique=True, nullable=False, sa_type=Key)
    mention_id: int = points_at("mention.id")
    actor: str = ""
    noted_at: datetime = instant()


class ReplyVote(Row, table=True):
    """A reply that was counted as a vote, or that somebody decided is none."""

    __tablename__ = "reply_vote"
    __table_args__ = (UniqueConstraint("activation_id", "mention_id"),)

    id: int | None = key_field()
    activation_id: int = points_at("activation.id", index=False)
    mention_id: int = points_at("mention.id")
    ballot_id: int | None = points_at("ballot.id", optional=True)
    """None: decided to be no vote."""
    by_hand: bool = False
    """Whether a person decided it; else it was read from the words."""
    actor: str = ""
    decided_at: datetime = instant()

"""Campaigns, the rules that match mentions to them, and the deal with each ambassador."""

from datetime import date, datetime

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from ambassador.store.tables.base import Key, Row, count_field, instant, key_field, points_at, state
from ambassador.values.campaigns.unit_costs import DeviceCosting
from ambassador.values.status import AmbassadorStatus, CampaignStatus, Deal


class Campaign(Row, table=True):
    """A launch: what, when, where the day begins, and how much may be spent."""

    id: int | None = key_field()
    name: str = Field(unique=True)
    product: str = ""
    status: CampaignStatus = state(CampaignStatus, CampaignStatus.DRAFT)
    starts_on: date
    ends_on: date
    time_zone: str = "Europe/Rome"
    embargo_until: datetime | None = instant(optional=True)
    currency: str = Field(default="EUR", max_length=3)
    budget_minor: int | None = count_field()
    device_costing: DeviceCosting | None = state(DeviceCosting, optional=True)
    """None: what a phone was bought for."""
    device_cost_minor: int | None = count_field()
    """None: what the list of phones says of each."""
    resale_minor: int | None = count_field()
    use_months: int | None = None
    loan_days: int | None = None
    shipping_minor: int | None = count_field()
    shipping_by_country: dict[str, int] | None = Field(default=None, nullable=True, sa_type=JSON)
    """Code of a country -> minor units."""
    other_cost_minor: int | None = count_field()
    silent_after_days: int = 5
    """Days after delivery without a post before an ambassador counts as silent."""
    launch_forecast_id: int | None = Field(default=None, nullable=True, sa_type=Key)
    """The frozen forecast (no constraint: forecasts point here already)."""
    delivered_forecast_id: int | None = Field(default=None, nullable=True, sa_type=Key)
    """A second one, as actually delivered; neither replaces the other."""
    notes: str = ""
    launched_at: datetime | None = instant(optional=True)
    """None: not yet, or before this was kept."""
    closed_at: datetime | None = instant(optional=True)
    archived_at: datetime | None = instant(optional=True)
    created_at: datetime = instant()


class MatchRule(Row, table=True):
    """Which mentions belong to a campaign; a change is a new version."""

    __tablename__ = "match_rule"
    __table_args__ = (UniqueConstraint("campaign_id", "version"),)

    id: int | None = key_field()
    campaign_id: int = points_at("campaign.id", index=False)
    version: int
    hashtags: list[str] = Field(default_factory=list, sa_type=JSON)
    keywords: list[str] = Field(default_factory=list, sa_type=JSON)
    exclude_words: list[str] = Field(default_factory=list, sa_type=JSON)
    authors: list[str] = Field(default_factory=list, sa_type=JSON)
    """Handles (``platform:handle`` or bare) all of whose posts in the window belong here."""
    from_at: datetime | None = instant(optional=True)
    until_at: datetime | None = instant(optional=True)
    created_at: datetime = instant()
    actor: str = ""


class Ambassador(Row, table=True):
    """One person in one campaign, and the deal with them."""

    __table_args__ = (UniqueConstraint("campaign_id", "person_id"),)

    id: int | None = key_field()
    campaign_id: int = points_at("campaign.id", index=False)
    person_id: int = points_at("person.id")
    status: AmbassadorStatus = state(AmbassadorStatus, AmbassadorStatus.INVITED)
    pick_id: int | None = points_at("pick.id", optional=True)
    reserve_rank: int | None = None
    replaces_id: int | None = points_at("ambassador.id", optional=True, index=False)
    deal: Deal = state(Deal, Deal.GIFT)
    fee_minor: int | None = count_field()
    currency: str = Field(default="EUR", max_length=3)
    code: str = Field(default="", index=True)
    agreement_signed_on: date | None = None
    notice_sent_on: date | None = None
    notice_channel: str = ""
    embargo_until: datetime | None = instant(optional=True)
    post_by: date | None = None
    due_back: date | None = None
    last_contact_on: date | None = None
    next_action: str = ""
    next_action_on: date | None = None
    owner: str = ""
    notes: str = ""
    invited_at: datetime | None = instant(optional=True)
    answered_at: datetime | None = instant(optional=True)
    revision: int = 0
    """Counts edits, so that two people editing the same row do not overwrite each other unseen."""
    created_at: datetime = instant()


class AmbassadorEvent(Row, table=True):
    """History of what happened with one ambassador."""

    __tablename__ = "ambassador_event"

    id: int | None = key_field()
    ambassador_id: int = points_at("ambassador.id")
    from_status: str = ""
    to_status: str
    happened_at: datetime = instant()
    actor: str
    note: str = ""

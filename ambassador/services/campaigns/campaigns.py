"""Campaigns: made, edited, launched, closed, opened again."""

from sqlmodel import Session

from ambassador.errors import BadInputError, IllegalStatusChangeError
from ambassador.i18n import mark
from ambassador.services.campaigns.campaign_drafts import checked_draft
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns import campaigns as store
from ambassador.store.mentions.stale import mark_stale
from ambassador.store.tables.campaigns import Campaign
from ambassador.values.campaigns.campaigns import CampaignDraft
from ambassador.values.status import CAMPAIGN_CHANGES, CampaignStatus, check_change


def create_campaign(work: UnitOfWork, draft: CampaignDraft) -> int:
    """Make a campaign, with its first match rule if the draft has one."""
    draft = checked_draft(draft)
    with work.writing() as session:
        campaign = store.add_campaign(session, draft, at=work.now())
        if draft.rule:
            store.put_match_rule(session, campaign, draft.rule, at=work.now(), actor=work.actor)
            mark_stale(session, campaign.id)
        return campaign.id or 0


def edit_campaign(work: UnitOfWork, campaign_id: int, draft: CampaignDraft) -> None:
    """Change what and when; a changed match rule becomes a new version."""
    draft = checked_draft(draft)
    with work.writing() as session:
        campaign = store.get_campaign(session, campaign_id, lock=True)
        store.refuse_taken_name(session, draft.name, campaign_id)
        if campaign.currency != draft.currency and campaign.status is not CampaignStatus.DRAFT:
            message = mark("{name} is {status}: its currency stays {currency}")
            raise BadInputError(
                message, name=campaign.name, status=campaign.status.value, currency=campaign.currency
            )
        before = _what_matches(session, campaign)
        store.write_draft(campaign, draft)
        if draft.rule:
            store.put_match_rule(session, campaign, draft.rule, at=work.now(), actor=work.actor)
        if _what_matches(session, campaign) != before:
            mark_stale(session, campaign_id)


def _what_matches(session: Session, campaign: Campaign) -> tuple[object, ...]:
    """Give all that decides which mentions belong to a campaign."""
    rule = store.newest_rule(session, campaign.id or 0)
    return rule and rule.version, campaign.starts_on, campaign.ends_on, campaign.time_zone


def launch_campaign(work: UnitOfWork, campaign_id: int, forecast_id: int | None = None) -> None:
    """Begin a campaign; the forecast it begins with stays the one it is judged by."""
    with work.writing() as session:
        campaign = store.get_campaign(session, campaign_id, lock=True)
        if campaign.status is not CampaignStatus.DRAFT:
            message = mark("{name} was launched already: it is {status}")
            raise IllegalStatusChangeError(message, name=campaign.name, status=campaign.status.value)
        if forecast_id is not None:
            store.refuse_foreign_forecast(session, campaign, forecast_id)
        campaign.launch_forecast_id = forecast_id
        campaign.status = CampaignStatus.LIVE


def close_campaign(work: UnitOfWork, campaign_id: int) -> None:
    """End a live campaign; its figures stay."""
    _change(work, campaign_id, CampaignStatus.LIVE, CampaignStatus.CLOSED)


def reopen_campaign(work: UnitOfWork, campaign_id: int) -> None:
    """Take up a closed campaign again; its frozen forecast stays."""
    _change(work, campaign_id, CampaignStatus.CLOSED, CampaignStatus.LIVE)


def archive_campaign(work: UnitOfWork, campaign_id: int, *, archived: bool = True) -> None:
    """Hide a campaign that is not running, or show it again; nothing of it is lost."""
    with work.writing() as session:
        campaign = store.get_campaign(session, campaign_id, lock=True)
        if archived and campaign.status is CampaignStatus.LIVE:
            message = mark("{name} is live: close it before you put it away")
            raise IllegalStatusChangeError(message, name=campaign.name)
        campaign.archived_at = work.now() if archived else None


def _change(work: UnitOfWork, campaign_id: int, before: CampaignStatus, wanted: CampaignStatus) -> None:
    with work.writing() as session:
        campaign = store.get_campaign(session, campaign_id, lock=True)
        if campaign.status is not before:
            message = mark("{name} is {status}: it cannot become {wanted}")
            raise IllegalStatusChangeError(
                message, name=campaign.name, status=campaign.status.value, wanted=wanted.value
            )
        check_change(CAMPAIGN_CHANGES, campaign.name, campaign.status, wanted)
        campaign.status = wanted

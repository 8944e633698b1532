"""What the Forecast page reads in one go."""

from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import Session

from ambassador.services.calibration.calibration_record import network_beats
from ambassador.services.forecasts.as_delivered import arrived, awaits_second
from ambassador.services.forecasts.forecasts import TAKING_PART, view_of
from ambassador.services.networks.rung import rung_of
from ambassador.services.results.results import observed_by_day
from ambassador.services.stored_json import from_json
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.campaigns import get_campaign
from ambassador.store.forecasts.evidence import count_evidence
from ambassador.store.forecasts.forecasts import get_forecast, list_forecasts
from ambassador.store.picks.picks import list_picks
from ambassador.store.picks.shortlists import status_by_node
from ambassador.store.tables.campaigns import Campaign
from ambassador.store.tables.records import Forecast
from ambassador.values.forecasts.forecasts import (
    DayRange,
    ForecastChoice,
    ForecastPageState,
    ForecastResult,
    ForecastStanding,
)
from ambassador.values.status import CampaignStatus


def forecast_page_state(
    work: UnitOfWork,
    campaign_id: int | None = None,
    forecast_id: int | None = None,
    pick_id: int | None = None,
) -> ForecastPageState:
    """Read the forecast asked for, the pick's, the frozen one or the newest, and what was observed.

    Examples
    --------
    >>> state = forecast_page_state(work, campaign)
    >>> state.standing.value, state.accepted
    ('frozen', 3)
    """
    with work.reading() as session:
        campaign = get_campaign(session, campaign_id) if campaign_id else None
        rows = list_forecasts(session, campaign_id)
        row = _of_pick(rows, pick_id) if pick_id else _wanted(session, campaign, rows, forecast_id)
        frozen = campaign.launch_forecast_id if campaign else None
        state = ForecastPageState(
            rung=rung_of(count_evidence(session)),
            network_beats=network_beats(session),
            view=view_of(session, row) if row else None,
            delivered=_delivered(session, campaign, row),
            choices=tuple(ForecastChoice(one.id or 0, one.created_at, one.id == frozen) for one in rows),
            accepted=_accepted(session, campaign_id),
            can_freeze=campaign is not None and campaign.status is CampaignStatus.DRAFT,
            arrived=_arrived(session, campaign),
            picks=tuple(one.id or 0 for one in list_picks(session, campaign_id)),
        )
        shown = row.campaign_id if row else None
        if row and shown is not None:
            state = _placed(state, get_campaign(session, shown), row)
    if shown is None:
        return state
    days = [one for one in observed_by_day(work, shown) if one.day > 0]
    return replace(
        state,
        observed=tuple((one.day, one.talkers) for one in days),
        observed_mentions=tuple((one.day, one.mentions) for one in days),
    )


def _placed(state: ForecastPageState, campaign: Campaign, row: Forecast) -> ForecastPageState:
    """Tell whose forecast it is, and whether results are held against it."""
    standing = ForecastStanding.OPEN
    if row.id == campaign.launch_forecast_id:
        standing = ForecastStanding.FROZEN
    elif row.id == campaign.delivered_forecast_id:
        standing = ForecastStanding.DELIVERED
    elif campaign.status is not CampaignStatus.DRAFT:
        standing = ForecastStanding.LATER
    return replace(state, campaign=campaign.name, standing=standing)


def _of_pick(rows: Sequence[Forecast], pick_id: int) -> Forecast | None:
    return next((row for row in rows if row.pick_id == pick_id), None)


def _wanted(
    session: Session, campaign: Campaign | None, rows: Sequence[Forecast], forecast_id: int | None
) -> Forecast | None:
    frozen = campaign.launch_forecast_id if campaign else None
    if forecast_id or frozen:
        return get_forecast(session, forecast_id or frozen or 0)
    return rows[0] if rows else None


def _delivered(session: Session, campaign: Campaign | None, row: Forecast | None) -> tuple[DayRange, ...]:
    second = campaign.delivered_forecast_id if campaign else None
    if second is None or row is None or row.id == second:
        return ()
    return from_json(ForecastResult, get_forecast(session, second).result).leading.by_day


def _arrived(session: Session, campaign: Campaign | None) -> int:
    return len(arrived(session, campaign.id or 0)) if campaign and awaits_second(campaign) else 0


def _accepted(session: Session, campaign_id: int | None) -> int:
    status = status_by_node(session, campaign_id) if campaign_id else {}
    return sum(one in TAKING_PART for one in status.values())

"""A second forecast of a running campaign: of the people whose phone really arrived, when it did."""

from dataclasses import replace

from sqlmodel import Session

from ambassador.errors import BadInputError, IllegalStatusChangeError
from ambassador.i18n import mark
from ambassador.services.forecasts.forecasts import TAKING_PART, forecast
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.ambassador_rows import ambassador_rows
from ambassador.store.campaigns.campaigns import get_campaign
from ambassador.store.forecasts.forecasts import get_forecast
from ambassador.store.tables.campaigns import Campaign
from ambassador.values.forecasts.forecasts import ForecastRequest, ForecastView
from ambassador.values.imports.imports import Progress, silent
from ambassador.values.networks.network import ProbabilityRule, RuleKind
from ambassador.values.status import CampaignStatus


def forecast_as_delivered(
    work: UnitOfWork, request: ForecastRequest, *, progress: Progress = silent
) -> ForecastView:
    """Forecast for those whose phone arrived, and freeze it beside the one frozen at launch.

    Unless told otherwise it takes the tie probabilities of the launch's: only the phones are to differ.
    Of two people who do so at once the first one's stays, and so does the launch's.

    Examples
    --------
    >>> view = forecast_as_delivered(work, ForecastRequest(campaign_id=campaign, runs=100, key=1))
    >>> [one.handle for one in view.people]
    ['nina', 'leo']
    """
    if request.campaign_id is None:
        raise BadInputError("say which campaign: a forecast as delivered is one campaign's")
    with work.reading() as session:
        campaign = get_campaign(session, request.campaign_id)
        _refuse_unless_open(campaign)
        people = arrived(session, request.campaign_id)
        if not people:
            raise BadInputError("no phone of {name} has arrived yet", name=campaign.name)
        rule = _rule(session, campaign, request.probabilities)
    wanted = replace(request, handles=(), pick_id=None, person_ids=people, probabilities=rule)
    view = forecast(work, wanted, progress=progress)
    with work.writing() as session:
        campaign = get_campaign(session, request.campaign_id, lock=True)
        _refuse_unless_open(campaign)
        campaign.delivered_forecast_id = view.forecast_id
    return view


def arrived(session: Session, campaign_id: int) -> tuple[int, ...]:
    """Return the people taking part whose phone arrived.

    Examples
    --------
    >>> arrived(session, campaign)
    (1, 2)
    """
    rows = ambassador_rows(session, campaign_id)
    return tuple(row.person_id for row in rows if row.status in TAKING_PART and row.delivered_at is not None)


def _rule(session: Session, campaign: Campaign, asked: ProbabilityRule) -> ProbabilityRule:
    used = get_forecast(session, campaign.launch_forecast_id or 0).arguments["probabilities"]
    return ProbabilityRule.parse(used) if used and asked.kind is RuleKind.AUTO else asked


def awaits_second(campaign: Campaign) -> bool:
    """Check whether a second forecast may be frozen.

    Examples
    --------
    >>> awaits_second(get_campaign(session, campaign))
    True
    """
    first, second = campaign.launch_forecast_id, campaign.delivered_forecast_id
    return campaign.status is CampaignStatus.LIVE and first is not None and second is None


def _refuse_unless_open(campaign: Campaign) -> None:
    if not awaits_second(campaign):
        message = mark(
            "{name} needs to be live, with a forecast frozen at its launch and no second one, "
            "to be forecast as delivered"
        )
        raise IllegalStatusChangeError(message, name=campaign.name)

"""Open the outcomes of one campaign: what came of it, and the log."""

from ambassador.services.results.flag_devices import flag_devices
from ambassador.services.results.outcomes import list_outcomes
from ambassador.services.results.results import observe_results
from ambassador.services.results.surprises import find_surprises
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.campaigns import list_campaigns
from ambassador.values.results.reports import OpenedOutcomes
from ambassador.values.status import CampaignStatus

_FIRST = (CampaignStatus.LIVE, CampaignStatus.CLOSED, CampaignStatus.DRAFT)


def open_outcomes(work: UnitOfWork, campaign_id: int | None = None) -> OpenedOutcomes | None:
    """Open the campaign asked for, else the one most worth looking at; None where there is none."""
    chosen = campaign_id or default_campaign(work)
    if chosen is None:
        return None
    results = observe_results(work, chosen)
    return OpenedOutcomes(
        results=results,
        surprises=find_surprises(work, results),
        log=list_outcomes(work, chosen),
        archived=list_outcomes(work, chosen, archived=True).rows,
        devices=flag_devices(work, results),
    )


def default_campaign(work: UnitOfWork) -> int | None:
    """Choose the campaign that runs, else the last that ran, else a draft."""
    with work.reading() as session:
        ranked = sorted(list_campaigns(session), key=lambda one: _FIRST.index(one.status))
        return ranked[0].id if ranked else None

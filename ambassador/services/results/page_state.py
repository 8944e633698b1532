"""What the Outcomes page reads in one go: results, log, and which people and devices were not as forecast."""

from collections import Counter
from collections.abc import Mapping

from sqlmodel import Session

from ambassador.services.mentions.credit_table import credit_table
from ambassador.services.results.against_forecast import compare
from ambassador.services.results.outcomes import list_outcomes
from ambassador.services.results.results import observe_results
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.ambassador_rows import ambassador_rows
from ambassador.store.campaigns.campaigns import list_campaigns
from ambassador.store.people.people import list_accounts
from ambassador.store.people.readings import list_readings, newest_figures
from ambassador.store.picks.picks import get_pick
from ambassador.store.results.results import DeviceCustody, device_custodies
from ambassador.values.forecasts.forecasts import Range
from ambassador.values.mentions.credit import CreditRow
from ambassador.values.results.reports import OpenedOutcomes
from ambassador.values.results.results import (
    AmbassadorResult,
    CampaignResults,
    DeviceResult,
    IntervalPosition,
)
from ambassador.values.results.surprises import Surprise
from ambassador.values.status import CampaignStatus

_FIRST = (CampaignStatus.LIVE, CampaignStatus.CLOSED, CampaignStatus.DRAFT)


def open_outcomes(work: UnitOfWork, campaign_id: int | None = None) -> OpenedOutcomes | None:
    """Open the campaign asked for, else the one most worth looking at; None where there is none.

    Examples
    --------
    >>> found = open_outcomes(work, campaign)
    >>> found.results.name, found.log.orders, len(found.devices)
    ('Q1 Launch', 4, 2)
    """
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
    """Choose the campaign that runs, else the last that ran, else a draft.

    Examples
    --------
    >>> default_campaign(work)
    1
    """
    with work.reading() as session:
        ranked = sorted(list_campaigns(session), key=lambda one: _FIRST.index(one.status))
        return ranked[0].id if ranked else None


def surprises_of(work: UnitOfWork, campaign_id: int | None) -> tuple[Surprise, ...]:
    """Find the surprises of a campaign; none without one, or without a forecast frozen at its launch.

    Examples
    --------
    >>> surprises_of(work, campaign), surprises_of(work, None)
    ((), ())
    """
    return () if campaign_id is None else find_surprises(work, observe_results(work, campaign_id))


def find_surprises(work: UnitOfWork, results: CampaignResults) -> tuple[Surprise, ...]:
    """List the ambassadors outside their 90% range, the one with most talk first.

    Examples
    --------
    >>> find_surprises(work, observe_results(work, campaign))
    ()
    """
    missed = [
        row
        for row in results.rows
        if row.talkers.standing in {IntervalPosition.ABOVE, IntervalPosition.BELOW}
    ]
    if not missed:
        return ()
    with work.reading() as session:
        sizes = _sizes(session)
        chosen = _overlaps(session, results.campaign_id)
    missed.sort(key=lambda row: (-row.figures.talkers, row.name))
    return tuple(_surprise(row, sizes, chosen) for row in missed)


def _surprise(
    row: AmbassadorResult, sizes: Mapping[int, int], chosen: Mapping[int, float | None]
) -> Surprise:
    low, high = row.talkers.interval(90) or (0.0, 0.0)
    size = sizes.get(row.person_id)
    return Surprise(
        name=row.name,
        handle=row.handle,
        talkers=row.figures.talkers,
        low=low,
        high=high,
        is_above=row.talkers.standing is IntervalPosition.ABOVE,
        followers=size,
        size_rank=None if size is None else 1 + sum(other > size for other in sizes.values()),
        was_picked=row.person_id in chosen,
        overlap=chosen.get(row.person_id),
    )


def _sizes(session: Session) -> dict[int, int]:
    """Return the newest known followers of everybody listed, by person: of the account with most."""
    readings = list_readings(session)
    known = {
        person: [newest_figures(readings.get(account.id or 0, ())).followers for account in accounts]
        for person, accounts in list_accounts(session).items()
    }
    counted = {person: [one for one in own if one is not None] for person, own in known.items()}
    return {person: max(own) for person, own in counted.items() if own}


def _overlaps(session: Session, campaign_id: int) -> dict[int, float | None]:
    """Return what the pick knew of everybody's shared audience, by person, for those who came by a pick."""
    found: dict[int, float | None] = {}
    for row in ambassador_rows(session, campaign_id):
        picks = get_pick(session, row.pick_id).result["picks"] if row.pick_id else ()
        found |= {one["person_id"]: one["overlap"] for one in picks if one["person_id"] == row.person_id}
    return found


def flag_devices(work: UnitOfWork, results: CampaignResults) -> tuple[DeviceResult, ...]:
    """List the delivered devices of a campaign, flagged ones first.

    What was forecast for an ambassador belongs to the device that reached them last: an earlier one that was
    replaced has no forecast of its own.

    Examples
    --------
    >>> devices = flag_devices(work, observe_results(work, campaign))
    >>> [(one.serial, one.name, one.mentions) for one in devices]
    [('BZ0001', 'Nina Rossi', 4.0), ('BZ0002', 'Leo Conti', 1.0)]
    """
    rows = {row.ambassador_id: row for row in results.rows}
    with work.reading() as session:
        custodies = device_custodies(session, list(rows))
    credit = {
        (row.device_id, row.ambassador_id): row for row in credit_table(work, results.campaign_id).by_device
    }
    latest = {custody.ambassador_id: custody.device_id for custody in custodies}
    held = Counter(custody.ambassador_id for custody in custodies)
    found = [
        _result(
            results,
            custody,
            rows[custody.ambassador_id],
            credit.get((custody.device_id, custody.ambassador_id)),
            last=latest[custody.ambassador_id] == custody.device_id,
            alone=held[custody.ambassador_id] == 1,
        )
        for custody in custodies
    ]
    return tuple(sorted(found, key=lambda one: (not one.is_flagged, -one.mentions, one.serial)))


def _result(
    results: CampaignResults,
    custody: DeviceCustody,
    row: AmbassadorResult,
    credit: CreditRow | None,
    *,
    last: bool,
    alone: bool,
) -> DeviceResult:
    own = credit.own_posts if credit else 0
    talkers = (credit.people + (own > 0)) if credit else 0
    observed = row.talkers.observed if alone and row.talkers.observed is not None else talkers
    known = row.talkers
    expected = Range(known.expected, 0.0, 0.0, known.quantiles) if known.expected is not None else None
    over = results.status is CampaignStatus.CLOSED or results.day > results.days
    return DeviceResult(
        device_id=custody.device_id,
        serial=custody.serial,
        ambassador_id=row.ambassador_id,
        name=row.name,
        delivered_at=custody.delivered_at,
        days=((custody.ended_at or results.as_of) - custody.delivered_at).days,
        mentions=credit.mentions if credit else 0.0,
        talkers=compare(observed, expected if last else None, over=over),
        is_silent=last and row.is_silent and own == 0,
    )

"""Set each device beside the forecast of whoever holds it: outside the range, or silent since delivery."""

from collections import Counter

from ambassador.services.mentions.credit_table import credit_table
from ambassador.services.results.against_forecast import compare
from ambassador.services.work import UnitOfWork
from ambassador.store.results.results import DeviceCustody, device_custodies
from ambassador.values.forecasts.forecasts import Range
from ambassador.values.mentions.credit import CreditRow
from ambassador.values.results.results import AmbassadorResult, CampaignResults, DeviceResult
from ambassador.values.status import CampaignStatus


def flag_devices(work: UnitOfWork, results: CampaignResults) -> tuple[DeviceResult, ...]:
    """List the delivered devices of a campaign, flagged ones first.

    What was forecast for an ambassador belongs to the device that reached them last: an earlier one that was
    replaced has no forecast of its own.
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

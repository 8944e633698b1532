"""How a report's figures came about, in a few lines anyone can read."""

from ambassador.reports.known import known_sentence
from ambassador.reports.words import Words
from ambassador.values.campaigns.unit_costs import CampaignCosts, DeviceCosting
from ambassador.values.networks.network import LADDER
from ambassador.values.results.reports import Report
from ambassador.values.results.results import CampaignResults, Cost


def notes_of(report: Report, words: Words) -> list[str]:
    """Tell what was counted how, on what the forecast was built, and how old the figures are."""
    results = report.results
    known = known_sentence(results.known, words) if results.known else ""
    led_by = words.note(results.led_by) if results.led_by else ""
    lines = [known, _made(report, words), _read(results, words), _forecast(results, words), led_by]
    if report.minded:
        lines.append(" ".join(map(words.note, report.minded)))
    if report.rung is not None:
        lines.append(words.t("The data stand on: {what}.", what=words.note(report.rung.built_on)))
    lines += [
        words.t(
            "People who talk are distinct authors of mentions that belong to the campaign, its brand's own "
            "accounts left out. A mention is credited to the nearest ambassador upstream."
        ),
        words.t(
            "Cost is the fees of those who take part and the phones that do not come back: gifts once sent, "
            "loans only when lost or kept."
        ),
        _beside(results, words),
        *_left_out(results.cost, words),
    ]
    return [line for line in lines if line]


def _made(report: Report, words: Words) -> str:
    zone = report.results.time_zone
    return words.t(
        "Made on {moment} by {who}; days and hours are those of {zone}.",
        moment=words.moment(report.made_at, zone),
        who=report.actor,
        zone=zone,
    )


def _read(results: CampaignResults, words: Words) -> str:
    if results.read_at is None:
        return ""
    read = words.moment(results.read_at, results.time_zone)
    return words.t("The newest figures of posts were read on {moment}.", moment=read)


def _forecast(results: CampaignResults, words: Words) -> str:
    if results.forecast_at is None or results.rung is None:
        return words.t("No forecast was frozen at launch, so there is nothing to compare with.")
    return words.t(
        "The forecast was made on {moment} and has not been changed since. It was built on {what}. It holds "
        "only as far as its assumptions do.",
        moment=words.moment(results.forecast_at, results.time_zone),
        what=words.t(LADDER[results.rung]),
    )


def _beside(results: CampaignResults, words: Words) -> str:
    """Tell what the campaign's own unit costs add."""
    if results.costing == CampaignCosts():
        return ""
    if results.costing.costing is DeviceCosting.WHOLE:
        return words.t("Shipping and other costs are those the campaign names for each parcel and person.")
    return words.t(
        "Shipping and other costs are those the campaign names for each parcel and person; a phone on loan "
        "counts what it loses in value."
    )


def _left_out(cost: Cost, words: Words) -> list[str]:
    lines = []
    if cost.unknown_fees:
        lines.append(
            words.t_count(
                "{count} fee is not known and is left out.",
                "{count} fees are not known and are left out.",
                cost.unknown_fees,
            )
        )
    if cost.unknown_goods:
        lines.append(
            words.t_count(
                "The cost of {count} phone is not known and is left out.",
                "The cost of {count} phones is not known and is left out.",
                cost.unknown_goods,
            )
        )
    if cost.other_currency:
        lines.append(
            words.t_count(
                "{count} amount is in another currency and is left out.",
                "{count} amounts are in another currency and are left out.",
                cost.other_currency,
            )
        )
    return lines

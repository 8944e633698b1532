"""Who brought most for their money, and what of the cost is not known, in words."""

from collections.abc import Callable, Sequence

from ambassador.i18n import mark
from ambassador.reports.words import Words
from ambassador.values.money import Money
from ambassador.values.results.results import AmbassadorResult, CampaignResults, Cost, UnitCosts

_EACH: tuple[tuple[str, Callable[[UnitCosts], Money | None]], ...] = (
    (mark("{cost} a like"), lambda costs: costs.per_like),
    (mark("{cost} per person who talks"), lambda costs: costs.per_talker),
    (mark("{cost} per 1,000 views"), lambda costs: costs.per_thousand_views),
    (mark("{cost} per order"), lambda costs: costs.per_order),
)
"""What ambassadors are compared by; the first that tells two of them apart leads."""


def best_value(results: CampaignResults, words: Words) -> str:
    """Name who brought most for their money; empty where fewer than two can be compared."""
    for text, per in _EACH:
        ranked = _ranked(results.rows, per)
        if ranked:
            cheapest, cost = ranked[0]
            return words.t(
                "Best value for money: {name}, {each}.",
                name=cheapest.name,
                each=words.t(text, cost=words.money(cost)),
            )
    return ""


def cheapest_and_dearest(results: CampaignResults, words: Words) -> tuple[str, ...]:
    """Say, for each thing that can be compared, who cost least and who cost most: a sentence each."""
    said = []
    for text, per in _EACH:
        ranked = _ranked(results.rows, per)
        if ranked:
            (first, least), (last, most) = ranked[0], ranked[-1]
            said.append(
                words.t(
                    "{cheapest} cost {least}, {dearest} {most}.",
                    cheapest=first.name,
                    least=words.t(text, cost=words.money(least)),
                    dearest=last.name,
                    most=words.money(most),
                )
            )
    return tuple(said)


def unknown_cost(cost: Cost, words: Words) -> str:
    """Tell what of a cost is not known; empty where all is."""
    phones, fees, other = cost.unknown_goods, cost.unknown_fees, cost.other_currency
    parts = (
        words.t_count("cost not known of {count} phone", "cost not known of {count} phones", phones)
        if phones
        else "",
        words.t_count("{count} fee not known", "{count} fees not known", fees) if fees else "",
        words.t_count(
            "{count} amount in another currency left out",
            "{count} amounts in another currency left out",
            other,
        )
        if other
        else "",
    )
    return ", ".join(part for part in parts if part)


def _ranked(
    rows: Sequence[AmbassadorResult], per: Callable[[UnitCosts], Money | None]
) -> list[tuple[AmbassadorResult, Money]]:
    """Rank whose cost is known and not nothing, the cheapest first; empty unless two differ."""
    known = [(row, cost) for row in rows if row.cost.total.minor and (cost := per(row.unit_costs))]
    ranked = sorted(known, key=lambda pair: (pair[1].minor, -pair[0].figures.talkers, pair[0].name))
    return ranked if len({cost.minor for _, cost in ranked}) > 1 else []

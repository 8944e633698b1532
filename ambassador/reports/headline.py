"""What came of a campaign, in one line that can be sent as it is."""

from ambassador.i18n import mark
from ambassador.reports.value_for_money import best_value, unknown_cost
from ambassador.reports.words import Words
from ambassador.values.results.results import CampaignResults, ForecastComparison, IntervalPosition
from ambassador.values.status import CampaignStatus

_STANDINGS = {
    IntervalPosition.INSIDE: mark("as forecast ({low} to {high})"),
    IntervalPosition.ABOVE: mark("more than forecast ({low} to {high})"),
    IntervalPosition.BELOW: mark("fewer than forecast ({low} to {high})"),
    IntervalPosition.OPEN: mark("so far below the forecast ({low} to {high})"),
}


def headline(results: CampaignResults, words: Words) -> str:
    """Tell in one line what was given, what came of it, how that compares, and what it cost."""
    sentences = (
        _opening(results, words),
        _brought(results, words),
        _spent(results, words),
        promised_sentence(results, words),
        best_value(results, words),
    )
    return " ".join(sentence for sentence in sentences if sentence)


def standing_text(comparison: ForecastComparison, words: Words) -> str:
    """Tell where an observed figure stands against its 90% interval; empty where nothing was forecast."""
    interval, text = comparison.interval(90), _STANDINGS.get(comparison.standing)
    if interval is None or text is None:
        return ""
    return words.t(text, low=words.number(interval[0]), high=words.number(interval[1]))


def judged(results: CampaignResults) -> ForecastComparison:
    """Choose the comparison that is fair now: the day's while it runs, the end's once it is over."""
    over = results.status is CampaignStatus.CLOSED or results.day > results.days
    return results.by_the_end if over else results.talkers


def _opening(results: CampaignResults, words: Words) -> str:
    funnel = results.funnel
    name = results.name
    if results.known is not None:
        name = words.t("{name}, as known on {day}", name=name, day=words.day(results.known.day))
    if funnel.delivered:
        posted = words.t_count(
            "{count} of {delivered} people with a phone has posted",
            "{count} of {delivered} people with a phone have posted",
            funnel.posted,
            delivered=words.number(funnel.delivered),
        )
        return f"{name}, {_when(results, words)}: {posted}, {_talkers(results, words)}."
    return f"{name}, {_when(results, words)}: {_talkers(results, words)}."


def _when(results: CampaignResults, words: Words) -> str:
    if results.status is CampaignStatus.DRAFT or results.day < 1:
        return words.t("not begun yet")
    if results.status is CampaignStatus.CLOSED and results.day <= results.days:
        return words.t("closed before its last day, {day}", day=words.day(results.ends_on))
    if results.day > results.days:
        return words.t("over since {day}", day=words.day(results.ends_on))
    return words.t("day {day} of {days}", day=results.day, days=results.days)


def _talkers(results: CampaignResults, words: Words) -> str:
    said = words.t_count(
        "{count} person talks about it", "{count} people talk about it", results.total.talkers
    )
    compared = standing_text(judged(results), words)
    return f"{said}, {compared}" if compared else said


def _brought(results: CampaignResults, words: Words) -> str:
    total = results.total
    parts = []
    if total.views.value is not None:
        parts.append(words.t("{views} views", views=words.number(total.views.value)))
    if total.orders is not None:
        orders = words.t_count("{count} order", "{count} orders", total.orders)
        worth = total.order_value
        parts.append(
            orders
            if worth is None
            else words.t("{orders} worth {value}", orders=orders, value=words.money(worth))
        )
    return words.t("It brought {things}.", things=", ".join(parts)) if parts else ""


def promised_sentence(results: CampaignResults, words: Words) -> str:
    """Tell which fees are not in the cost yet; empty where nobody is still to answer."""
    if results.promised is None:
        return ""
    return words.t_count(
        "Not in it: {fees} of fees, due once {count} person who was invited accepts.",
        "Not in it: {fees} of fees, due once {count} people who were invited accept.",
        results.promised.people,
        fees=words.money(results.promised.fees),
    )


def _spent(results: CampaignResults, words: Words) -> str:
    spent, missing = words.money(results.cost.total), unknown_cost(results.cost, words)
    if missing and not results.cost.total.minor:
        return words.t("What it cost is not known: {missing}.", missing=missing)
    if missing:
        return words.t("At least {cost} spent: {missing}.", cost=spent, missing=missing)
    if not results.cost.total.minor:
        return words.t("Nothing is spent yet.") if results.promised else ""
    per = results.unit_costs.per_talker
    if per is None:
        return words.t("It cost {cost}.", cost=spent)
    return words.t("It cost {cost}: {each} per person who talks.", cost=spent, each=words.money(per))

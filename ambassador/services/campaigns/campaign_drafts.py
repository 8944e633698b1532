"""Check what a form or the shell says about a campaign before anything is written."""

from collections.abc import Iterable
from dataclasses import replace

from babel.numbers import is_currency

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.values.campaigns.campaigns import CampaignDraft, MatchRuleDraft
from ambassador.values.campaigns.unit_costs import CampaignCosts, DeviceCosting
from ambassador.values.days import zone_of
from ambassador.values.identity import parse_account


def checked_draft(draft: CampaignDraft) -> CampaignDraft:
    """Return the draft tidied up, or say what cannot be used in it.

    Examples
    --------
    >>> from datetime import date
    >>> checked_draft(CampaignDraft("  Q2   Launch ", date(2026, 6, 1), date(2026, 6, 30))).name
    'Q2 Launch'
    """
    name = " ".join(draft.name.split())
    if not name:
        raise BadInputError("A campaign needs a name")
    if draft.ends_on < draft.starts_on:
        message = mark("The campaign would end on {ends_on}, before it starts on {starts_on}")
        raise BadInputError(message, ends_on=draft.ends_on, starts_on=draft.starts_on)
    if draft.silent_after_days < 1:
        raise BadInputError(
            "Nobody is silent after {days} days: give at least 1", days=draft.silent_after_days
        )
    zone_of(draft.time_zone)
    _check_money(draft)
    rule = checked_rule(draft.rule) if draft.rule else None
    return replace(draft, name=name, product=draft.product.strip(), rule=rule)


def checked_rule(draft: MatchRuleDraft) -> MatchRuleDraft:
    """Return the rule with hashtags, words and authors in one spelling each, none of them twice.

    Examples
    --------
    >>> checked_rule(MatchRuleDraft(hashtags=("#Q1Brezza", "q1brezza "))).hashtags
    ('#q1brezza',)
    """
    if draft.from_at and draft.until_at and draft.until_at <= draft.from_at:
        message = mark("The window of the rule would end at {until}, before it begins at {begin}")
        raise BadInputError(message, until=draft.until_at, begin=draft.from_at)
    return replace(
        draft,
        hashtags=_once(f"#{tag.strip().lstrip('#').casefold()}" for tag in draft.hashtags if tag.strip(" #")),
        keywords=_once(" ".join(word.casefold().split()) for word in draft.keywords),
        exclude_words=_once(" ".join(word.casefold().split()) for word in draft.exclude_words),
        authors=_once(_author(author) for author in draft.authors),
    )


def _author(text: str) -> str:
    platform, handle = parse_account(text)
    return f"{platform}:{handle}" if platform else handle


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))


def _check_money(draft: CampaignDraft) -> None:
    if not is_currency(draft.currency):
        message = mark("{currency} is no currency: write three letters such as EUR")
        raise BadInputError(message, currency=draft.currency)
    _check_costs(draft.costs, draft.currency)
    if draft.budget is None:
        return
    if draft.budget.currency != draft.currency:
        message = mark("The budget is in {budget}, the campaign in {currency}")
        raise BadInputError(message, budget=draft.budget.currency, currency=draft.currency)
    if draft.budget.minor < 0:
        raise BadInputError("A budget of {amount} cannot be spent", amount=draft.budget.amount)


def _check_costs(costs: CampaignCosts, currency: str) -> None:
    for amount in costs.amounts:
        if amount.currency != currency:
            message = mark("A cost is in {cost}, the campaign in {currency}")
            raise BadInputError(message, cost=amount.currency, currency=currency)
        if amount.minor < 0:
            raise BadInputError("A cost of {amount} for each person cannot be meant", amount=amount.amount)
    _check_loan(costs)


def _check_loan(costs: CampaignCosts) -> None:
    if costs.costing is DeviceCosting.RESALE and costs.resale is None:
        raise BadInputError("A loan that counts until the phone is sold again needs what it then fetches")
    if costs.costing is DeviceCosting.MONTHS and not (costs.months and costs.loan_days):
        raise BadInputError(
            "A loan that counts its share of the months of use needs both the months and the days of the loan"
        )
    for number in (costs.months, costs.loan_days):
        if number is not None and number < 1:
            raise BadInputError("{number} is no length of a loan or of use: give at least 1", number=number)
    if costs.device and costs.resale and costs.resale.minor > costs.device.minor:
        raise BadInputError(
            "A phone bought for {price} does not fetch {resale} afterwards",
            price=costs.device.amount,
            resale=costs.resale.amount,
        )

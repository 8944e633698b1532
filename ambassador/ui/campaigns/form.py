"""The fields of a campaign: what and when, its money, and the rule that matches mentions."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import day_order, t
from ambassador.ui.kit.workspace import today_there
from ambassador.values.campaigns.campaigns import CampaignDraft, CampaignView, MatchRuleDraft
from ambassador.values.money import money

_CURRENCIES: Final = ("EUR", "USD", "GBP", "CHF", "SEK", "DKK", "NOK", "PLN", "CZK", "HUF", "RON", "JPY")
_LENGTH: Final = timedelta(days=23)


def known_fields(view: CampaignView | None) -> CampaignDraft:
    """What the fields begin with: a campaign's own values, or a fresh start in a week."""
    if view is None:
        starts = today_there() + timedelta(days=7)
        return CampaignDraft("", starts, starts + _LENGTH, rule=MatchRuleDraft())
    card = view.card
    return CampaignDraft(
        card.name,
        card.starts_on,
        card.ends_on,
        product=card.product,
        time_zone=card.time_zone,
        currency=card.currency,
        budget=card.spending.budget,
        embargo_until=card.embargo_until,
        silent_after_days=view.silent_after_days,
        notes=view.notes,
        rule=view.rule.rule if view.rule else MatchRuleDraft(),
        costs=card.costs,
    )


def what_and_when(was: CampaignDraft, name_key: str | None = None) -> CampaignDraft:
    """Ask what is launched, when, where the day begins, and how much may be spent.

    With a key for the name, that field holds what stands under the key already.
    """
    name = st.text_input(t("Name"), key=name_key) if name_key else st.text_input(t("Name"), value=was.name)
    product = st.text_input(t("Product"), value=was.product, help=t("As it is called in the list of phones."))
    with st.container(horizontal=True):
        starts = st.date_input(t("First day"), value=was.starts_on, format=day_order())
        ends = st.date_input(t("Last day"), value=was.ends_on, format=day_order())
        zones = sorted(available_timezones())
        zone = st.selectbox(t("Time zone"), zones, index=zones.index(was.time_zone))
    embargo = _embargo(was.embargo_until, zone)
    with st.container(horizontal=True):
        currencies = sorted({*_CURRENCIES, was.currency})
        currency = st.selectbox(t("Currency"), currencies, index=currencies.index(was.currency))
        amount = st.number_input(
            t("Budget"),
            min_value=0.0,
            value=float(was.budget.amount) if was.budget else None,
            step=100.0,
            help=t("Empty means that no budget is set."),
        )
        silent = st.number_input(
            t("Silent after (days)"),
            min_value=1,
            value=was.silent_after_days,
            help=t("Days after the phone arrived without a post until somebody counts as silent."),
        )
    notes = st.text_area(t("Notes"), value=was.notes, height=80)
    budget = None if amount is None else money(str(amount), currency)
    return CampaignDraft(name, starts, ends, product, zone, currency, budget, embargo, silent, notes)


def match_rule(known: CampaignDraft) -> MatchRuleDraft:
    """Ask which mentions belong to the campaign."""
    was = known.rule or MatchRuleDraft()
    tags = _words(t("Hashtags"), was.hashtags, t("Posts that carry one of these belong to the campaign."))
    words = _words(
        t("Keywords"), was.keywords, t("Posts that hold one of these words or phrases belong to it.")
    )
    without = _words(
        t("Exclude-words"),
        was.exclude_words,
        t("Posts with one of these do not: Q1 is also a quarter (revenue, earnings, fiscal)."),
    )
    authors = _words(
        t("Authors"), was.authors, t("All their posts in these days belong to it: nina, or instagram:nina.")
    )
    return MatchRuleDraft(tags, words, without, authors, was.from_at, was.until_at)


def field_labels() -> dict[str, str]:
    """Name the fields as the form does."""
    return {
        "name": t("Name"),
        "product": t("Product"),
        "starts_on": t("First day"),
        "ends_on": t("Last day"),
        "time_zone": t("Time zone"),
        "embargo_until": t("Embargo until"),
        "currency": t("Currency"),
        "budget": t("Budget"),
        "silent_after_days": t("Silent after (days)"),
        "notes": t("Notes"),
        "costing": t("A phone counts as"),
        "device": t("What a phone was bought for"),
        "resale": t("What it then fetches"),
        "months": t("Months it is used"),
        "loan_days": t("Days of the loan"),
        "shipping": t("Shipping"),
        "shipping_to": t("Shipping by country"),
        "other": t("Other costs"),
        "hashtags": t("Hashtags"),
        "keywords": t("Keywords"),
        "exclude_words": t("Exclude-words"),
        "authors": t("Authors"),
    }


def _words(label: str, known: Sequence[str], about: str) -> tuple[str, ...]:
    text = st.text_input(label, value=", ".join(known), help=about, placeholder=t("separated by commas"))
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _embargo(known: datetime | None, zone: str) -> datetime | None:
    there = ZoneInfo(zone)
    local = known.astimezone(there) if known else None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        on = st.date_input(
            t("Embargo until"),
            value=local.date() if local else None,
            help=t("Nobody may post before. Empty: no embargo."),
            format=day_order(),
        )
        at = st.time_input(t("at"), value=local.time() if local else time(9), disabled=on is None)
    return datetime.combine(on, at, there) if on else None

"""The fields of an activation and of one idea or option."""

from datetime import date, timedelta
from typing import Final

from ambassador.services.campaigns.campaign_view import campaign_names
from ambassador.ui.kit.campaign import chosen_campaign
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import day_order, t
from ambassador.ui.kit.words import word
from ambassador.ui.kit.workspace import current_work
from ambassador.values.activations.activations import ActivationDraft, EntryDraft
from ambassador.values.activations.states import ActivationKind
from ambassador.values.money import Money, money

_LENGTH: Final = timedelta(days=20)
_ALONE: Final = 0
_CURRENCIES: Final = ("EUR", "USD", "GBP", "CHF", "SEK", "DKK", "NOK", "PLN", "CZK", "HUF", "RON", "JPY")


def fresh_draft() -> ActivationDraft:
    """What the fields of a new activation begin with."""
    starts = date.today()
    return ActivationDraft("", starts, starts + _LENGTH, campaign_id=chosen_campaign())


def ask_activation(
    was: ActivationDraft, title_key: str | None = None, *, new: bool = False
) -> ActivationDraft:
    """Ask what is started, when, for how much and by which rules."""
    kind = was.kind
    if new:
        kind = st.segmented_control(
            t("What are people asked?"),
            list(ActivationKind),
            default=was.kind,
            format_func=word,
            required=True,
        )
    title = (
        st.text_input(t("Title"), key=title_key) if title_key else st.text_input(t("Title"), value=was.title)
    )
    with st.container(horizontal=True):
        starts = st.date_input(t("First day"), value=was.starts_on, format=day_order())
        ends = st.date_input(t("Last day"), value=was.ends_on, format=day_order())
        campaign = _ask_campaign(was.campaign_id)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        currencies = sorted({*_CURRENCIES, was.currency})
        currency = st.selectbox(t("Currency"), currencies, index=currencies.index(was.currency))
        budget = was.budget
        if kind is ActivationKind.IDEAS:
            about = t("What the ideas that are built may cost together.")
            budget = ask_money(t("Budget for ideas"), was.budget, currency, about)
        about = t("Its cost for each who took part stands beside that of others.")
        cost = ask_money(t("What running it costs"), was.cost, currency, about)
    most = st.number_input(
        t("Choices a ballot may name"),
        min_value=1,
        value=was.most_choices,
        step=1,
        help=t("Empty: any number."),
    )
    rules = st.text_area(t("Rules"), value=was.rules, height=80)
    return ActivationDraft(
        title=title,
        starts_on=starts,
        ends_on=ends,
        kind=kind,
        campaign_id=campaign,
        time_zone=was.time_zone,
        currency=currency,
        budget=budget if kind is ActivationKind.IDEAS else None,
        cost=cost,
        most_choices=None if most is None else int(most),
        rules=rules,
    )


def ask_entry(was: EntryDraft | None, currency: str, title_key: str, *, with_cost: bool) -> EntryDraft:
    """Ask for one idea or option; the key of one that is there stays."""
    key = was.key if was else st.text_input(t("Key"), help=t("What ballots call it, such as 1 or B."))
    title = st.text_input(t("What it is"), key=title_key)
    known = was.cost if was else None
    about = t("Empty is unknown: nobody can build it then.")
    cost = (
        ask_money(t("Cost, in {currency}", currency=currency), known, currency, about) if with_cost else None
    )
    text = st.text_area(t("In words"), value=was.about if was else "", height=80)
    by = st.text_input(t("Proposed by"), value=was.proposed_by if was else "")
    return EntryDraft(key, title, cost, text, by)


def entry_labels() -> dict[str, str]:
    """Name the fields of an idea as the form does."""
    return {
        "title": t("What it is"),
        "cost": t("Cost"),
        "about": t("In words"),
        "proposed_by": t("Proposed by"),
    }


def field_labels() -> dict[str, str]:
    """Name the fields as the form does."""
    return {
        "title": t("Title"),
        "starts_on": t("First day"),
        "ends_on": t("Last day"),
        "campaign_id": t("Campaign"),
        "currency": t("Currency"),
        "budget": t("Budget for ideas"),
        "cost": t("What running it costs"),
        "most_choices": t("Choices a ballot may name"),
        "rules": t("Rules"),
    }


def ask_money(label: str, was: Money | None, currency: str, about: str) -> Money | None:
    """Ask for an amount; empty is not said."""
    value = float(was.amount) if was else None
    typed = st.number_input(label, min_value=0.0, value=value, step=10.0, help=about)
    return None if typed is None else money(str(typed), currency)


def _ask_campaign(was: int | None) -> int | None:
    names = campaign_names(current_work())
    options = [_ALONE, *names]
    index = options.index(was) if was in names else 0
    chosen = st.selectbox(
        t("Campaign"), options, index=index, format_func=lambda key: names.get(key, t("stands alone"))
    )
    return chosen or None

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
from ambassador.values.activations.states import NO_VOTE, ActivationKind
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
    weight = _ask_weight(was.jury_weight) if kind is ActivationKind.CONTEST else None
    most = None
    if kind not in NO_VOTE:
        most = st.number_input(
            t("Choices a ballot may name"),
            min_value=1,
            value=was.most_choices,
            step=1,
            help=t("Empty: any number."),
        )
    is_asked = kind is ActivationKind.DISCUSSION
    rules = st.text_area(t("What is asked") if is_asked else t("Rules"), value=was.rules, height=80)
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
        jury_weight=weight,
    )


def _ask_weight(was: int | None) -> int | None:
    typed = st.number_input(
        t("Weight of the jury, in %"),
        min_value=0,
        max_value=100,
        value=was,
        step=5,
        help=t("How much of the points the mean mark of the jury makes up; empty: the votes decide alone."),
    )
    return None if typed is None else int(typed)


def ask_entry(was: EntryDraft | None, currency: str, title_key: str, kind: ActivationKind) -> EntryDraft:
    """Ask for one idea, option or entry; the key of one that is there stays."""
    is_entry = kind is ActivationKind.CONTEST
    about = t("What ballots call it, such as 1 or B.")
    if is_entry:
        about = t("What ballots call it, such as 1 or B; empty: the next number.")
    key = was.key if was else st.text_input(t("Key"), help=about)
    title = st.text_input(t("What it is"), key=title_key)
    known = was.cost if was else None
    about = t("Empty is unknown: nobody can build it then.")
    cost = (
        ask_money(t("Cost, in {currency}", currency=currency), known, currency, about)
        if kind is ActivationKind.IDEAS
        else None
    )
    url, mention = _ask_place(was) if is_entry else ("", None)
    text = st.text_area(t("In words"), value=was.about if was else "", height=80)
    label = t("Entered by") if is_entry else t("Proposed by")
    by = st.text_input(label, value=was.proposed_by if was else "", help=t("Such as instagram:nina."))
    return EntryDraft(key, title, cost, text, by, url, mention)


def _ask_place(was: EntryDraft | None) -> tuple[str, int | None]:
    """Ask where a photo or story stands: by its link, or as a post that is here."""
    with st.container(horizontal=True):
        url = st.text_input(t("Link"), value=was.url if was else "")
        number = st.number_input(
            t("Number of the mention"),
            min_value=1,
            value=was.mention_id if was else None,
            step=1,
            help=t("Of a post on Mentions: title, name and link are taken from it where they are empty."),
        )
    return url, None if number is None else int(number)


def entry_labels() -> dict[str, str]:
    """Name the fields of an idea as the form does."""
    return {
        "title": t("What it is"),
        "cost": t("Cost"),
        "about": t("In words"),
        "proposed_by": t("Proposed by"),
        "url": t("Link"),
        "mention_id": t("Number of the mention"),
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
        "jury_weight": t("Weight of the jury, in %"),
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

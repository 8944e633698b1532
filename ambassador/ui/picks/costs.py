"""What each person costs beside the fee: asked in the form of a pick."""

from typing import Final

from ambassador.i18n import mark
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import t
from ambassador.values.money import Money
from ambassador.values.money import money as amount_of
from ambassador.values.picks.costs import CostsPerPerson
from ambassador.values.picks.picks import PickPageState, PickRequest

_LABELS: Final = {
    "device": mark("Phone, {currency} each"),
    "shipping": mark("Shipping, {currency} each"),
    "other": mark("Other costs, {currency} each"),
    "assumed_fee": mark("Unknown fees count as, {currency}"),
}


def form_currency(desk: PickPageState, before: PickRequest | None) -> str:
    """Name the currency of all amounts of the form."""
    if desk.budget_left:
        return desk.budget_left.currency
    asked = (before.budget.currency if before.budget else before.costs.currency) if before else None
    return asked or desk.currency


def costs_form(desk: PickPageState, before: PickRequest | None) -> CostsPerPerson:
    """Ask what each person costs; filled with what was asked, else with what is usual in the campaign."""
    shown = before.costs if before and before.costs.on_top else desk.usual_costs
    assumed = before.costs.assumed_fee if before else None
    currency = form_currency(desk, before)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        device = _amount("device", shown.device, currency)
        shipping = _amount("shipping", shown.shipping, currency)
        other = _amount("other", shown.other, currency)
        fee = _amount(
            "assumed_fee",
            assumed,
            currency,
            t("Empty: within a budget, people whose fee is not known are left out."),
        )
    return CostsPerPerson(device, shipping, other, fee)


def _amount(name: str, shown: Money | None, currency: str, about: str | None = None) -> Money | None:
    value = st.number_input(
        t(_LABELS[name], currency=currency),
        min_value=0.0,
        value=float(shown.amount) if shown and shown.currency == currency else None,
        step=10.0,
        help=about or t("Counted for each person, beside the fee."),
        width=180,
    )
    return None if value is None else amount_of(str(value), currency)

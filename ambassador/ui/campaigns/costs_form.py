"""The fields of what each person of a campaign costs beside the fee."""

from collections.abc import Sequence
from typing import Final

from ambassador.i18n import mark
from ambassador.ui.kit.amounts import amount_field, shipping_field
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import t
from ambassador.values.campaigns.unit_costs import CampaignCosts, DeviceCosting
from ambassador.values.money import Money

_COSTING: Final = {
    DeviceCosting.WHOLE: mark("what it was bought for; a loan nothing, unless it is lost or kept"),
    DeviceCosting.RESALE: mark("on loan: what it loses until it is sold again"),
    DeviceCosting.MONTHS: mark("on loan: the days of the loan out of the months it is used"),
}


def ask_costs(was: CampaignCosts, currency: str) -> CampaignCosts | None:
    """Ask what each person costs beside the fee; None, and what is wrong, where that cannot be read."""
    st.caption(t("A pick starts from these costs, and what each ambassador cost is counted by them."))
    possible: Sequence[DeviceCosting] = list(DeviceCosting)
    costing: DeviceCosting = st.selectbox(
        t("A phone counts as"),
        possible,
        index=possible.index(was.costing),
        format_func=lambda one: t(_COSTING[one]),
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        about = t("Empty: what the list of phones says of each.")
        device = amount_field(
            t("A phone was bought for, {currency}", currency=currency), was.device, currency, about
        )
        resale, months, days = _loan(was, costing, currency)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        about = t("For each parcel: a second phone is a second parcel.")
        shipping = amount_field(
            t("Shipping, {currency} each", currency=currency), was.shipping, currency, about
        )
        by_country = shipping_field(was.shipping_to, currency)
        about = t("What else each person costs: a cover, an event, an agency.")
        other = amount_field(t("Other costs, {currency} each", currency=currency), was.other, currency, about)
    if by_country is None:
        return None
    return CampaignCosts(costing, device, resale, months, days, shipping, by_country, other)


def _loan(
    was: CampaignCosts, costing: DeviceCosting, currency: str
) -> tuple[Money | None, int | None, int | None]:
    """Ask what the way of counting a loan needs; what it does not need stays as it was."""
    resale, months, days = was.resale, was.months, was.loan_days
    if costing is DeviceCosting.RESALE:
        about = t("What it is sold for once the loan is over.")
        resale = amount_field(t("It then fetches, {currency}", currency=currency), resale, currency, about)
    if costing is DeviceCosting.MONTHS:
        about = t("After so many months a phone is worth nothing any more.")
        months = _whole(t("Months it is used"), months, about)
    if costing is not DeviceCosting.WHOLE:
        about = t("As planned; counted are the days each phone was really out.")
        days = _whole(t("Days of the loan"), days, about)
    return resale, months, days


def _whole(label: str, shown: int | None, about: str) -> int | None:
    value: int | None = st.number_input(label, min_value=1, value=shown, step=1, help=about, width=160)
    return value

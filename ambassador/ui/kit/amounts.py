"""Fields for amounts of money, and for what a parcel to each country costs."""

from ambassador.services.countries import read_shipping, shipping_text
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import t
from ambassador.values.campaigns.unit_costs import ShippingByCountry
from ambassador.values.money import Money, money


def amount_field(label: str, shown: Money | None, currency: str, about: str) -> Money | None:
    """Ask for an amount; empty is none."""
    value = st.number_input(
        label,
        min_value=0.0,
        value=float(shown.amount) if shown and shown.currency == currency else None,
        step=10.0,
        help=about,
        width=190,
    )
    return None if value is None else money(str(value), currency)


def shipping_field(was: ShippingByCountry, currency: str) -> ShippingByCountry | None:
    """Ask where a parcel costs another amount; None, and what is wrong, where that cannot be read."""
    shown = shipping_text(was) if all(cost.currency == currency for _, cost in was) else ""
    text = st.text_input(
        t("Shipping by country"),
        value=shown,
        help=t("Where a parcel costs another amount: IT 9; Germany 14.50."),
        width=220,
    )
    with errors_shown():
        return read_shipping(text, currency)
    return None

"""What each person of a campaign costs beside the fee: phone, shipping, other."""

from dataclasses import dataclass
from enum import StrEnum

from ambassador.values.money import Money

ShippingByCountry = tuple[tuple[str, Money], ...]
"""Codes of countries (ISO 3166) and what a parcel there costs, in the order of the codes."""


class DeviceCosting(StrEnum):
    """How much of a phone's price a campaign counts."""

    WHOLE = "whole"
    """What it was bought for; a loan nothing, unless it is lost or kept."""
    RESALE = "resale"
    """A loan counts what it was bought for, less what it fetches afterwards."""
    MONTHS = "months"
    """A loan counts its days' share of the months a phone is used for (straight line)."""


@dataclass(frozen=True, slots=True)
class CampaignCosts:
    """What each person of a campaign costs beside the fee; None is nothing, for a phone its own price."""

    costing: DeviceCosting = DeviceCosting.WHOLE
    device: Money | None = None
    """What a phone was bought for; None: what the list of phones says of each."""
    resale: Money | None = None
    months: int | None = None
    loan_days: int | None = None
    shipping: Money | None = None
    """To countries that ``shipping_to`` does not name."""
    shipping_to: ShippingByCountry = ()
    other: Money | None = None

    @property
    def amounts(self) -> tuple[Money, ...]:
        """The amounts that are said."""
        said = (self.device, self.resale, self.shipping, self.other, *(cost for _, cost in self.shipping_to))
        return tuple(amount for amount in said if amount is not None)

    def shipping_for(self, country: str) -> Money | None:
        """What a parcel to a country costs, by its code."""
        return dict(self.shipping_to).get(country, self.shipping)

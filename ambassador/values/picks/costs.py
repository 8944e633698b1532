"""What each picked person costs beside the fee, and what a fee that is not known counts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from ambassador.values.campaigns.unit_costs import ShippingByCountry
from ambassador.values.money import Money


@dataclass(frozen=True, slots=True)
class CostsPerPerson:
    """What comes on top of each person's fee; None is nothing."""

    device: Money | None = None
    shipping: Money | None = None
    other: Money | None = None
    assumed_fee: Money | None = None
    """What an unknown fee is taken to be; None: within a budget, whose fee is unknown is left out."""
    shipping_to: ShippingByCountry = ()
    """Where a parcel costs another amount than ``shipping``."""

    @property
    def on_top(self) -> int:
        """What each costs beside the fee, in minor units.

        Examples
        --------
        >>> CostsPerPerson(device=Money(180_00), shipping=Money(10_00), assumed_fee=Money(50_00)).on_top
        19000
        """
        return sum(amount.minor for amount in (self.device, self.shipping, self.other) if amount)

    def on_top_in(self, country: str) -> int:
        """What somebody in a country, by its code, costs beside the fee, in minor units.

        Examples
        --------
        >>> costs = CostsPerPerson(
        ...     shipping=Money(10_00), other=Money(2_00), shipping_to=(("DE", Money(14_00)),)
        ... )
        >>> costs.on_top_in("DE"), costs.on_top_in("IT")
        (1600, 1200)
        """
        usual = self.shipping.minor if self.shipping else 0
        there = dict(self.shipping_to).get(country)
        return self.on_top if there is None else self.on_top - usual + there.minor

    @property
    def any_on_top(self) -> bool:
        """Whether anybody costs anything beside the fee."""
        return bool(self.on_top) or any(cost.minor for _, cost in self.shipping_to)

    def __iter__(self) -> Iterator[Money]:
        """Go through the amounts that are said."""
        said = (self.device, self.shipping, self.other, self.assumed_fee, *dict(self.shipping_to).values())
        return (amount for amount in said if amount is not None)

    @property
    def currency(self) -> str | None:
        """The currency of the amounts; None where none is said."""
        return next((amount.currency for amount in self), None)

    def filled(self, usual: Self) -> Self:
        """Take what is usual where nothing is said; a fee is assumed only where that was said."""
        return replace(
            self,
            device=self.device or usual.device,
            shipping=self.shipping or usual.shipping,
            other=self.other or usual.other,
            shipping_to=self.shipping_to or (() if self.shipping else usual.shipping_to),
        )

    def to_json(self) -> dict[str, Any]:
        """Write the amounts that are said."""
        said = ((name, getattr(self, name)) for name in _EACH)
        kept: dict[str, Any] = {name: _pair(amount) for name, amount in said if amount is not None}
        if self.shipping_to:
            kept["shipping_to"] = {country: _pair(cost) for country, cost in self.shipping_to}
        return kept

    @classmethod
    def from_json(cls, kept: Mapping[str, Any] | None) -> Self:
        """Read the amounts back; old picks kept none.

        Examples
        --------
        >>> costs = CostsPerPerson(other=Money(2_00), shipping_to=(("DE", Money(14_00)),))
        >>> CostsPerPerson.from_json(costs.to_json()) == costs
        True
        """
        said = kept or {}
        by_country = said.get("shipping_to", {}).items()
        return cls(
            **{name: Money(*said[name]) for name in _EACH if name in said},
            shipping_to=tuple((country, Money(*cost)) for country, cost in by_country),
        )


_EACH = ("device", "shipping", "other", "assumed_fee")


def _pair(amount: Money) -> list[Any]:
    return [amount.minor, amount.currency]

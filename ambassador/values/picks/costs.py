"""What each picked person costs beside the fee, and what a fee that is not known counts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Self

from ambassador.values.money import Money


@dataclass(frozen=True, slots=True)
class CostsPerPerson:
    """What comes on top of each person's fee; None is nothing."""

    device: Money | None = None
    shipping: Money | None = None
    other: Money | None = None
    assumed_fee: Money | None = None
    """What an unknown fee is taken to be; None: within a budget, whose fee is unknown is left out."""

    @property
    def on_top(self) -> int:
        """What each costs beside the fee, in minor units.

        Examples
        --------
        >>> CostsPerPerson(device=Money(180_00), shipping=Money(10_00), assumed_fee=Money(50_00)).on_top
        19000
        """
        return sum(amount.minor for amount in (self.device, self.shipping, self.other) if amount)

    def __iter__(self) -> Iterator[Money]:
        """Go through the amounts that are said."""
        said = (getattr(self, field.name) for field in fields(self))
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
        )

    def to_json(self) -> dict[str, list[Any]]:
        """Write the amounts that are said."""
        said = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: [amount.minor, amount.currency] for name, amount in said if amount is not None}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any] | None) -> Self:
        """Read the amounts back; old picks kept none."""
        return cls(**{name: Money(*amount) for name, amount in (kept or {}).items()})

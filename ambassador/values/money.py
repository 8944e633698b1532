"""Money: whole minor units and an ISO 4217 currency, never a float."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_NO_MINOR_UNIT = frozenset({"JPY", "KRW", "VND", "CLP", "ISK", "HUF"})
_DEFAULT_CURRENCY = "EUR"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (cents) of one currency."""

    minor: int
    currency: str = _DEFAULT_CURRENCY

    @property
    def amount(self) -> Decimal:
        """The amount in major units."""
        return Decimal(self.minor) / minor_units(self.currency)


def minor_units(currency: str) -> int:
    """Say how many minor units make one major unit."""
    return 1 if currency in _NO_MINOR_UNIT else 100


def money(amount: Decimal | int | str, currency: str = _DEFAULT_CURRENCY) -> Money:
    """Make money of an amount in major units, rounded half up to the minor unit."""
    minor = (Decimal(amount) * minor_units(currency)).to_integral_value(ROUND_HALF_UP)
    return Money(int(minor), currency)

"""Money: whole minor units and an ISO 4217 currency, never a float."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ambassador.errors import BadInputError
from ambassador.i18n import mark

_NO_MINOR_UNIT = frozenset({"JPY", "KRW", "VND", "CLP", "ISK", "HUF"})
_DEFAULT_CURRENCY = "EUR"
_MOST_MINOR = 2**63  # what a database column holds


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
    exact = Decimal(amount)
    if not exact.is_finite() or abs(exact) * minor_units(currency) >= _MOST_MINOR:
        raise BadInputError(mark("{amount} is no amount of money"), amount=str(amount))
    return Money(int((exact * minor_units(currency)).to_integral_value(ROUND_HALF_UP)), currency)

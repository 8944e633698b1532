"""Money: whole minor units and an ISO 4217 currency, never a float."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ambassador.errors import BadInputError
from ambassador.i18n import mark

# The digits of CLDR, as babel has them (a test compares). The table stands here because stored amounts depend
# on it: a newer CLDR must come with a migration, not with an update of a library.
_USUAL_DIGITS = 2
_BY_DIGITS = {
    0: """ADP AFN ALL BIF BYR CLP DJF ESP GNF IQD IRR ISK ITL JPY KMF KPW KRW LAK LBP LUF MGA MGF MMK MRO PYG
        RSD RWF SLL SOS STD SYP TMM TRL UGX UYI VND VUV XAF XOF XPF YER ZMK ZWD""",
    3: "BHD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
_DIGITS = {code: digits for digits, codes in _BY_DIGITS.items() for code in codes.split()}
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

    def __str__(self) -> str:
        """Write it where no reader's form of numbers is known."""
        return f"{self.amount:.{digits_of(self.currency)}f} {self.currency}"


def digits_of(currency: str) -> int:
    """Digits after the decimal mark that an amount in this currency is paid to.

    >>> digits_of("EUR"), digits_of("KWD"), digits_of("XOF")
    (2, 3, 0)
    """
    return _DIGITS.get(currency, _USUAL_DIGITS)


def minor_units(currency: str) -> int:
    """How many minor units make one major unit."""
    return int(10 ** digits_of(currency))


def money(amount: Decimal | int | str, currency: str = _DEFAULT_CURRENCY) -> Money:
    """Make money of an amount in major units, rounded half up to the minor unit."""
    exact = Decimal(amount)
    if not exact.is_finite() or abs(exact) * minor_units(currency) >= _MOST_MINOR:
        raise BadInputError(mark("{amount} is no amount of money"), amount=str(amount))
    return Money(int((exact * minor_units(currency)).to_integral_value(ROUND_HALF_UP)), currency)

"""Checks on numbers that carry their own check digit."""

_IMEI_DIGITS = 15


def is_imei(text: str) -> bool:
    """Tell whether fifteen digits pass the Luhn check.

    >>> is_imei("49-015420-323751-8"), is_imei("490154203237519")
    (True, False)
    """
    digits = bare_imei(text)
    return len(digits) == _IMEI_DIGITS and digits.isascii() and digits.isdigit() and luhn(digits)


def bare_imei(text: str) -> str:
    """Take away the blanks, dashes and slashes people group an IMEI with."""
    return "".join(character for character in text if character not in " -/.\u00a0")


def luhn(digits: str) -> bool:
    """Check the last digit of a number by Luhn's rule."""
    total = 0
    for position, character in enumerate(reversed(digits)):
        doubled = int(character) * (1 + position % 2)
        total += doubled - 9 * (doubled > 9)  # noqa: PLR2004 - the sum of the digits of 10..18
    return total % 10 == 0

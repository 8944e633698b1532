"""Numbers of rows as people write them where a name may stand as well."""

from typing import Final

_LARGEST: Final = 2**31 - 1


def row_number(text: str) -> int | None:
    """Read the number of a row; None where it is a name, or longer than any number a row has.

    >>> row_number(" 12 "), row_number("²"), row_number("Q1"), row_number("9" * 20)
    (12, None, None, None)
    """
    digits = text.strip()
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= len(str(_LARGEST))):
        return None
    return number if (number := int(digits)) <= _LARGEST else None

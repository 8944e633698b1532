"""Numbers in an address: anybody may type one, of any length."""

from typing import Final

from ambassador.ui.kit.screen import st

LARGEST: Final = 2**31 - 1
"""No row has a larger number; what is larger names nothing, and no database is asked for it."""


def asked_number(parameter: str) -> int | None:
    """The number an address asks for; None where it asks for none."""
    return number_in(st.query_params.get(parameter, ""))


def number_in(text: str) -> int | None:
    """Read a number; one that is too long is the largest there is.

    Examples
    --------
    >>> number_in("12"), number_in("9" * 5000) == LARGEST, number_in("-1"), number_in("x")
    (12, True, None, None)
    """
    if not text.isdecimal():
        return None
    return LARGEST if len(text) > len(str(LARGEST)) else min(int(text), LARGEST)

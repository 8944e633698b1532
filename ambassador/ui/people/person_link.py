"""The person who is open stands in the address, so that a link opens them."""

from typing import Final

from ambassador.ui.kit.address import asked_number
from ambassador.ui.kit.screen import st

PARAMETER: Final = "person"


def open_person_at(person_id: int) -> None:
    """Put a person into the address; the page opens them when it is drawn."""
    st.query_params[PARAMETER] = str(person_id)


def asked_person() -> int | None:
    """The person the address asks for."""
    return asked_number(PARAMETER)


def close_person() -> None:
    """Take the person out of the address."""
    st.query_params.pop(PARAMETER, None)

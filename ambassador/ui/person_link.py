"""A person in the address, so that a link opens them."""

from typing import Final

import streamlit as st

PARAMETER: Final = "person"


def asked_person() -> int | None:
    """Give the person the address asks for, once."""
    asked = st.query_params.pop(PARAMETER, "")
    return int(asked) if asked.isdecimal() else None

"""Whether Mentions shows the stream or its incidents, and which is open: both stand in the address."""

from typing import Final

from ambassador.i18n import mark
from ambassador.ui.kit.address import asked_number
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import t

PARAMETER: Final = "incident"
_VIEW: Final = "mentions:part"
_OPENED: Final = "_incident_opened"
_PARTS: Final = {"stream": mark("Stream"), "incidents": mark("Incidents")}


def choose_stream_or_incidents() -> bool:
    """Let the reader choose; True: the incidents are asked for."""
    asked = st.query_params.pop("part", "")
    if asked in _PARTS:
        st.session_state[_VIEW] = asked
    elif PARAMETER in st.query_params:
        st.session_state[_VIEW] = "incidents"
    st.session_state.setdefault(_VIEW, "stream")
    chosen = st.segmented_control(
        t("What is shown"),
        list(_PARTS),
        format_func=lambda key: t(_PARTS[key]),
        key=_VIEW,
        required=True,
        label_visibility="collapsed",
        on_change=choose_incident,
        args=(None,),
    )
    return bool(chosen == "incidents")


def asked_incident() -> int | None:
    """The number of the incident that is open; None where the list is shown."""
    asked = asked_number(PARAMETER)
    number: int | None = asked if asked is not None else st.session_state.get(_OPENED)
    if number is not None:
        choose_incident(number)
    return number


def choose_incident(number: int | None) -> None:
    """Open an incident, or go back to the list."""
    st.session_state[_OPENED] = number
    if number is None:
        st.query_params.pop(PARAMETER, None)
    else:
        st.query_params[PARAMETER] = str(number)

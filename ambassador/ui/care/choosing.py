"""Which case is open: it stands in the address, so that a link opens the same; and who else looks at it."""

from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Final
from uuid import uuid4

from ambassador.ui.kit.address import asked_number
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.workspace import current_key, current_work

PARAMETER: Final = "case"
_OPENED: Final = "_case_opened"
_READER: Final = "_case_reader"
_LOOKS_FOR: Final = timedelta(minutes=3)
"""For how long somebody who opened a case is taken to be looking at it."""
_lock = Lock()
_looking: dict[tuple[str, int], dict[str, tuple[str, datetime]]] = {}
"""Workspace and case -> reader -> what they are called and when they last looked; of this process alone."""


def asked_case() -> int | None:
    """The number of the case that is open; None where the queue is shown."""
    asked = asked_number(PARAMETER)
    number: int | None = asked if asked is not None else st.session_state.get(_OPENED)
    if number is not None:
        choose_case(number)
    return number


def choose_case(number: int | None) -> None:
    """Open a case, or go back to the queue."""
    if number is None and (before := st.session_state.get(_OPENED)) is not None:
        _leave(before)
    st.session_state[_OPENED] = number
    if number is None:
        st.query_params.pop(PARAMETER, None)
    else:
        st.query_params[PARAMETER] = str(number)


def others_looking(number: int) -> tuple[str, ...]:
    """Note that this reader looks at a case, and name the others who do."""
    reader = st.session_state.setdefault(_READER, uuid4().hex)
    now = datetime.now(UTC)
    with _lock:
        here = _looking.setdefault((current_key(), number), {})
        here[reader] = (current_work().actor, now)
        for one in [one for one, (_, at) in here.items() if now - at > _LOOKS_FOR]:
            del here[one]
        return tuple(sorted({name for one, (name, _) in here.items() if one != reader}))


def _leave(number: int) -> None:
    with _lock:
        _looking.get((current_key(), number), {}).pop(st.session_state.get(_READER, ""), None)

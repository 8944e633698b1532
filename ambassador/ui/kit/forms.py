"""Forms that write one row however often their button is pressed."""

import uuid
from time import monotonic
from typing import Any, Final

from ambassador.ui.kit.screen import st

_HONOURED: Final = 60.0
"""Seconds for which a press waits until the page is drawn down to its button."""


def form_token(form: str) -> str:
    """Return this filling-in of a form its own token; a double click sends the same one twice."""
    token: str = st.session_state.setdefault(_key(form), uuid.uuid4().hex)
    return token


def renew_token(form: str) -> None:
    """Begin a new filling-in, once the last one was written."""
    st.session_state.pop(_key(form), None)


def handles_in(text: str) -> tuple[str, ...]:
    """Read handles separated by commas, spaces or lines."""
    return tuple(part for part in text.replace(",", " ").split() if part)


def given(what: object, missing: str) -> bool:
    """Check that something was given, once its button was pressed; say what is missing where it was not.

    A button that waits for its form is never disabled: what is typed reaches the program as the button is
    pressed, and a disabled one would lose that very press.
    """
    if not what:
        st.warning(missing, icon=":material/edit_note:")
    return bool(what)


def press_kept(name: str, label: str, *, in_form: bool = False, **options: Any) -> bool:  # noqa: ANN401 - as st.button
    """Draw a button whose press is kept until the page was drawn down to it, however often it begins anew.

    A field that is left as the button goes down draws the page again, and so does whatever follows; a press
    that only the interrupted drawing knew of would be lost.
    """
    draw = st.form_submit_button if in_form else st.button
    draw(label, key=f"button:{name}", on_click=_keep_press, args=(name,), **options)
    pressed_at: float | None = st.session_state.pop(_press(name), None)
    return pressed_at is not None and monotonic() - pressed_at < _HONOURED


def _keep_press(name: str) -> None:
    st.session_state[_press(name)] = monotonic()


def _press(name: str) -> str:
    return f"press:{name}"


def _key(form: str) -> str:
    return f"token:{form}"

"""Forms that write one row however often their button is pressed."""

import uuid

from ambassador.ui.kit.screen import st


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


def _key(form: str) -> str:
    return f"token:{form}"

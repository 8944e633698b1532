"""Who is working in this browser: asked once, kept for the session, remembered if they say so."""

from ipaddress import ip_address
from typing import Final

from ambassador.config import settings
from ambassador.services.who import clean_name, remember_name, remembered_name
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.room import on_small_screen
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import t

_NAME: Final = "_actor"
_COOKIE: Final = "_streamlit_xsrf"
_MOST: Final = 1_000


def actor() -> str:
    """The name changes are recorded under; until somebody says theirs, that of the login."""
    return _said() or settings().user


def ask_who() -> None:
    """Ask once who is working, where neither they nor the installation said it."""
    if _said() or _given():
        return
    if on_small_screen():
        with st.popover(t("Who is working?"), icon=":material/badge:"):
            _form("ask", t("Who is working?"), "")
    else:
        _form("ask", t("Who is working?"), "")


def who_form() -> None:
    """Let somebody say another name, on the Workspace page."""
    if _given():
        return
    with st.expander(t("Who is working"), icon=":material/badge:"):
        st.caption(t("Changes you make are recorded under this name."))
        _form("change", "", actor())


def _form(key: str, label: str, name: str) -> None:
    """Draw the question in one line, so that it stands in nobody's way."""
    with (
        errors_shown(),
        st.form(f"who-{key}", border=False),
        st.container(horizontal=True, vertical_alignment="center"),
    ):
        typed = st.text_input(
            label,
            name,
            max_chars=80,
            width=260,
            key=f"who-name-{key}",
            label_visibility="collapsed",
            placeholder=label,
            icon=":material/badge:",
        )
        pressed = st.form_submit_button(
            t("That is me"), help=t("Changes you make are recorded under this name.")
        )
        keep = _is_local() and st.checkbox(
            t("Remember me on this computer"), bool(remembered_name()), key=f"who-keep-{key}"
        )
    if pressed:
        with errors_shown():
            _take(clean_name(typed), keep=keep)


def _take(name: str, *, keep: bool) -> None:
    if _is_local():
        remember_name(name if keep else "")
    st.session_state[_NAME] = name
    if browser := _browser():
        _names().pop(browser, None)
        _names()[browser] = name
        for oldest in list(_names())[:-_MOST]:
            del _names()[oldest]
    st.rerun()


def _said() -> str:
    kept = st.session_state.get(_NAME) or _names().get(_browser() or "-")
    if kept:
        return str(kept)
    return remembered_name() if _is_local() else ""


@st.cache_resource(show_spinner=False)
def _names() -> dict[str, str]:
    """Keep who said what while the app runs: a page loaded again is a new session, but the same browser."""
    return {}


def _browser() -> str:
    """Tell this browser from others by the random token Streamlit gives each; empty where it gave none.

    The cookie is ``2|mask|masked token|time``, with another mask at every answer.
    """
    parts = str(st.context.cookies.get(_COOKIE, "")).strip("\"'").split("|")
    try:
        mask, masked = bytes.fromhex(parts[1]), bytes.fromhex(parts[2])
        return bytes(byte ^ mask[place % len(mask)] for place, byte in enumerate(masked)).hex()
    except (IndexError, ValueError, ZeroDivisionError):
        return ""


def _given() -> bool:
    return "user" in settings().model_fields_set


def _is_local() -> bool:
    """Whether the browser runs on this very machine: only then may it be taken for its owner's."""
    address = st.context.ip_address
    try:
        return address is None or ip_address(address).is_loopback
    except ValueError:
        return False

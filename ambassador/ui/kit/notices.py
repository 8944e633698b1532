"""What to tell a reader after a change, once the page is drawn again; with an undo where there is one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import streamlit as st

from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.text import t

_WAITING: Final = "_notice"


@dataclass(frozen=True, slots=True)
class Notice:
    """A text already in the reader's language, and how to take the change back."""

    text: str
    undo: Callable[[], object] | None = None


def say_done(text: str, *, undo: Callable[[], object] | None = None) -> None:
    """Tell the reader at the next drawing of the page that something was done; close any dialog."""
    st.session_state[_WAITING] = Notice(text, undo)


def show_notice() -> None:
    """Show what is waiting to be told, once; the header calls it."""
    notice: Notice | None = st.session_state.pop(_WAITING, None)
    if notice is None:
        return
    if notice.undo is None:
        st.toast(notice.text, icon=":material/check:")
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/check: {notice.text}")
        st.button(t("Undo"), icon=":material/undo:", on_click=_take_back, args=(notice.undo,), key="_undo")


def _take_back(undo: Callable[[], object]) -> None:
    with errors_shown():
        undo()
        say_done(t("Taken back."))

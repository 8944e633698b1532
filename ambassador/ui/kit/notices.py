"""What to tell a reader after a change, once the page is drawn again; with an undo where there is one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.markup import with_icon
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import t
from ambassador.ui.kit.workspace import current_key

_WAITING: Final = "_notice"
_UNDO: Final = "_undoable"
UNDO_FOR: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Notice:
    """A text already in the reader's language, and how to take the change back."""

    text: str
    undo: Callable[[], object] | None = None


@dataclass(frozen=True, slots=True)
class Undoable:
    """A change that can be taken back in the workspace it was made in, for a while."""

    notice: Notice
    workspace: str
    until: datetime


def say_done(text: str, *, undo: Callable[[], object] | None = None) -> None:
    """Tell the reader at the next drawing of the page that something was done; close any dialog.

    What can be undone stays on offer for ten minutes, on every page, unless something newer can be.
    """
    notice = Notice(text, undo)
    if undo is None:
        st.session_state[_WAITING] = notice
    else:
        st.session_state[_UNDO] = Undoable(notice, current_key(), datetime.now(UTC) + UNDO_FOR)


def show_notice() -> None:
    """Show what is waiting to be told, once, and what can still be undone; the header calls it.

    The undo stands at the foot of the window and stays there while the page is scrolled: whoever ticked a row
    far down a phone's screen sees it without looking for it.
    """
    notice: Notice | None = st.session_state.pop(_WAITING, None)
    if notice is not None:
        st.toast(notice.text, icon=":material/check:")
    kept: Undoable | None = st.session_state.get(_UNDO)
    if kept is None:
        return
    if datetime.now(UTC) > kept.until or kept.workspace != current_key():
        del st.session_state[_UNDO]
        return
    with st.bottom.container(horizontal=True, vertical_alignment="center", key="undo-bar"):
        st.markdown(with_icon(":material/check:", kept.notice.text))
        st.button(t("Undo"), icon=":material/undo:", on_click=_take_back, args=(kept,), key="_undo")


def _take_back(kept: Undoable) -> None:
    st.session_state.pop(_UNDO, None)
    with errors_shown():
        if kept.notice.undo is not None:
            kept.notice.undo()
        say_done(t("Taken back."))

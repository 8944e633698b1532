"""Marks of the jury, written down one at a time."""

from ambassador.services.activations.jury import give_mark, take_mark_back
from ambassador.services.undo import undo_of
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.forms import given
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import t
from ambassador.ui.kit.workspace import current_work
from ambassador.values.activations.activations import ActivationView

_MOST = 10


def mark_dialog(view: ActivationView) -> None:
    """Ask which juror gives which entry what."""

    @st.dialog(t("Mark of a juror"))
    def ask() -> None:
        there = {entry.key: entry for entry in view.entries if not entry.withdrawn}
        juror = st.text_input(t("Juror"))
        key = st.selectbox(
            t("Entry"), list(there), index=None, format_func=lambda one: f"{one} · {there[one].label}"
        )
        points = st.number_input(
            t("Mark"), min_value=1, max_value=_MOST, value=None, step=1, help=t("From 1 to 10; a later mark "
                                                                                "of a juror takes the place.")
        )  # fmt: skip
        with st.container(horizontal=True):
            if (
                st.button(t("Write the mark down"), type="primary")
                and given(juror and key and points, t("Say juror, entry and mark first."))
                and key
                and points
            ):
                with errors_shown():
                    work = current_work().noting()
                    give_mark(work, view.card.id, juror, key, int(points))
                    say_done(t("The mark is in."), undo=undo_of(work))
                    st.rerun()
            if (
                st.button(t("Take the mark back"))
                and given(juror and key, t("Say juror and entry first."))
                and key
            ):
                with errors_shown():
                    work = current_work().noting()
                    take_mark_back(work, view.card.id, juror, key)
                    say_done(t("The mark is gone."), undo=undo_of(work))
                    st.rerun()

    ask()

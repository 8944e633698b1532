"""The checklist of prize contests: each point ticked, or passed over for a reason, one at a time."""

from collections.abc import Sequence
from typing import Final

from ambassador.services.activations.law import add_law_point, note_law_point
from ambassador.services.undo import undo_of
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.forms import given
from ambassador.ui.kit.markup import joined, with_icon
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import day, t
from ambassador.ui.kit.words import word
from ambassador.ui.kit.workspace import current_work
from ambassador.values.activations.activations import ActivationView
from ambassador.values.activations.contests import LawRow
from ambassador.values.activations.prize_law import AS_OF
from ambassador.values.activations.states import ActivationStatus, PointState

_ICONS: Final = {
    PointState.OPEN: ":material/radio_button_unchecked:",
    PointState.DONE: ":material/check_circle:",
    PointState.PASSED: ":material/step_over:",
}


def draw_checklist(view: ActivationView, law: Sequence[LawRow]) -> None:
    """Draw what the law asks, open in front of everybody while something is to do."""
    left = sum(one.state is PointState.OPEN for one in law)
    is_draft = view.card.status is ActivationStatus.DRAFT
    if left:
        head = t("Before it opens: {left} of {count} points are to do", left=left, count=len(law))
    else:
        head = t("Checklist of prize contests: nothing is to do")
    with st.expander(head, icon=":material/checklist:", expanded=is_draft and bool(left)):
        st.caption(
            t(
                "What Italian law asks of a contest with prizes, as of {day}, read from guides of chambers "
                "of commerce. This is no legal advice: what is not for you can be passed over for a reason, "
                "which stays here as evidence.",
                day=day(AS_OF),
            )
        )
        can_change = view.card.status is not ActivationStatus.ANNOUNCED
        for one in law:
            _draw_point(view.card.id, one, can_change=can_change)
        if can_change and st.button(t("Add a point of our own"), icon=":material/add:", type="tertiary"):
            _own_dialog(view.card.id)


def _draw_point(number: int, row: LawRow, *, can_change: bool) -> None:
    text = t(row.text) if row.source else row.text
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container():
            st.markdown(with_icon(_ICONS[row.state], text))
            st.caption(joined(" · ", _details(row)))
        if not can_change:
            return
        if row.state is not PointState.OPEN:
            if st.button(t("To do again"), key=f"law:again:{row.key}", type="tertiary"):
                _note(number, row.key, PointState.OPEN)
            return
        if st.button(t("Seen to"), key=f"law:done:{row.key}"):
            _note(number, row.key, PointState.DONE)
        if st.button(t("Pass over"), key=f"law:pass:{row.key}", type="tertiary"):
            _pass_dialog(number, row.key, text)


def _details(row: LawRow) -> list[str]:
    parts = [row.source or t("a point of our own"), word(row.state)]
    if row.by_day is not None:
        parts.append(t("by {day}", day=day(row.by_day)))
    if row.noted_at is not None and row.state is not PointState.OPEN:
        parts.append(t("{who} on {day}", who=row.actor, day=day(row.noted_at.date())))
    return [*parts, row.reason]


def _note(number: int, key: str, state: PointState, reason: str = "") -> None:
    with errors_shown():
        work = current_work().noting()
        note_law_point(work, number, key, state, reason)
        say_done(t("Noted."), undo=undo_of(work))
        st.rerun()


def _pass_dialog(number: int, key: str, text: str) -> None:
    """Ask why a point is passed over."""

    @st.dialog(t("Pass over"))
    def ask() -> None:
        st.markdown(text)
        reason = st.text_input(t("Why it is passed over"))
        if st.button(t("Pass it over"), type="primary") and given(reason, t("Write a reason first.")):
            _note(number, key, PointState.PASSED, reason)

    ask()


def _own_dialog(number: int) -> None:
    """Ask for a point that the law does not name."""

    @st.dialog(t("Add a point of our own"))
    def ask() -> None:
        text = st.text_input(t("What has to be seen to"))
        if st.button(t("Add it"), type="primary") and given(text, t("Write first what it is.")):
            with errors_shown():
                work = current_work().noting()
                add_law_point(work, number, text)
                say_done(t("Added."), undo=undo_of(work))
                st.rerun()

    ask()

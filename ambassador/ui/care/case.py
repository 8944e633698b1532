"""One case, opened: who and what, its clocks, and all that was said."""

from datetime import timedelta
from typing import Final

from ambassador.services.care.due_words import due_note
from ambassador.services.care.hours_text import write_minutes
from ambassador.services.care.rules import read_calendar
from ambassador.ui.care.choosing import choose_case, others_looking
from ambassador.ui.kit.figures import Figure, first_row
from ambassador.ui.kit.markup import joined, with_icon
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import moment, t
from ambassador.ui.kit.words import heading, word
from ambassador.ui.kit.workspace import current_work
from ambassador.values.care.cases import CaseClock, CaseEventRow, CaseView
from ambassador.values.care.states import CaseEventKind

_ICONS: Final = {
    CaseEventKind.ASKED: ":material/person:",
    CaseEventKind.ANSWERED: ":material/reply:",
    CaseEventKind.WAITED: ":material/hourglass_empty:",
    CaseEventKind.RESUMED: ":material/play_arrow:",
    CaseEventKind.SOLVED: ":material/check_circle:",
    CaseEventKind.REOPENED: ":material/undo:",
    CaseEventKind.NOTE: ":material/sticky_note_2:",
    CaseEventKind.MERGED: ":material/merge:",
    CaseEventKind.SPLIT: ":material/call_split:",
    CaseEventKind.LINKED: ":material/link:",
}


def draw_case(view: CaseView) -> None:
    """Say whose case it is and how it stands, who else looks at it, its clocks and its history."""
    card = view.card
    if st.button(t("All cases"), type="tertiary", icon=":material/arrow_back:"):
        choose_case(None)
        st.rerun()
    others = others_looking(card.id)
    st.subheader(t("Case {number}: {subject}", number=card.id, subject=card.subject))
    note = due_note(card, view.now)
    private = t("private") if card.is_private else t("public")
    parts = (card.customer, view.handle, view.fields.contact, word(card.kind), word(card.status), private)
    urgency = t("{level} priority", level=word(card.priority))
    st.caption(joined(" · ", (*parts, urgency, word(card.channel), card.owner)))
    if others:
        said = t("{names} looks at this case as well.", names=", ".join(others))
        st.warning(said, icon=":material/group:")
    if note is not None:
        said = t(note.text, **note.values)
        what = f"{heading(card.due_clock)}: {said}" if card.due_clock else said
        (st.error if card.late_by(view.now) else st.info)(what, icon=":material/schedule:")
    if card.merged_into is not None:
        st.info(t("It was merged into case {number}: go on there.", number=card.merged_into))
    _others(view)
    if view.clocks:
        first_row(*(_clock(one) for one in view.clocks))
    _history(view)


def _others(view: CaseView) -> None:
    shown = [(t("Linked to case {number}"), one) for one in view.linked]
    shown += [(t("Holds case {number}"), one) for one in view.merged]
    if view.card.merged_into is not None:
        shown.append((t("Open case {number}"), view.card.merged_into))
    with st.container(horizontal=True):
        for text, other in shown:
            if st.button(text.format(number=other), key=f"case-other:{other}", type="tertiary"):
                choose_case(other)
                st.rerun()


def _clock(clock: CaseClock) -> Figure:
    taken = clock.taken_open if clock.in_opening_hours else clock.taken
    hours = t("in opening hours") if clock.in_opening_hours else t("by the clock")
    promised = (
        t("promised: {length}", length=_length(clock.promised)) if clock.promised else t("not promised")
    )
    return Figure(heading(clock.clock), _length(taken), f"{promised}, {hours}")


def _length(time: timedelta) -> str:
    return write_minutes(time // timedelta(minutes=1))


def _history(view: CaseView) -> None:
    zone = read_calendar(current_work()).time_zone
    for event in view.events:
        with st.container(gap=None):
            st.caption(with_icon(_ICONS[event.kind], _head(event, zone)))
            if event.text:
                st.markdown(event.text)


def _head(event: CaseEventRow, zone: str) -> str:
    what = word(event.kind)
    if event.other_id is not None:
        what = f"{what} ({event.other_id})"
    gone = t("the post is gone") if event.is_gone else ""
    took = "" if event.minutes is None else t("{minutes} min of work", minutes=event.minutes)
    parts = (moment(event.at, zone), what, event.actor, took, gone, str(event.id))
    return " · ".join(part for part in parts if part)

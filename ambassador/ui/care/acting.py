"""What can be done with a case: written down, answered, put to waiting, solved, merged, split, changed."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from ambassador.errors import ConflictError
from ambassador.services.care.canned import fill_answer, list_answers
from ambassador.services.care.joining import link_cases, merge_cases, split_case
from ambassador.services.care.moves import (
    answer_case,
    customer_said,
    edit_case,
    log_minutes,
    move_case,
    note_on_case,
    rate_case,
)
from ambassador.services.care.opening import open_case
from ambassador.services.undo import undo_of
from ambassador.services.work import UnitOfWork
from ambassador.ui.care.choosing import choose_case
from ambassador.ui.kit.campaign import chosen_campaign
from ambassador.ui.kit.errors import errors_shown, show_error
from ambassador.ui.kit.meanwhile import OpenForm
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import language, t
from ambassador.ui.kit.words import word
from ambassador.ui.kit.workspace import current_work
from ambassador.values.care.cases import CaseDraft, CaseEventRow, CaseView
from ambassador.values.care.states import (
    MOST_MINUTES,
    TAKES_TIME,
    CaseChannel,
    CaseEventKind,
    CaseKind,
    CasePriority,
    CaseStatus,
)

_S = CaseStatus
_SAID: Final = frozenset({CaseEventKind.ASKED, CaseEventKind.ANSWERED, CaseEventKind.NOTE})


def new_case_dialog() -> None:
    """Ask for a message, call or e-mail."""

    @st.dialog(t("New case"), width="large")
    def ask() -> None:
        text = st.text_area(t("What the customer says"), height=110)
        with st.container(horizontal=True):
            channels = [one for one in CaseChannel if one is not CaseChannel.POST]
            channel = st.selectbox(t("Way it came"), channels, format_func=word)
            kinds, priorities = list(CaseKind), list(CasePriority)
            kind = st.selectbox(t("Kind"), kinds, index=1, format_func=word)
            priority = st.selectbox(t("Priority"), priorities, index=1, format_func=word)
        with st.container(horizontal=True):
            customer = st.text_input(t("Customer"))
            contact = st.text_input(t("E-mail or telephone"))
            account = st.text_input(t("Account"), help=t("Such as {example}", example="instagram:nina"))
            owner = st.text_input(t("Owner"))
        if st.button(t("Open the case"), type="primary"):
            with errors_shown():
                work = current_work().noting()
                draft = CaseDraft(
                    text=text,
                    kind=kind,
                    channel=channel,
                    customer=customer,
                    contact=contact,
                    account=account,
                    priority=priority,
                    owner=owner,
                    campaign_id=chosen_campaign(),
                )
                opened = open_case(work, draft)
                choose_case(opened.id)
                say_done(t("Case {number} is open.", number=opened.id), undo=undo_of(work))
                st.rerun()

    ask()


def case_buttons(view: CaseView) -> None:
    """Draw what can be done with an opened case."""
    key = f"care-seen:{view.card.id}"
    seen: int = st.session_state.get(key, view.card.revision)
    st.session_state[key] = view.card.revision
    if view.card.merged_into is not None:
        return
    _answer_box(view, seen)
    with st.container(horizontal=True):
        _move_buttons(view, seen)
        if st.button(t("Edit"), icon=":material/edit:"):
            edit_case_dialog(view)
        if st.button(t("Merge or link"), icon=":material/merge:"):
            join_dialog(view, seen)
        if len([event for event in view.events if event.kind in _SAID]) > 1 and st.button(
            t("Split"), icon=":material/call_split:"
        ):
            split_dialog(view, seen)
        if st.button(t("Satisfaction"), icon=":material/star:"):
            rate_dialog(view)
        if any(event.kind in TAKES_TIME for event in view.events) and st.button(
            t("Minutes"), icon=":material/timer:"
        ):
            minutes_dialog(view, seen)


def _move_buttons(view: CaseView, seen: int) -> None:
    number = view.card.id
    for label, wanted, icon in _moves(view.card.status):
        if st.button(label, icon=icon, key=f"case-move:{wanted}"):
            took = st.session_state.get(_minutes_key(number)) if wanted is _S.SOLVED else None
            act = partial(move_case, case_id=number, wanted=wanted, seen=seen, minutes=took)
            _do(number, act, word(wanted), *([_minutes_key(number)] if took else []))


def _minutes_key(number: int) -> str:
    return f"care-minutes:{number}"


def _moves(status: CaseStatus) -> tuple[tuple[str, CaseStatus, str], ...]:
    if status is _S.SOLVED:
        return ((t("Open again"), _S.REOPENED, ":material/undo:"),)
    waiting = (
        (t("Wait no more"), _S.OPEN, ":material/play_arrow:")
        if status is _S.WAITING
        else (t("Wait for the customer"), _S.WAITING, ":material/hourglass_empty:")
    )
    return waiting, (t("Solved"), _S.SOLVED, ":material/check_circle:")


def _answer_box(view: CaseView, seen: int) -> None:
    """Ask for words: our answer, what the customer said, or a note. What was typed stays until it is in."""
    number = view.card.id
    key = f"care-text:{number}"
    ready = sorted({one.title for one in list_answers(current_work())})
    if ready:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            title = st.selectbox(t("Answer kept ready"), ready, key=f"care-ready:{number}")
            if st.button(t("Put it in"), key=f"care-fill:{number}"):
                with errors_shown():
                    st.session_state[key] = fill_answer(current_work(), title, language(), number)
    text = st.text_area(t("Answer, words of the customer, or a note"), key=key, height=110)
    took = _minutes(t("Minutes it took"), None, _minutes_key(number))
    typed = (key, _minutes_key(number))
    with st.container(horizontal=True):
        if st.button(t("Answer"), type="primary", icon=":material/reply:"):
            _do(
                number,
                lambda work: answer_case(work, number, text, seen=seen, minutes=took),
                t("Answered."),
                *typed,
            )
        if view.card.status not in {_S.WAITING, _S.SOLVED} and st.button(t("Answer and wait")):
            _do(
                number,
                lambda work: answer_case(work, number, text, then=_S.WAITING, seen=seen, minutes=took),
                t("Answered; it waits for the customer."),
                *typed,
            )
        if view.card.status is not _S.SOLVED and st.button(t("Answer and solve")):
            _do(
                number,
                lambda work: answer_case(work, number, text, then=_S.SOLVED, seen=seen, minutes=took),
                t("Answered and solved."),
                *typed,
            )
        if st.button(t("The customer said it")):
            _do(number, lambda work: customer_said(work, number, text, seen=seen), t("Written down."), key)
        if st.button(t("It is a note")):
            _do(number, lambda work: note_on_case(work, number, text), t("Noted."), key)


def _do(number: int, act: Callable[[UnitOfWork], object], done: str, *typed: str) -> None:
    """Do something with a case and say so; where somebody else was first that is told, and words stay."""
    with errors_shown():
        work = current_work().noting()
        try:
            act(work)
        except ConflictError as error:
            show_error(error)
            return
        for key in typed:
            del st.session_state[key]
        say_done(t("Case {number}: {what}", number=number, what=done), undo=undo_of(work))
        st.rerun()


def edit_case_dialog(view: CaseView) -> None:
    """Ask what the case is about, whose it is and how urgent."""
    form = OpenForm(f"case:{view.card.id}")

    @st.dialog(t("Edit the case"))
    def ask() -> None:
        now = view.fields
        seen = form.seen(now, {"subject": now.subject, "owner": now.owner})
        first = form.first(now)
        subject = st.text_input(t("Subject"), key=form.key("subject"))
        owner = st.text_input(t("Owner"), key=form.key("owner"))
        kinds, priorities = list(CaseKind), list(CasePriority)
        kind = st.selectbox(t("Kind"), kinds, index=kinds.index(first.kind), format_func=word)
        priority = st.selectbox(
            t("Priority"), priorities, index=priorities.index(first.priority), format_func=word
        )
        customer = st.text_input(t("Customer"), value=first.customer)
        contact = st.text_input(t("E-mail or telephone"), value=first.contact)
        private = st.checkbox(t("Private"), value=first.is_private)
        wanted = replace(
            first,
            subject=subject,
            owner=owner,
            kind=kind,
            priority=priority,
            customer=customer,
            contact=contact,
            is_private=private,
        )
        if st.button(t("Save"), type="primary"):
            with form.saving(_labels()):
                work = current_work().noting()
                edit_case(work, view.card.id, wanted, seen)
                form.begin_again()
                say_done(t("Saved."), undo=undo_of(work))
                st.rerun()

    ask()


def _labels() -> dict[str, str]:
    return {
        "subject": t("Subject"),
        "owner": t("Owner"),
        "kind": t("Kind"),
        "priority": t("Priority"),
        "customer": t("Customer"),
        "contact": t("E-mail or telephone"),
        "is_private": t("Private"),
    }


def join_dialog(view: CaseView, seen: int) -> None:
    """Ask for the number of another case, to make one of both or to link them."""

    @st.dialog(t("Merge or link"))
    def ask() -> None:
        st.caption(t("Merged, all that was said there comes here; linked, each stays what it is."))
        other = st.number_input(t("Number of the other case"), min_value=1, value=None, step=1)
        with st.container(horizontal=True):
            merged = st.button(t("Merge it into this"), type="primary")
            if merged and other is not None:
                _do(
                    view.card.id,
                    lambda work: merge_cases(work, view.card.id, int(other), seen=seen),
                    t("Merged."),
                )
            if st.button(t("Link it")) and other is not None:
                _do(view.card.id, lambda work: link_cases(work, view.card.id, int(other)), t("Linked."))

    ask()


def split_dialog(view: CaseView, seen: int) -> None:
    """Ask which of what was said becomes a case of its own."""

    @st.dialog(t("Split"), width="large")
    def ask() -> None:
        there = {event.id: event for event in view.events if event.kind in _SAID}
        chosen = st.multiselect(
            t("What becomes a case of its own"),
            list(there),
            format_func=lambda key: f"{key} · {' '.join(there[key].text.split())[:60]}",
        )
        if st.button(t("Split it off"), type="primary"):
            _do(view.card.id, lambda work: split_case(work, view.card.id, chosen, seen=seen), t("Split."))

    ask()


def rate_dialog(view: CaseView) -> None:
    """Ask how satisfied the customer was."""

    @st.dialog(t("Satisfaction"))
    def ask() -> None:
        choices = [None, 1, 2, 3, 4, 5]
        stars = st.selectbox(
            t("From 1 (not at all) to 5 (very)"),
            choices,
            index=choices.index(view.card.satisfaction),
            format_func=lambda one: "–" if one is None else str(one),  # noqa: RUF001 - a dash for none
        )
        said = st.text_input(t("What they said of it"), value=view.satisfaction_note)
        if st.button(t("Log it"), type="primary"):
            _do(view.card.id, lambda work: rate_case(work, view.card.id, stars, said), t("Noted."))

    ask()


def minutes_dialog(view: CaseView, seen: int) -> None:
    """Ask how many minutes of work an answer, a solution or a note took; empty takes them away."""
    ours = [event for event in reversed(view.events) if event.kind in TAKES_TIME]

    @st.dialog(t("Minutes of work"))
    def ask() -> None:
        event = st.selectbox(t("Entry"), ours, format_func=_entry)
        took = _minutes(t("Minutes; empty: not logged"), event.minutes, f"care-took:{event.id}")
        if st.button(t("Log it"), type="primary"):
            _do(
                view.card.id,
                lambda work: log_minutes(work, view.card.id, took, entry=event.id, seen=seen),
                t("Noted."),
            )

    ask()


def _entry(event: CaseEventRow) -> str:
    return f"{event.id} · {word(event.kind)} · {event.text[:40]}"


def _minutes(label: str, value: int | None, key: str) -> int | None:
    return st.number_input(label, min_value=1, max_value=MOST_MINUTES, value=value, step=1, key=key)

"""What can be done with activations: made, edited, opened, closed, announced, put away; ideas entered."""

from collections.abc import Sequence
from typing import Final, Literal

from ambassador.i18n import mark
from ambassador.services.activations.activations import (
    archive_activation,
    create_activation,
    edit_activation,
    move_activation,
)
from ambassador.services.activations.entries import note_progress, put_idea, withdraw_idea
from ambassador.services.undo import undo_of
from ambassador.ui.activations.choosing import choose_activation
from ambassador.ui.activations.form import ask_activation, ask_entry, entry_labels, field_labels, fresh_draft
from ambassador.ui.activations.jury import mark_dialog
from ambassador.ui.activations.moments import moment_dialog
from ambassador.ui.activations.questions import question_dialog
from ambassador.ui.activations.views import activation_columns, list_figures
from ambassador.ui.activations.votes import download_buttons, draw_files, file_dialog, vote_dialog
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.figures import first_row
from ambassador.ui.kit.meanwhile import OpenForm
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import show_table
from ambassador.ui.kit.text import t
from ambassador.ui.kit.words import word
from ambassador.ui.kit.workspace import current_work
from ambassador.values.activations.activations import ActivationCard, ActivationView, EntryRow
from ambassador.values.activations.states import (
    NO_VOTE,
    TAKES_NOTHING,
    ActivationKind,
    ActivationStatus,
    EntryStatus,
)

_S = ActivationStatus
_NEW: Final = 0
_MOVES: Final = {
    _S.DRAFT: ((mark("Open the vote"), _S.OPEN, ":material/how_to_vote:"),),
    _S.OPEN: ((mark("Close the vote"), _S.CLOSED, ":material/stop_circle:"),),
    _S.CLOSED: (
        (mark("Announce the result"), _S.ANNOUNCED, ":material/campaign:"),
        (mark("Open again"), _S.OPEN, ":material/undo:"),
    ),
    _S.ANNOUNCED: ((mark("Take the announcement back"), _S.CLOSED, ":material/undo:"),),
}
_SESSION_MOVES: Final = {
    _S.DRAFT: ((mark("Open it for questions"), _S.OPEN, ":material/live_help:"),),
    _S.OPEN: ((mark("Close the session"), _S.CLOSED, ":material/stop_circle:"),),
    _S.CLOSED: (
        (mark("Publish the transcript"), _S.ANNOUNCED, ":material/campaign:"),
        (mark("Open again"), _S.OPEN, ":material/undo:"),
    ),
    _S.ANNOUNCED: _MOVES[_S.ANNOUNCED],
}
"""Of a session, in which nothing is voted on."""
_MOMENT_MOVES: Final = {
    _S.DRAFT: ((mark("It is settled"), _S.OPEN, ":material/event_available:"),),
    _S.OPEN: ((mark("It is over"), _S.CLOSED, ":material/stop_circle:"),),
    _S.CLOSED: _MOVES[_S.CLOSED],
    _S.ANNOUNCED: _MOVES[_S.ANNOUNCED],
}
_DISCUSSION_MOVES: Final = {
    _S.DRAFT: ((mark("Open the discussion"), _S.OPEN, ":material/forum:"),),
    _S.OPEN: ((mark("Close the discussion"), _S.CLOSED, ":material/stop_circle:"),),
    _S.CLOSED: _MOVES[_S.CLOSED],
    _S.ANNOUNCED: _MOVES[_S.ANNOUNCED],
}
_MOVES_OF: Final = {
    ActivationKind.QUESTIONS: _SESSION_MOVES,
    ActivationKind.MOMENT: _MOMENT_MOVES,
    ActivationKind.DISCUSSION: _DISCUSSION_MOVES,
}


def draw_activation_list(cards: Sequence[ActivationCard], campaign_id: int | None) -> None:
    """Draw all activations, or those of a campaign; without any, say how to begin."""
    shown = [card for card in cards if campaign_id in {None, card.campaign_id}]
    if not shown:
        st.info(
            t(
                "Nothing is started together with people here yet: let them vote ideas a budget then pays "
                "for, ask them one question, hold a photo contest, take their questions live, put a post to "
                "discussion, or note an evening on television or a day in a shop and see what it brings. "
                "A .pb file of participatory budgeting becomes a round by itself."
            ),
            icon=":material/inbox:",
        )
    else:
        first_row(*list_figures(shown))
    with st.container(horizontal=True):
        if st.button(t("New activation"), type="primary", icon=":material/add:"):
            new_activation_dialog()
        if st.button(t("Bring in a .pb file"), icon=":material/upload_file:"):
            file_dialog(None)
    if shown:
        st.caption(t("Click an activation to open it."))
        chosen = show_table("activations", shown, activation_columns(), title=t("Activations"), choose="one")
        if chosen:
            choose_activation(chosen[0].id)
            st.rerun()


def new_activation_dialog() -> None:
    """Ask for a new activation."""

    @st.dialog(t("New activation"), width="large")
    def ask() -> None:
        draft = ask_activation(fresh_draft(), new=True)
        if st.button(t("Create it"), type="primary"):
            with errors_shown():
                work = current_work().noting()
                choose_activation(create_activation(work, draft))
                say_done(t("{name} is ready as a draft.", name=draft.title), undo=undo_of(work))
                st.rerun()

    ask()


def edit_activation_dialog(view: ActivationView) -> None:
    """Ask for changes of what, when, for how much and by which rules."""
    form = OpenForm(f"activation:{view.card.id}")

    @st.dialog(t("Edit the activation"), width="large")
    def ask() -> None:
        seen = form.seen(view.draft, {"title": view.draft.title})
        draft = ask_activation(form.first(view.draft), form.key("title"))
        if st.button(t("Save"), type="primary"):
            with form.saving(field_labels()):
                work = current_work().noting()
                edit_activation(work, view.card.id, draft, seen)
                form.begin_again()
                say_done(t("Saved."), undo=undo_of(work))
                st.rerun()

    ask()


def entry_dialog(view: ActivationView) -> None:
    """Ask for a new idea or option, or change one that is there."""

    @st.dialog(_entries_word(view.card.kind))
    def ask() -> None:
        there = {entry.id: entry for entry in view.entries}
        chosen = st.selectbox(
            t("Which one"),
            [_NEW, *there],
            format_func=lambda key: _entry_label(there[key]) if key else t("a new one"),
            key=f"entry-chosen:{view.card.id}",
        )
        entry = there.get(chosen)
        with errors_shown():
            if view.card.status is _S.ANNOUNCED and view.card.kind is ActivationKind.IDEAS:
                _ask_progress(entry)
            else:
                _ask_entry(view, entry)

    ask()


def _ask_entry(view: ActivationView, entry: EntryRow | None) -> None:
    form = OpenForm(f"entry:{view.card.id}:{entry.id if entry else _NEW}")
    now = entry.draft if entry else None
    seen = form.seen(now, {"title": now.title if now else ""})
    draft = ask_entry(form.first(now), view.card.currency, form.key("title"), view.card.kind)
    with st.container(horizontal=True):
        if st.button(t("Save"), type="primary"):
            with form.saving(entry_labels()):
                work = current_work().noting()
                put_idea(work, view.card.id, draft, seen)
                form.begin_again()
                say_done(t("Saved."), undo=undo_of(work))
                st.rerun()
        if entry is not None and st.button(
            t("Bring back") if entry.withdrawn else t("Withdraw"), key=f"withdraw:{entry.id}"
        ):
            work = current_work().noting()
            withdraw_idea(work, entry.id, withdrawn=not entry.withdrawn)
            done = t("It can be voted again.") if entry.withdrawn else t("Its votes count for nothing now.")
            say_done(done, undo=undo_of(work))
            st.rerun()


def _ask_progress(entry: EntryRow | None) -> None:
    if entry is None:
        st.info(t("The result is announced: choose an idea to note what became of it."))
        return
    states = list(EntryStatus)
    status = st.segmented_control(
        t("What became of it"), states, default=entry.status, format_func=word, required=True
    )
    if st.button(t("Save"), type="primary"):
        work = current_work().noting()
        note_progress(work, entry.id, status)
        say_done(t("Noted."), undo=undo_of(work))
        st.rerun()


def activation_buttons(view: ActivationView) -> None:
    """Draw what can be done with an opened activation in its state, and the files of votes that came in."""
    card = view.card
    with st.container(horizontal=True):
        _move_buttons(view)
        if card.kind is ActivationKind.MOMENT:
            _when_button(view)
        elif card.kind not in NO_VOTE and st.button(
            _entries_word(card.kind), icon=":material/edit_note:", key="entries"
        ):
            entry_dialog(view)
        takes_nothing = card.kind in TAKES_NOTHING
        if (
            card.status is not _S.ANNOUNCED
            and not takes_nothing
            and st.button(
                t("Bring in a file"),
                icon=":material/upload_file:",
                help=t("Of ideas, options, entries, votes, marks or questions."),
            )
        ):
            file_dialog(view)
        if card.status in {_S.OPEN, _S.CLOSED} and not takes_nothing:
            _voting_buttons(view)
        if card.status is not _S.ANNOUNCED and st.button(t("Edit"), icon=":material/edit:"):
            edit_activation_dialog(view)
        if card.status is not _S.OPEN and st.button(t("Archive"), icon=":material/archive:"):
            _put_away(view)
    if card.kind not in NO_VOTE:
        download_buttons(view)
    draw_files(view)


def _move_buttons(view: ActivationView) -> None:
    card = view.card
    moves = _MOVES_OF.get(card.kind, _MOVES)
    for place, (label, wanted, icon) in enumerate(moves[card.status]):
        first = not place and card.status is not _S.ANNOUNCED
        kind: Literal["primary", "secondary"] = "primary" if first else "secondary"
        if st.button(t(label), type=kind, icon=icon, key=f"move:{wanted}"):
            _move(view, wanted)


def _when_button(view: ActivationView) -> None:
    if view.card.status is not _S.ANNOUNCED and st.button(
        t("When and where"), icon=":material/schedule:", key="when"
    ):
        moment_dialog(view)


def _voting_buttons(view: ActivationView) -> None:
    if view.card.kind is ActivationKind.QUESTIONS:
        if st.button(t("Write a question down"), icon=":material/add:", key="ask"):
            question_dialog(view)
        return
    if st.button(t("Write a vote down"), icon=":material/add:"):
        vote_dialog(view)
    is_contest = view.card.kind is ActivationKind.CONTEST
    if is_contest and st.button(t("Mark of a juror"), icon=":material/grading:", key="jury"):
        mark_dialog(view)


def _move(view: ActivationView, wanted: ActivationStatus) -> None:
    with errors_shown():
        work = current_work().noting()
        move_activation(work, view.card.id, wanted)
        text = t("{name}: {state}", name=view.card.title, state=word(wanted))
        say_done(text, undo=undo_of(work))
        st.rerun()


def _put_away(view: ActivationView) -> None:
    with errors_shown():
        work = current_work().noting()
        archive_activation(work, view.card.id)
        choose_activation(None)
        say_done(t("{name} is archived.", name=view.card.title), undo=undo_of(work))
        st.rerun()


def _entries_word(kind: ActivationKind) -> str:
    if kind is ActivationKind.CONTEST:
        return t("Entries")
    return t("Ideas") if kind is ActivationKind.IDEAS else t("Options")


def _entry_label(entry: EntryRow) -> str:
    return f"{entry.key} · {entry.title}" if entry.title else entry.key

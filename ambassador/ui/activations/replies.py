"""Replies to the post of a poll: counted as votes, and those a person has to decide."""

from ambassador.services.activations.replies import count_replies, decide_reply, set_poll_post
from ambassador.services.undo import undo_of
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.forms import given
from ambassador.ui.kit.markup import joined, link, paragraphs, quoted
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind, show_table
from ambassador.ui.kit.text import moment, note_text, number, rich, t, t_count
from ambassador.ui.kit.words import word
from ambassador.ui.kit.workspace import current_work
from ambassador.values.activations.activations import ActivationView
from ambassador.values.activations.reply_votes import RepliesReport, RepliesView, ReplyRow, ReplyState
from ambassador.values.activations.states import ActivationKind, ActivationStatus

_S = ReplyState
_SHORT = 160


def draw_replies(view: ActivationView, found: RepliesView | None) -> None:
    """Draw the post of a poll and its replies; without one, offer to say which it is."""
    if view.card.status is ActivationStatus.ANNOUNCED and found is None:
        return
    st.subheader(t("Replies"))
    if found is None:
        st.caption(
            t(
                "Where people answer under a post, their replies are read as votes: by key, #key or the "
                "title of an option."
            )
        )
        if st.button(t("Say under which post"), icon=":material/forum:", key="poll-post"):
            post_dialog(view)
        return
    if found.is_gone:
        st.caption(t("The post was taken down or erased; replies that are here still count."))
    else:
        parts = (found.by, link(t("the post"), found.url) if found.url else "")
        st.markdown(quoted(found.text[:_SHORT]))
        st.caption(joined(" · ", parts))
    st.markdown(paragraphs(_summary(found)))
    _buttons(view)
    if not found.replies:
        st.info(t("No reply to it is here yet: bring the mentions in first."), icon=":material/forum:")
        return
    _draw_table(view, found)


def _summary(found: RepliesView) -> list[str]:
    if not found.replies:
        return []
    return [
        rich(
            "**{counted} of {all} replies are in as votes**; {to_count} more name one option, {to_decide} "
            "are to be decided by a person, {no_vote} were decided to be none, {outside} cannot be votes.",
            counted=number(found.count(_S.COUNTED)),
            all=number(len(found.replies)),
            to_count=number(found.count(_S.TO_COUNT)),
            to_decide=number(found.count(_S.TO_DECIDE)),
            no_vote=number(found.count(_S.NO_VOTE)),
            outside=number(found.count(_S.OUTSIDE)),
        )
    ]


def _buttons(view: ActivationView) -> None:
    if view.card.status is ActivationStatus.ANNOUNCED:
        return
    with st.container(horizontal=True):
        if view.card.status is not ActivationStatus.DRAFT and st.button(
            t("Count the replies"), icon=":material/how_to_vote:", key="count-replies"
        ):
            with errors_shown():
                work = current_work().noting()
                say_done(_told(count_replies(work, view.card.id)), undo=undo_of(work))
                st.rerun()
        if st.button(t("Take the post off"), icon=":material/link_off:", key="post-off", type="tertiary"):
            with errors_shown():
                work = current_work().noting()
                set_poll_post(work, view.card.id, None)
                say_done(t("Its replies are votes no more."), undo=undo_of(work))
                st.rerun()


def _told(report: RepliesReport) -> str:
    new = t_count("{count} vote is new.", "{count} votes are new.", report.added)
    other = report.changed + report.removed
    rest = t_count("{count} changed.", "{count} changed.", other) if other else ""
    left = (
        t_count(
            "{count} reply is for you to decide.", "{count} replies are for you to decide.", report.to_decide
        )
        if report.to_decide
        else ""
    )
    return " ".join(part for part in (new, rest, left) if part)


def _draw_table(view: ActivationView, found: RepliesView) -> None:
    may_decide = view.card.status in {ActivationStatus.OPEN, ActivationStatus.CLOSED}
    if may_decide:
        st.caption(t("Click a reply to decide it yourself."))
    chosen = show_table(
        "replies", found.replies, _columns(view), title=t("Replies"), choose="one" if may_decide else ""
    )
    if chosen and may_decide:
        _draw_reply(view, chosen[0])


def _columns(view: ActivationView) -> list[Column[ReplyRow]]:
    names = {entry.key: entry.label for entry in view.entries}
    return [
        Column(t("Reply"), "text"),
        Column(t("State"), _state),
        Column(t("Option"), lambda row: ", ".join(names.get(key, key) for key in row.keys)),
        Column(t("By"), "by"),
        Column(t("When"), "posted_at", Kind.MOMENT),
        Column(t("Decided by hand"), "by_hand", Kind.FLAG),
        Column(t("Number"), "mention_id", Kind.NUMBER),
    ]


def _state(row: ReplyRow) -> str:
    if row.why is None:
        return word(row.state)
    return t("{state}: {why}", state=word(row.state), why=note_text(row.why))


def _draw_reply(view: ActivationView, row: ReplyRow) -> None:
    options = {entry.key: entry.label for entry in view.entries if not entry.withdrawn}
    with st.container(border=True):
        st.markdown(quoted(row.text or t("taken back")))
        st.caption(joined(" · ", (row.by, moment(row.posted_at, view.card.time_zone), _state(row))))
        keys = st.multiselect(
            t("A vote for"),
            list(options),
            format_func=lambda key: f"{key} · {options[key]}",
            max_selections=view.draft.most_choices,
            key=f"reply-for:{row.mention_id}",
        )
        with st.container(horizontal=True):
            pressed = st.button(t("It is a vote"), type="primary", key=f"reply-yes:{row.mention_id}")
            if pressed and given(keys, t("Choose first for what.")):
                _decide(view, row, keys)
            if row.state is not _S.NO_VOTE and st.button(
                t("It is no vote"), key=f"reply-no:{row.mention_id}"
            ):
                _decide(view, row, [])
            if row.by_hand and st.button(
                t("Let its words decide"), key=f"reply-words:{row.mention_id}", type="tertiary"
            ):
                _decide(view, row, None)


def _decide(view: ActivationView, row: ReplyRow, keys: list[str] | None) -> None:
    with errors_shown():
        work = current_work().noting()
        decide_reply(work, view.card.id, row.mention_id, keys)
        say_done(t("Decided."), undo=undo_of(work))
        st.rerun()


def post_dialog(view: ActivationView) -> None:
    """Ask under which post a poll is answered, or which is discussed."""
    is_poll = view.card.kind is ActivationKind.POLL

    @st.dialog(t("Say under which post") if is_poll else t("Say which post"))
    def ask() -> None:
        typed = st.number_input(
            t("Number of the mention"), min_value=1, value=None, step=1, help=t("As Mentions shows it.")
        )
        if st.button(t("This post"), type="primary") and given(typed, t("Say the number first.")) and typed:
            with errors_shown():
                work = current_work().noting()
                set_poll_post(work, view.card.id, int(typed))
                say_done(t("Its replies can be counted now.") if is_poll else t("Noted."), undo=undo_of(work))
                st.rerun()

    ask()

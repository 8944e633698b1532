"""The queue: what is late and what is due next, chosen by state, kind, channel and words."""

from typing import Final

from ambassador.i18n import mark
from ambassador.services.care.due_words import due_note
from ambassador.services.care.opening import open_from_mentions, waiting_posts
from ambassador.services.care.queue import list_cases
from ambassador.services.undo import undo_of
from ambassador.ui.care.acting import new_case_dialog
from ambassador.ui.care.bringing import bring_in_dialog, show_report
from ambassador.ui.care.choosing import choose_case
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.figures import Figure, first_row
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind, show_table
from ambassador.ui.kit.text import number, t, t_count
from ambassador.ui.kit.words import word
from ambassador.ui.kit.workspace import current_work
from ambassador.values.care.cases import CaseCard, CaseFilter, CaseQueue
from ambassador.values.care.states import STANDING, CaseStatus

_MOST: Final = 200
_SHOW: Final = {
    "standing": mark("Not solved"),
    "late": mark("Late"),
    "unowned": mark("Nobody's"),
    "solved": mark("Solved"),
}


def draw_queue(campaign_id: int | None) -> None:
    """Draw the figures and the queue; without any case, say how one begins."""
    if not list_cases(current_work(), CaseFilter(limit=1)).total:
        st.info(
            t(
                "No customer waits here yet. Write down a message, a call or an e-mail, or bring "
                "in mentions with complaints and questions."
            ),
            icon=":material/inbox:",
        )
        _new_buttons()
        return
    standing = list_cases(
        current_work(), CaseFilter(statuses=tuple(sorted(STANDING)), campaign_id=campaign_id, limit=1)
    )
    first_row(*_figures(standing))
    _tell_of_others(campaign_id, standing.total)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        show = st.segmented_control(
            t("Show"), list(_SHOW), default="standing", format_func=lambda key: t(_SHOW[key]), required=True
        )
        words = st.text_input(t("Who or what"), key="care-search")
    _new_buttons()
    queue = list_cases(current_work(), _wanted(show, words, campaign_id))
    if not queue.rows:
        st.caption(t("There is no such case."))
        return
    if queue.total > len(queue.rows):
        st.caption(
            t(
                "The first {shown} of {count}: search to see others.",
                shown=number(len(queue.rows)),
                count=number(queue.total),
            )
        )
    st.caption(t("Click a case to open it."))
    chosen = show_table("cases", queue.rows, _columns(queue), title=t("Care"), choose="one")
    if chosen:
        choose_case(chosen[0].id)
        st.rerun()


def _tell_of_others(campaign_id: int | None, shown: int) -> None:
    """Say how many cases the choice of a campaign leaves out."""
    if campaign_id is None:
        return
    everything = list_cases(current_work(), CaseFilter(statuses=tuple(sorted(STANDING)), limit=1)).total
    if left_out := everything - shown:
        st.caption(
            t_count(
                "{count} more case that is not solved belongs to another campaign or to none.",
                "{count} more cases that are not solved belong to other campaigns or to none.",
                left_out,
            )
        )


def _new_buttons() -> None:
    """Offer to write a case down, and to open those of the mentions that wait."""
    with st.container(horizontal=True):
        if st.button(t("New case"), type="primary", icon=":material/add:"):
            new_case_dialog()
        if st.button(t("Bring in a file"), icon=":material/upload_file:", key="care-bring"):
            bring_in_dialog()
        waiting = waiting_posts(current_work())
        label = t_count("Open a case of {count} mention", "Open cases of {count} mentions", len(waiting))
        about = t("Complaints and questions nobody of ours has answered, and that are in no case yet.")
        if waiting and st.button(label, icon=":material/forum:", help=about, key="care-waiting"):
            with errors_shown():
                work = current_work().noting()
                opened = open_from_mentions(work, waiting)
                count = len({one.id for one in opened if one.is_new})
                done = t_count("{count} case is open.", "{count} cases are open.", count)
                say_done(done, undo=undo_of(work))
                st.rerun()
    show_report()


def _wanted(show: str, words: str, campaign_id: int | None) -> CaseFilter:
    statuses = (CaseStatus.SOLVED,) if show == "solved" else tuple(sorted(STANDING))
    return CaseFilter(
        statuses=statuses,
        late=show == "late",
        owner="" if show == "unowned" else None,
        search=words,
        campaign_id=campaign_id,
        limit=_MOST,
    )


def _figures(queue: CaseQueue) -> tuple[Figure, ...]:
    first = queue.rows[0] if queue.rows else None
    return (
        Figure(t("Late"), number(queue.late), t("of {count} that are not solved", count=number(queue.total))),
        Figure(
            t("Next"),
            _due(first, queue) if first and first.due_at else t("nothing is due"),
            t("case {number}", number=first.id) if first and first.due_at else _why(queue),
        ),
        Figure(t("Nobody's"), number(queue.unowned), t("without an owner")),
    )


def _why(queue: CaseQueue) -> str:
    return t("no promise runs") if queue.has_promises else t("nothing is promised yet: see the rules below")


def _due(card: CaseCard, queue: CaseQueue) -> str:
    note = due_note(card, queue.now)
    return "" if note is None else t(note.text, **note.values)


def _columns(queue: CaseQueue) -> list[Column[CaseCard]]:
    return [
        Column(t("Due"), lambda card: _due(card, queue)),
        Column(t("Subject"), "subject"),
        Column(t("Customer"), "customer"),
        Column(t("Kind"), lambda card: word(card.kind)),
        Column(t("State"), lambda card: word(card.status)),
        Column(t("Owner"), "owner"),
        Column(t("Priority"), lambda card: word(card.priority)),
        Column(t("Way it came"), lambda card: word(card.channel)),
        Column(t("Since"), "opened_at", Kind.MOMENT),
        Column(t("Number"), "id", Kind.NUMBER),
    ]

"""One incident, opened: what departs, who joined it, where it is heading, what they say, what was done."""

from collections.abc import Callable
from typing import Final

from ambassador.services.incidents import close_incident, dismiss_incident, reopen_incident
from ambassador.services.undo import undo_of
from ambassador.services.work import UnitOfWork
from ambassador.ui.cascades import draw_outlook
from ambassador.ui.incidents.choosing import choose_incident
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.figures import Figure, first_row
from ambassador.ui.kit.markup import bold, joined
from ambassador.ui.kit.navigation import page_link
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind, show_table
from ambassador.ui.kit.text import duration, moment, number, t
from ambassador.ui.kit.words import word
from ambassador.ui.kit.workspace import current_work
from ambassador.values.incidents import IncidentCard, IncidentKind, IncidentStatus, IncidentView, Joined

_SHOWN: Final = 50


def draw_incident(view: IncidentView) -> None:
    """Draw all that is known of one incident, and what can be done about it."""
    card = view.card
    if st.button(t("All incidents"), type="tertiary", icon=":material/arrow_back:"):
        choose_incident(None)
        st.rerun()
    st.subheader(t("Incident {number}: {what} in {perimeter}", number=card.id, what=word(card.kind),
                   perimeter=card.perimeter))  # fmt: skip
    st.caption(
        t(
            "Began {began}, could be told {noticed}, {status}",
            began=moment(card.began_at, view.zone),
            noticed=moment(card.noticed_at, view.zone),
            status=word(card.status),
        )
    )
    if not card.stands:
        st.info(t("By the posts that are here now nothing departs there any more."), icon=":material/info:")
    if card.reason:
        st.info(card.reason, icon=":material/sticky_note_2:")
    first_row(*_figures(view))
    _buttons(card)
    if view.outlook is not None:
        st.subheader(t("Where it is heading"))
        draw_outlook(view.outlook, view.zone)
    _draw_words(view)
    if view.joined:
        st.subheader(t("Who joined it"))
        show_table("incident-joined", view.joined, _columns(), title=t("Who joined it"))
    _draw_events(view)


def _figures(view: IncidentView) -> tuple[Figure, ...]:
    card = view.card
    usual = t("{count} are usual in that time", count=number(card.expected, 1))
    if card.kind is IncidentKind.SILENCE:
        return (
            Figure(t("Silent for"), duration(card.last_at - card.began_at), usual),
            Figure(t("Posts"), number(0), usual),
        )
    return (
        Figure(t("Posts"), number(card.posts), usual),
        Figure(t("People who joined"), number(view.people), t("a person with several accounts counts once")),
        Figure(t("Told after"), duration(card.noticed_at - card.began_at), t("from its first posts")),
    )


def _buttons(card: IncidentCard) -> None:
    with st.container(horizontal=True):
        if card.root_id is not None:
            page_link("mentions", t("The post it begins with"), mention=card.root_id, part="stream")
        if card.status is IncidentStatus.OPEN:
            if st.button(t("Close it"), type="primary", icon=":material/check:"):
                close_dialog(card)
            if st.button(t("A false alarm"), icon=":material/notifications_off:"):
                dismiss_dialog(card)
        elif st.button(t("Open it again"), icon=":material/undo:"):
            done = t("Incident {number} is open again.", number=card.id)
            _do(lambda work: reopen_incident(work, card.id, seen=card.revision), done)


def close_dialog(card: IncidentCard) -> None:
    """Ask what was done, and close the incident."""

    @st.dialog(t("Close incident {number}", number=card.id))
    def ask() -> None:
        note = st.text_area(t("What was done about it"), height=110, key=f"incident-note:{card.id}")
        if st.button(t("Close the incident"), type="primary"):
            done = t("Incident {number} is closed.", number=card.id)
            _do(lambda work: close_incident(work, card.id, note, seen=card.revision), done)

    ask()


def dismiss_dialog(card: IncidentCard) -> None:
    """Ask why it was a false alarm."""

    @st.dialog(t("Incident {number} was a false alarm", number=card.id))
    def ask() -> None:
        reason = st.text_area(t("Why it was a false alarm"), height=110, key=f"incident-reason:{card.id}")
        if st.button(t("Dismiss it"), type="primary"):
            done = t("Incident {number} is dismissed.", number=card.id)
            _do(lambda work: dismiss_incident(work, card.id, reason, seen=card.revision), done)

    ask()


def _do(act: Callable[[UnitOfWork], object], done: str) -> None:
    """Do it, say that it is done and how it is taken back, and draw anew."""
    with errors_shown():
        work = current_work().noting()
        act(work)
        say_done(done, undo=undo_of(work))
        st.rerun()


def _draw_words(view: IncidentView) -> None:
    if not view.typical and not view.words:
        return
    st.subheader(t("What they say"))
    if view.words:
        st.markdown(joined(" ", (bold(t("Words that lead:")), ", ".join(view.words))))
    for one in view.typical:
        with st.container(border=True):
            who = f"@{one.handle}" if one.handle else t("somebody who was erased")
            st.caption(f"{who} · {moment(one.posted_at, view.zone)}")
            st.markdown(one.text)


def _columns() -> list[Column[Joined]]:
    return [
        Column(t("Who"), lambda one: f"@{one.handle}" if one.handle else t("somebody who was erased")),
        Column(t("Platform"), "platform"),
        Column(t("Posts"), "posts", Kind.NUMBER),
        Column(t("Since"), "first_at", Kind.MOMENT),
    ]


def _draw_events(view: IncidentView) -> None:
    with st.expander(t("What happened to it"), icon=":material/history:"):
        for one in view.events:
            posts = t("{count} posts", count=number(one.posts)) if one.posts else ""
            parts = (moment(one.at, view.zone), word(one.kind), posts, one.actor, one.text)
            st.caption(" · ".join(part for part in parts if part))

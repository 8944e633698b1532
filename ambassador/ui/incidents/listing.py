"""The incidents: how many are open, a list to choose from, and how many were false alarms."""

from collections.abc import Sequence
from typing import Final

from ambassador.i18n import mark
from ambassador.services.incidents import follow_now, list_incidents, open_incident
from ambassador.services.perimeters import list_perimeters
from ambassador.services.work import UnitOfWork
from ambassador.ui.incidents.choosing import asked_incident, choose_incident
from ambassador.ui.incidents.opened import draw_incident
from ambassador.ui.incidents.watching import draw_watches, watch_button
from ambassador.ui.kit.definitions import define
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.figures import Figure, first_row
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind, show_table
from ambassador.ui.kit.text import moment, number, t
from ambassador.ui.kit.words import word
from ambassador.values.incidents import IncidentCard, IncidentKind, IncidentList, IncidentStatus
from ambassador.values.perimeters import PerimeterCard, PerimeterRef

_SHOW: Final = {"open": mark("Open"), "all": mark("All")}
_SAID: Final = 80


def draw_incidents(work: UnitOfWork, campaign_id: int | None) -> None:
    """Draw the incident that is asked for, or the list with what is watched for."""
    follow_now(work)
    chosen = asked_incident()
    if chosen is not None:
        with errors_shown():
            draw_incident(open_incident(work, chosen))
        return
    cards = _offered(work, campaign_id)
    found = _of_the_chosen(list_incidents(work), cards, campaign_id)
    if not any(watch.since for watch in found.watches) and not found.incidents:
        _say_how_to_begin(cards)
        return
    first_row(*_figures(found))
    show = st.segmented_control(
        t("Show"),
        list(_SHOW),
        default="open",
        format_func=lambda key: t(_SHOW[key]),
        required=True,
        key="incidents:show",
    )
    rows = [one for one in found.incidents if show == "all" or one.status is IncidentStatus.OPEN]
    if rows:
        st.caption(t("Click an incident to open it."))
        picked = show_table("incidents", rows, _columns(), title=t("Incidents"), choose="one")
        if picked:
            choose_incident(picked[0].id)
            st.rerun()
    else:
        st.success(t("All is as usual: no incident is open."), icon=":material/check_circle:")
    draw_watches(cards, found.watches)


def _say_how_to_begin(cards: Sequence[PerimeterCard]) -> None:
    st.info(
        t(
            "Nothing is watched for yet. Choose a perimeter: before anything is switched on it is shown what"
            " would have been raised in the past 90 days."
        )
        if cards
        else t("There is no perimeter to watch yet: make one under Stream, with New perimeter."),
        icon=":material/notification_important:",
    )
    watch_button(cards)


def _offered(work: UnitOfWork, campaign_id: int | None) -> list[PerimeterCard]:
    """Return the perimeters of our own, and those of campaigns: of the chosen one where one is chosen."""
    chosen = None if campaign_id is None else PerimeterRef(campaign_id, is_campaign=True)
    return [
        card
        for card in list_perimeters(work)
        if chosen is None or not card.ref.is_campaign or card.ref == chosen
    ]


def _of_the_chosen(
    found: IncidentList, cards: Sequence[PerimeterCard], campaign_id: int | None
) -> IncidentList:
    if campaign_id is None:
        return found
    refs = {card.ref for card in cards}
    return IncidentList(
        [one for one in found.incidents if one.ref in refs],
        [one for one in found.watches if one.ref in refs],
        found.zone,
        found.dismissed,
        found.judged,
    )


def _figures(found: IncidentList) -> tuple[Figure, ...]:
    standing = [one for one in found.incidents if one.status is IncidentStatus.OPEN]
    newest = max((one.noticed_at for one in standing), default=None)
    return (
        Figure(
            t("Open incidents"),
            number(len(standing)),
            t("the newest {moment}", moment=moment(newest, found.zone)) if newest else t("all is as usual"),
            tone="bad" if standing else "good",
            help=define("incident"),
        ),
        Figure(
            t("False alarms"),
            t("{count} of {of}", count=number(found.dismissed), of=number(found.judged))
            if found.judged
            else t("none judged yet"),
            t("of those somebody decided on"),
            help=t("Incidents that somebody dismissed, among those closed, dismissed or opened by hand."),
        ),
        Figure(
            t("Perimeters watched"),
            number(sum(bool(one.since) for one in found.watches)),
            t("each by its own past"),
        ),
    )


def _columns() -> list[Column[IncidentCard]]:
    return [
        Column(t("What"), lambda card: word(card.kind)),
        Column(t("Perimeter"), "perimeter"),
        Column(t("Began"), "began_at", Kind.MOMENT),
        Column(
            t("Posts"), lambda card: None if card.kind is IncidentKind.SILENCE else card.posts, Kind.NUMBER
        ),
        Column(t("Usual"), "expected", Kind.DECIMAL, help=t("Posts of the whole perimeter in that time.")),
        Column(t("Begins with"), _begins_with),
        Column(t("State"), lambda card: word(card.status) if card.stands else t("no longer so")),
        Column(t("Why"), "reason"),
        Column(t("Number"), "id", Kind.NUMBER),
    ]


def _begins_with(card: IncidentCard) -> str:
    if card.root_id is None:
        return "" if card.kind is IncidentKind.SILENCE else t("many posts, no common beginning")
    said = " ".join(card.text.split())[:_SAID]
    return f"@{card.handle}: {said}" if card.handle else said or t("somebody who was erased")

"""The rules of care: when somebody is there, and what is promised; each a form of its own."""

from collections.abc import Callable
from typing import Final

from ambassador.i18n import mark
from ambassador.services.care.hours_text import (
    read_closed,
    read_minutes,
    read_periods,
    write_closed,
    write_minutes,
    write_periods,
)
from ambassador.services.care.rules import (
    list_promises,
    read_calendar,
    remove_promises,
    set_calendar,
    set_promise,
)
from ambassador.services.undo import undo_of
from ambassador.ui.kit.meanwhile import OpenForm
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind, show_table
from ambassador.ui.kit.text import day, number, t
from ambassador.ui.kit.words import word
from ambassador.ui.kit.workspace import current_work
from ambassador.values.care.rules import CareCalendar, CarePromise
from ambassador.values.care.states import CaseKind, CasePriority

_WEEK: Final = (
    mark("Monday"),
    mark("Tuesday"),
    mark("Wednesday"),
    mark("Thursday"),
    mark("Friday"),
    mark("Saturday"),
    mark("Sunday"),
)


def draw_rules() -> None:
    """Draw what is promised and the two forms, folded while there are rules."""
    promises = list_promises(current_work())
    with st.expander(t("Opening hours"), icon=":material/schedule:"):
        save_hours, here = calendar_form(), st.container()
    with st.expander(t("Promises"), icon=":material/handshake:", expanded=not promises):
        if promises:
            show_table("promises", promises, _columns(), title=t("Promises"))
        promise_form(promises)
    if save_hours is not None:  # after both are drawn: what was typed in the other would be lost else
        with here:
            save_hours()


def calendar_form() -> Callable[[], None] | None:
    """Ask for periods of each weekday, zone, country and closed days; give what saves them, once pressed."""
    work = current_work()
    now = read_calendar(work)
    form = OpenForm("care-hours")
    fields: dict[str, object] = {
        **{f"day{one}": write_periods(now.hours.get(one, ())) for one in range(7)},
        "zone": now.time_zone,
        "country": now.country,
        "closed": write_closed(now.own_days),
    }
    seen = form.seen(now, fields)
    with st.form("care-hours", border=False):
        st.caption(
            t(
                "From when to when somebody is there, such as 9:00-13:00, 14:00-18:00. Nothing on any day: "
                "always."
            )
        )
        typed = [st.text_input(t(name), key=form.key(f"day{one}")) for one, name in enumerate(_WEEK)]
        with st.container(horizontal=True):
            zone = st.text_input(t("Time zone"), key=form.key("zone"))
            about = t("Two letters, such as IT: its holidays are closed. Empty: no country's.")
            country = st.text_input(t("Country"), key=form.key("country"), help=about)
        closed = st.text_area(
            t("Closed days, one or a span a line"),
            key=form.key("closed"),
            help=t("Such as {example}", example="2026-08-10..2026-08-21"),
            height=90,
        )
        holidays = [one.day for one in now.closed if one.country]
        if holidays:
            st.caption(
                t(
                    "{count} holidays of {country}, until {day}",
                    count=number(len(holidays)),
                    country=now.country,
                    day=day(max(holidays)),
                )
            )
        pressed = st.form_submit_button(t("Save the opening hours"))

    def save() -> None:
        with form.saving(_labels()):
            hours = {one: read_periods(text) for one, text in enumerate(typed)}
            wanted = CareCalendar(zone.strip(), hours, country, read_closed(closed))
            noting = work.noting()
            set_calendar(noting, wanted, seen)
            form.begin_again()
            say_done(t("The opening hours are saved; what is due follows them."), undo=undo_of(noting))
            st.rerun()

    return save if pressed else None


def promise_form(promises: tuple[CarePromise, ...]) -> None:
    """Ask within how long answers and solutions are promised, for a kind and a priority or for all."""
    with st.container(horizontal=True):
        kind = st.selectbox(t("For cases of"), [None, *CaseKind], format_func=_kind_word)
        priority = st.selectbox(t("Priority"), [None, *CasePriority], format_func=_priority_word)
    same = [one for one in promises if (one.kind, one.priority) == (kind, priority)]
    now = same[0] if same else CarePromise(kind, priority)
    form = OpenForm(f"care-promise:{kind}:{priority}")
    fields: dict[str, object] = {
        "first": write_minutes(now.first_minutes),
        "next": write_minutes(now.next_minutes),
        "solution": write_minutes(now.solution_minutes),
        "open": now.in_opening_hours,
    }
    seen = form.seen(now, fields)
    with form.saving(_promise_labels()):
        with st.container(horizontal=True):
            about = t("Such as 30m, 4h or 2d; empty: nothing is promised.")
            first = st.text_input(t("First answer within"), key=form.key("first"), help=about)
            following = st.text_input(t("Next answer within"), key=form.key("next"), help=about)
            solution = st.text_input(t("Solution within"), key=form.key("solution"), help=about)
        in_hours = st.checkbox(t("Count opening hours alone"), key=form.key("open"))
        saved = st.button(t("Save the promise"))
        removed = bool(same) and st.button(t("Promise nothing for these"))
        if saved or removed:
            noting = current_work().noting()
            if removed:
                remove_promises(noting, same)
            else:
                wanted = CarePromise(
                    kind,
                    priority,
                    read_minutes(first),
                    read_minutes(following),
                    read_minutes(solution),
                    in_opening_hours=in_hours,
                )
                set_promise(noting, wanted, seen)
            form.begin_again()
            say_done(t("Saved; what is due follows it."), undo=undo_of(noting))
            st.rerun()


def _columns() -> list[Column[CarePromise]]:
    return [
        Column(t("For cases of"), lambda one: _kind_word(one.kind)),
        Column(t("Priority"), lambda one: _priority_word(one.priority)),
        Column(t("First answer within"), lambda one: write_minutes(one.first_minutes)),
        Column(t("Next answer within"), lambda one: write_minutes(one.next_minutes)),
        Column(t("Solution within"), lambda one: write_minutes(one.solution_minutes)),
        Column(t("Opening hours"), "in_opening_hours", Kind.FLAG),
    ]


def _kind_word(kind: CaseKind | None) -> str:
    return word(kind) if kind else t("any kind")


def _priority_word(priority: CasePriority | None) -> str:
    return word(priority) if priority else t("any priority")


def _labels() -> dict[str, str]:
    return {
        "hours": t("Opening hours"),
        "time_zone": t("Time zone"),
        "country": t("Country"),
        "closed": t("Closed days"),
    }


def _promise_labels() -> dict[str, str]:
    return {
        "first_minutes": t("First answer within"),
        "next_minutes": t("Next answer within"),
        "solution_minutes": t("Solution within"),
        "in_opening_hours": t("Count opening hours alone"),
    }

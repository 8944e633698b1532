"""How long customers wait: told apart, drawn by week, and compared before and after a change."""

from datetime import date
from typing import Final

from ambassador.services.care.queue import list_cases
from ambassador.services.care.waiting import change_note, hours_of, waiting_figures
from ambassador.ui.kit.charts import lines, show_chart
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.figures import Figure, first_row
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind, show_table
from ambassador.ui.kit.text import day, day_order, note_text, number, t, t_count, unknown
from ambassador.ui.kit.words import heading, word
from ambassador.ui.kit.workspace import current_work
from ambassador.values.care.cases import CaseFilter
from ambassador.values.care.states import CaseChannel, CaseKind, PromiseClock
from ambassador.values.care.waiting import WaitingBy, WaitingChange, WaitingFilter, WaitingRow, WaitingView

_LEAST_WEEKS: Final = 3
"""A line through fewer points shows nothing that the table does not."""


def choose_view() -> bool:
    """Offer the queue and the waits where there is any case; say whether the waits are wanted."""
    if not list_cases(current_work(), CaseFilter(limit=1)).total:
        return False
    views = {False: t("Cases"), True: t("How long customers wait")}
    chosen = st.segmented_control(
        t("View"),
        list(views),
        default=False,
        format_func=lambda one: views[one],
        required=True,
        key="care-view",
    )
    return bool(chosen)


def draw_waiting(campaign_id: int | None) -> None:
    """Ask what is wanted and draw it; nothing is worked out for a question that is not asked."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        clock = st.segmented_control(
            t("Until"),
            list(PromiseClock),
            default=PromiseClock.FIRST,
            format_func=heading,
            required=True,
        )
        by = st.segmented_control(
            t("Told apart by"),
            list(WaitingBy),
            default=WaitingBy.WEEK,
            format_func=heading,
            required=True,
        )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        since = st.date_input(
            t("Began since"),
            value=None,
            format=day_order(),
            help=t("Empty: thirteen weeks ago."),
            key="care-waits-since",
        )
        changed = st.date_input(
            t("Changed on"),
            value=None,
            format=day_order(),
            help=t("The first day on which something was done another way: before and after are compared."),
            key="care-waits-changed",
        )
        in_hours = st.checkbox(t("Count opening hours alone"), value=True, key="care-waits-open")
    with errors_shown():
        wanted = WaitingFilter(
            by=by,
            since=_day(since),
            changed_on=_day(changed),
            in_opening_hours=in_hours,
            campaign_id=campaign_id,
        )
        _draw(waiting_figures(current_work(), wanted), wanted, clock)


def _day(typed: object) -> date | None:
    return typed if isinstance(typed, date) else None


def _draw(view: WaitingView, wanted: WaitingFilter, clock: PromiseClock) -> None:
    st.caption(
        t(
            "Cases and answers that began from {since} to {until}.",
            since=day(view.since),
            until=day(view.until),
        )
    )
    if view.is_empty:
        st.info(t("No customer began to wait in that time."), icon=":material/hourglass_empty:")
        _tell_of_older(view)
        return
    total = next(row for row in view.total if row.clock is clock)
    first_row(*_figures(total))
    _tell_of_older(view)
    if wanted.in_opening_hours and not view.has_hours:
        st.caption(t("No opening hours are said: all time counts."))
    for change in view.changes:
        if change.clock is clock:
            st.markdown(note_text(change_note(change)))
    if view.changes:
        show_table("wait-changes", view.changes, _change_columns(), title=t("Before and after"))
    rows = [row for row in view.rows if row.clock is clock]
    if wanted.by is WaitingBy.WEEK and len(rows) >= _LEAST_WEEKS:
        _draw_weeks(rows)
    show_table("waits", rows, _columns(wanted.by), title=t("How long customers wait"))


def _figures(total: WaitingRow) -> tuple[Figure, ...]:
    figures = total.figures
    judged = figures.kept + figures.broken
    return (
        Figure(
            t("Half within"),
            _hours(hours_of(figures.median)),
            t_count("of {count} wait", "of {count} waits", figures.began),
        ),
        Figure(
            t("Nine in ten within"),
            _hours(hours_of(figures.ninetieth)),
            t_count("{count} still goes on", "{count} still go on", figures.goes_on),
        ),
        Figure(
            t("Promises kept"),
            t("{kept} of {count}", kept=number(figures.kept), count=number(judged)) if judged else unknown(),
            t("those still in time are left out") if judged else t("nothing is promised for these"),
        ),
    )


def _hours(hours: float | None) -> str:
    return t("cannot be told yet") if hours is None else t("{hours} h", hours=number(hours, 1))


def _tell_of_older(view: WaitingView) -> None:
    if view.older:
        st.caption(
            t_count(
                "Not counted: {count} case from before {day} still without a first answer.",
                "Not counted: {count} cases from before {day} still without a first answer.",
                view.older,
                day=day(view.since),
            )
        )


def _draw_weeks(rows: list[WaitingRow]) -> None:
    week, hours, share = t("Week"), t("Hours"), t("Share of waits")
    drawn = [
        {week: date.fromisoformat(row.group), hours: value, share: name}
        for row in rows
        for name, value in (
            (t("Half within"), hours_of(row.figures.median)),
            (t("Nine in ten within"), hours_of(row.figures.ninetieth)),
        )
        if value is not None
    ]
    if drawn:
        picture = lines(drawn, x=week, value=hours, kind=share)
        show_chart(picture, t("How long customers wait, by the week in which they began"), key="waits")


def _columns(by: WaitingBy) -> list[Column[WaitingRow]]:
    if by is WaitingBy.WEEK:
        group: Column[WaitingRow] = Column(t("Week of"), lambda row: date.fromisoformat(row.group), Kind.DAY)
    else:
        group = Column(heading(by), lambda row: _name(row, by))
    return [
        group,
        Column(t("Began"), lambda row: row.figures.began, Kind.NUMBER),
        Column(t("Still go on"), lambda row: row.figures.goes_on, Kind.NUMBER),
        Column(t("Half within, hours"), lambda row: hours_of(row.figures.median), Kind.DECIMAL),
        Column(t("Nine in ten within, hours"), lambda row: hours_of(row.figures.ninetieth), Kind.DECIMAL),
        Column(t("Promises kept"), lambda row: row.figures.kept, Kind.NUMBER),
        Column(t("Promises broken"), lambda row: row.figures.broken, Kind.NUMBER),
    ]


def _name(row: WaitingRow, by: WaitingBy) -> str:
    if by is WaitingBy.CHANNEL:
        return word(CaseChannel(row.group))
    if by is WaitingBy.KIND:
        return word(CaseKind(row.group))
    return row.group or t("nobody")


def _change_columns() -> list[Column[WaitingChange]]:
    return [
        Column(t("Until"), lambda one: heading(one.clock)),
        Column(t("Half within before, hours"), lambda one: hours_of(one.before.median), Kind.DECIMAL),
        Column(t("Half within after, hours"), lambda one: hours_of(one.after.median), Kind.DECIMAL),
        Column(t("Nine in ten before, hours"), lambda one: hours_of(one.before.ninetieth), Kind.DECIMAL),
        Column(t("Nine in ten after, hours"), lambda one: hours_of(one.after.ninetieth), Kind.DECIMAL),
        Column(t("Began before"), lambda one: one.before.began, Kind.NUMBER),
        Column(t("Began after"), lambda one: one.after.began, Kind.NUMBER),
        Column(t("By chance alone"), "probability", Kind.PERCENT),
        Column(t("Which means"), lambda one: note_text(change_note(one))),
    ]

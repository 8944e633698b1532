"""The first page: running campaigns inside their band, and today's list."""

from collections.abc import Sequence
from typing import Final

from ambassador.i18n import mark
from ambassador.ui.kit.charts import Chart, fan, lines, show_chart
from ambassador.ui.kit.contacts import reached
from ambassador.ui.kit.definitions import define
from ambassador.ui.kit.figures import Figure, Tone
from ambassador.ui.kit.markup import with_icon
from ambassador.ui.kit.navigation import page_link
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import interval, note_text, number, t, t_count
from ambassador.values.forecasts.forecasts import LEVELS, DayRange
from ambassador.values.home import HomeView, LiveCampaign, Task, TaskKind
from ambassador.values.imports.imports import Note
from ambassador.values.results.results import ForecastComparison, IntervalPosition

_MOST_CAMPAIGNS: Final = 3
_SHOWN_TASKS: Final = 5
_ICONS: Final = {
    TaskKind.LATE_CASE: ":material/support_agent:",
    TaskKind.INCIDENT: ":material/notification_important:",
    TaskKind.COMPLAINT: ":material/sentiment_dissatisfied:",
    TaskKind.OVERDUE: ":material/event_busy:",
    TaskKind.ON_THE_WAY: ":material/local_shipping:",
    TaskKind.LEFT_WITH_PHONE: ":material/phonelink_erase:",
    TaskKind.SILENT: ":material/voice_over_off:",
    TaskKind.UNSIGNED: ":material/contract_edit:",
    TaskKind.UNANSWERED: ":material/mark_email_unread:",
    TaskKind.NEXT_ACTION: ":material/call:",
    TaskKind.PROMISED: ":material/event_busy:",
    TaskKind.QUESTION: ":material/help:",
    TaskKind.SPIKE: ":material/trending_up:",
    TaskKind.SILENCE: ":material/volume_off:",
    TaskKind.REVIEW: ":material/rule:",
}
_STANDINGS: Final = {
    IntervalPosition.INSIDE: mark("inside the forecast for today, {range}"),
    IntervalPosition.ABOVE: mark("above the forecast for today, {range}"),
    IntervalPosition.BELOW: mark("below the forecast for today, {range}"),
}


def home_figures(view: HomeView) -> tuple[Figure, ...]:
    """The first row: each running campaign so far, and how much is late."""
    late = Figure(
        t("To do"),
        t_count("{count} thing is late", "{count} things are late", view.late),
        note=_note(view),
        tone="bad" if view.late else "good",
        help=define("late"),
    )
    return (*(_campaign_figure(one) for one in view.campaigns[:_MOST_CAMPAIGNS]), late)


def draw_campaigns(campaigns: Sequence[LiveCampaign]) -> None:
    """Draw a line per running campaign inside its band."""
    for campaign in campaigns:
        if len(campaign.observed) > 1 or campaign.forecast:
            show_chart(
                _line(campaign),
                _takeaway(campaign),
                note=_legend(campaign),
                key=f"live:{campaign.campaign_id}",
            )
        with st.container(horizontal=True):
            page_link("campaigns", t("Open {name}", name=campaign.name), campaign=campaign.campaign_id)
            page_link("outcomes", t("What came of it"), campaign=campaign.campaign_id)
            page_link("cascades", t("Who made it travel"), campaign=campaign.campaign_id)


def draw_tasks(tasks: Sequence[Task]) -> None:
    """Draw today's list, every line a way to the exact place."""
    st.subheader(t("Today"))
    if not tasks:
        st.success(t("Nothing waits for you."), icon=":material/check_circle:")
        return
    for task in tasks[:_SHOWN_TASKS]:
        _draw_task(task)
    if tasks[_SHOWN_TASKS:]:
        more = len(tasks) - _SHOWN_TASKS
        with st.expander(t_count("Show {count} more", "Show {count} more", more)):
            for task in tasks[_SHOWN_TASKS:]:
                _draw_task(task)


def draw_plans(view: HomeView) -> None:
    """Say what is there while nothing runs."""
    if view.campaigns:
        return
    said = [
        t_count("{count} campaign is being planned.", "{count} campaigns are being planned.", view.drafts)
        if view.drafts
        else t("No campaign is running."),
        t_count("{count} campaign is over.", "{count} campaigns are over.", view.closed)
        if view.closed
        else "",
    ]
    with st.container(border=True):
        st.markdown(" ".join(part for part in said if part))
        with st.container(horizontal=True):
            page_link("campaigns")
            page_link("pick")
            page_link("cascades")


def _campaign_figure(campaign: LiveCampaign) -> Figure:
    return Figure(
        t("{name}: people who talk so far", name=campaign.name),
        number(campaign.talkers.observed),
        note=_against(campaign.talkers) or t("no forecast was frozen at launch"),
        tone=_tone(campaign.talkers.standing),
        help=define("people-who-talk"),
        trend=[float(day.talkers) for day in campaign.observed],
    )


def _against(comparison: ForecastComparison) -> str:
    known, text = comparison.interval(90), _STANDINGS.get(comparison.standing)
    return t(text, range=interval(*known)) if known and text else ""


def _tone(standing: IntervalPosition) -> Tone:
    if standing is IntervalPosition.ABOVE:
        return "good"
    return "bad" if standing is IntervalPosition.BELOW else "neutral"


def _note(view: HomeView) -> str:
    if view.longest:
        return t_count("the oldest for {count} day", "the oldest for {count} days", view.longest)
    others = sum(not task.is_late for task in view.tasks)
    return t_count("{count} is worth a look", "{count} are worth a look", others) if others else ""


def _takeaway(campaign: LiveCampaign) -> str:
    said = t_count("{count} person talks", "{count} people talk", campaign.talkers.observed or 0)
    against = _against(campaign.talkers)
    when = t("{name}, day {day} of {days}", name=campaign.name, day=campaign.day, days=campaign.days)
    return f"{when}: {said}" + (f", {against}" if against else "")


def _legend(campaign: LiveCampaign) -> str:
    if not campaign.forecast:
        return ""
    legend = t(
        "Blue: the forecast frozen at launch; the darkest band should hold half of the time, the lightest 9 "
        "times in 10. Orange: observed so far."
    )
    return f"{legend} {note_text(campaign.led_by)}" if campaign.led_by else legend


def _line(campaign: LiveCampaign) -> Chart:
    label, people = t("Day of the campaign"), t("People who talk")
    observed = [{"day": day.day, "value": day.talkers} for day in campaign.observed]
    if campaign.forecast:
        return fan([_band(day) for day in campaign.forecast], observed, day=label, value=people)
    return lines([{label: day.day, people: day.talkers} for day in campaign.observed], x=label, value=people)


def _band(day: DayRange) -> dict[str, float]:
    ends: dict[str, float] = {"day": day.day, "mean": day.mean}
    for level in LEVELS:
        low, high = day.quantiles.get(level, (day.mean, day.mean))
        ends |= {f"low_{level}": low, f"high_{level}": high}
    return ends


def _draw_task(task: Task) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        said = " · ".join(filter(None, (note_text(Note(task.text, task.values)), task.campaign)))
        with st.container(gap=None, width="stretch"):
            st.markdown(with_icon(_ICONS[task.kind], said))
            if ways := reached(task.contact, is_post=task.page == "mentions"):
                st.caption(ways)
        page_link(task.page, t("Deal with it"), **task.query)

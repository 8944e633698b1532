"""The Mentions page above and beside its list: first row, picture, who still waits for an answer."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import altair as alt
import pandas as pd

from ambassador.ui.kit.charts import AXIS_FORMATS, CATEGORIES, legend_below, show_chart
from ambassador.ui.kit.figures import Figure
from ambassador.ui.kit.markup import bold, joined
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import day, moment, number, percent, t, t_count
from ambassador.ui.kit.words import post_kind_word
from ambassador.ui.mentions.words import label_word
from ambassador.values.mentions.mentions import CareFigures, MentionsView
from ambassador.values.status import MentionKind

_COLOURS: Final = tuple(zip(MentionKind, CATEGORIES, strict=True))
"""A kind of post has its colour in every language and selection."""
_MANY_DAYS: Final = 90
_HOURS_A_DAY: Final = 48
_OPEN_LINES: Final = 5


def draw_timeline(view: MentionsView) -> None:
    """Draw when how much was said, where anything was."""
    if view.timeline:
        show_chart(timeline_chart(view), timeline_takeaway(view))


def mention_figures(view: MentionsView, care: CareFigures) -> tuple[Figure, ...]:
    """Make the first row."""
    figures = view.figures
    waiting = len(care.open_questions)
    return (
        Figure(
            t("Mentions"),
            number(figures.mentions),
            note=t("{count} views", count=number(figures.views)) if figures.views is not None else "",
            help=t("Posts that belong here: originals, replies, quotes, reposts, comments and stories."),
            trend=_trend(view),
        ),
        Figure(
            t("People who talk"),
            number(figures.people),
            help=t("Different authors; a person with several accounts counts once, our own accounts do not."),
        ),
        Figure(
            t("Complaints"),
            percent(figures.complaint_share, 1) if figures.labelled else t("no labels yet"),
            note=_care_note(care, waiting),
            tone="bad" if waiting else "neutral",
            help=t(
                "Mentions labelled as complaints, among all. The time to our first answer is a median that"
                " counts those still waiting as longer than so far (Kaplan-Meier)."
            ),
        ),
        Figure(
            t("To review"),
            number(figures.to_review),
            note=t("doubtful: yours to decide") if figures.to_review else t("nothing is doubtful"),
            help=t("Mentions that may belong: an ordinary word, an exclude-word, or outside the dates."),
        ),
    )


def timeline_chart(view: MentionsView) -> alt.Chart:
    """Draw mentions per hour, day or month by kind, in the campaign's zone."""
    when, count, kind = t("When"), t("Mentions"), t("Kind")
    rows = [
        {when: bin_.at.replace(tzinfo=None), count: bin_.count, kind: post_kind_word(bin_.kind)}
        for bin_ in view.timeline
    ]
    days = (view.timeline[-1].at - view.timeline[0].at).days
    unit = "yearmonthdatehours" if view.by_hour else "yearmonthdate" if days <= _MANY_DAYS else "yearmonth"
    axis = alt.Axis(format=AXIS_FORMATS[unit])
    present = {bin_.kind for bin_ in view.timeline}
    colours = {post_kind_word(one): colour for one, colour in _COLOURS if one in present}
    chart: alt.Chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar()
        .encode(
            x=alt.X(f"{unit}({when}):T", title=None, axis=axis),
            y=alt.Y(f"sum({count}):Q", title=count),
            color=alt.Color(
                f"{kind}:N",
                title=None,
                scale=alt.Scale(domain=[*colours], range=[*colours.values()]),
                legend=legend_below(),
            ),
            tooltip=[
                alt.Tooltip(f"{unit}({when}):T", title=when),
                kind,
                alt.Tooltip(f"sum({count}):Q", title=count),
            ],
        )
        .properties(height=280)
    )
    return chart


def timeline_takeaway(view: MentionsView) -> str:
    """Say when most was said, and of which kind."""
    totals: Counter[object] = Counter()
    for bin_ in view.timeline:
        totals[bin_.at] += bin_.count
    peak = max(view.timeline, key=lambda bin_: (totals[bin_.at], -bin_.at.timestamp())).at
    share = percent(totals[peak] / max(view.found, 1), 0 if totals[peak] > view.found / 10 else 1)
    if view.by_hour:
        return t(
            "{share} of the talk came within one hour, {hour}", share=share, hour=moment(peak, view.zone)
        )
    return t("The loudest day was {day}: {share} of the talk", share=share, day=day(peak.date()))


def draw_waiting(care: CareFigures) -> None:
    """List the complaints and questions nobody of ours has answered."""
    if care.asked and not care.brand_accounts:
        st.info(
            t("Say under Workspace which accounts are ours: then answers to complaints are recognised."),
            icon=":material/support_agent:",
        )
    if not care.open_questions:
        return
    title = t_count("{count} waits for an answer", "{count} wait for an answer", len(care.open_questions))
    if care.answered:
        title = f"{title} · {_answered_so_far(care)}"
    with st.expander(
        title, icon=":material/support_agent:", expanded=len(care.open_questions) <= _OPEN_LINES
    ):
        for question in care.open_questions[:_OPEN_LINES]:
            said = label_word(question.label), _waiting(question.waiting_hours)
            st.markdown(joined(" · ", (bold(f"@{question.handle}"), *said)))
            st.markdown(question.text)
        if len(care.open_questions) > _OPEN_LINES:
            st.caption(t("and {count} more, in the list below", count=len(care.open_questions) - _OPEN_LINES))


def _care_note(care: CareFigures, waiting: int) -> str:
    if waiting:
        return t_count("{count} waits for an answer", "{count} wait for an answer", waiting)
    if care.median_hours is not None:
        return t("half are answered within {hours} h", hours=number(care.median_hours, 1))
    return ""


def _answered_so_far(care: CareFigures) -> str:
    values = {"answered": number(care.answered), "asked": number(care.asked)}
    slowest = care.slowest_hours or 0
    if slowest < _HOURS_A_DAY:
        hours = number(slowest, 1)
        return t("{answered} of {asked} were answered, the slowest after {hours} h", hours=hours, **values)
    days = number(slowest / 24, 1)
    return t("{answered} of {asked} were answered, the slowest after {days} days", days=days, **values)


def _waiting(hours: float) -> str:
    if hours < _HOURS_A_DAY:
        return t_count("waiting for {count} hour", "waiting for {count} hours", round(hours))
    return t_count("waiting for {count} day", "waiting for {count} days", round(hours / 24))


def _trend(view: MentionsView) -> Sequence[float]:
    totals: Counter[object] = Counter()
    for bin_ in view.timeline:
        totals[bin_.at] += bin_.count
    return [float(count) for count in totals.values()][-60:]

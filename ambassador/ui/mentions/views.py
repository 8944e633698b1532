"""The Mentions page in pieces: first row, picture, table, who still waits for an answer."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Final, Literal

import altair as alt
import pandas as pd

from ambassador.services.mentions import list_mentions
from ambassador.services.work import UnitOfWork
from ambassador.ui.kit.address import asked_number
from ambassador.ui.kit.charts import AXIS_FORMATS, CATEGORIES, show_chart
from ambassador.ui.kit.figures import Figure
from ambassador.ui.kit.markup import bold, joined
from ambassador.ui.kit.navigation import page_link
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind
from ambassador.ui.kit.text import day, moment, number, percent, t, t_count
from ambassador.ui.kit.words import post_kind_word
from ambassador.ui.mentions.words import label_word, match_words, parent_words
from ambassador.values.mentions.mentions import CareFigures, MentionFilter, MentionRow, MentionsView
from ambassador.values.status import Label, Verdict

Show = Literal["all", "review", "complaint", "question", "praise", "rejected"]
SHOWN: Final = 1_000
"""Rows of the table; the totals speak of all."""
_MANY_DAYS: Final = 90
_HOURS_A_DAY: Final = 48
_OPEN_LINES: Final = 5


def read_everything(work: UnitOfWork, campaign_id: int | None) -> MentionsView:
    """Read the campaign's mentions, or all: what the figures and the picture speak of."""
    return list_mentions(work, MentionFilter(campaign_id=campaign_id, limit=SHOWN))


def draw_timeline(view: MentionsView) -> None:
    """Draw when how much was said, where anything was."""
    if view.timeline:
        show_chart(timeline_chart(view), timeline_takeaway(view))


def choose_mentions(
    work: UnitOfWork, campaign_id: int | None, everything: MentionsView
) -> tuple[Show, MentionsView]:
    """Let the reader choose what the table holds, and read it."""
    show = show_choice(everything)
    wanted = wanted_mentions(campaign_id, show, search_all(everything.found))
    single_note()
    return show, listed_mentions(work, everything, wanted)


def show_choice(view: MentionsView) -> Show:
    """Let the reader choose which mentions the table holds; the address can ask for one kind."""
    words: dict[Show, str] = {
        "all": t("All"),
        "review": t("To review ({count})", count=number(view.figures.to_review)),
        "complaint": t("Complaints"),
        "question": t("Questions"),
        "praise": t("Praise"),
        "rejected": t("Put out"),
    }
    asked = st.query_params.get("show")
    chosen = st.segmented_control(
        t("Show"),
        list(words),
        format_func=lambda key: words[key],
        default=asked if asked in words else "all",
        required=True,
        label_visibility="collapsed",
        key="mentions:show",
    )
    return chosen or "all"


def search_all(found: int) -> str:
    """Offer a search over everything where the table cannot hold it all."""
    if found <= SHOWN:
        return ""
    return st.text_input(
        t("Search all {count} mentions", count=number(found)),
        icon=":material/search:",
        key="mentions:search",
        width=420,
        help=t("The table below holds the newest {count}; this looks through all.", count=number(SHOWN)),
    )


def wanted_mentions(campaign_id: int | None, show: Show, search: str) -> MentionFilter:
    """Turn the reader's choice into what the service is asked for; a single mention in the address wins."""
    one = asked_number("mention")
    if one is not None:
        return MentionFilter(mention_id=one)
    verdicts: dict[str, Verdict] = {"review": Verdict.REVIEW, "rejected": Verdict.REJECTED}
    labels = tuple(label for label in Label if label.value == show)
    return MentionFilter(
        campaign_id=campaign_id, verdict=verdicts.get(show), labels=labels, search=search, limit=SHOWN
    )


def listed_mentions(work: UnitOfWork, everything: MentionsView, wanted: MentionFilter) -> MentionsView:
    """Read what the reader chose, unless that is what was read already."""
    same = wanted == MentionFilter(campaign_id=wanted.campaign_id, limit=SHOWN)
    return everything if same else list_mentions(work, wanted)


def single_note() -> None:
    """Say that the address asked for one mention, with the way back to all."""
    if asked_number("mention") is not None:
        page_link("mentions", t("Show all mentions"))


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
    chart: alt.Chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar()
        .encode(
            x=alt.X(f"{unit}({when}):T", title=None, axis=axis),
            y=alt.Y(f"sum({count}):Q", title=count),
            color=alt.Color(
                f"{kind}:N",
                title=None,
                scale=alt.Scale(range=list(CATEGORIES)),
                legend=alt.Legend(orient="bottom"),
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


def mention_columns(care: CareFigures) -> tuple[Column[MentionRow], ...]:
    """Make the columns of the list; complaints and questions say whether we answered."""
    waiting = {question.mention_id for question in care.open_questions}
    return (
        Column(t("When"), "posted_at", Kind.MOMENT),
        Column(t("Author"), lambda row: f"@{row.handle}"),
        Column(t("What"), _what),
        Column(t("Text"), "text"),
        Column(t("Answers"), parent_words),
        Column(t("Why it is here"), lambda row: "; ".join(match_words(match) for match in row.campaigns)),
        Column(t("Labels"), lambda row: ", ".join(label_word(label) for label in row.labels)),
        Column(t("Our answer"), lambda row: _answer(row, waiting)),
        Column(
            t("Taken down"),
            "deleted_at",
            Kind.MOMENT,
            help=t("When we learnt that its author had taken it down; it stays in the history."),
        ),
        Column(t("Views"), lambda row: row.figures.views, Kind.NUMBER),
        Column(t("Likes"), lambda row: row.figures.likes, Kind.NUMBER),
        Column(t("Figures"), _figures_source, help=t("Where the figures come from.")),
        Column(t("Platform"), "platform"),
        Column(t("Link"), lambda row: row.url or None, Kind.LINK),
    )


def _what(row: MentionRow) -> str:
    taken_down = "" if row.deleted_at is None else " · " + t("taken down")
    return post_kind_word(row.kind) + taken_down


def _answer(row: MentionRow, waiting: Collection[int]) -> str:
    if row.id in waiting:
        return t("waiting")
    asked = Label.COMPLAINT in row.labels or Label.QUESTION in row.labels
    if not asked or row.is_brand:
        return ""
    return t("taken down") if row.deleted_at else t("answered")


def rows_note(view: MentionsView) -> str:
    """Say how many of the mentions found the table holds."""
    if view.found <= len(view.rows):
        return ""
    return t("The newest {shown} of {found}.", shown=number(len(view.rows)), found=number(view.found))


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


def _figures_source(row: MentionRow) -> str:
    if row.figures_read_at is None:
        return ""
    supplied = row.figures_supplied_by == "ambassador"
    if supplied:
        return t("supplied by the ambassador, {day}", day=day(row.figures_read_at.date()))
    return t("read on {day}", day=day(row.figures_read_at.date()))


def _trend(view: MentionsView) -> Sequence[float]:
    totals: Counter[object] = Counter()
    for bin_ in view.timeline:
        totals[bin_.at] += bin_.count
    return [float(count) for count in totals.values()][-60:]

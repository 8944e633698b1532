"""What posts speak of: topics named by their words, the largest first, with three typical posts each."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from ambassador.services.tone.topics import MOST_TOPICS, USUAL, find_topics_of
from ambassador.services.work import UnitOfWork
from ambassador.ui.kit.figures import Figure, first_row
from ambassador.ui.kit.markup import bold, quoted
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind, show_table
from ambassador.ui.kit.text import day_order, moment, number, percent, t, t_count
from ambassador.values.mentions.mentions import MentionFilter
from ambassador.values.tone import TopicRow, TopicsView

_TEXT: Final = 280


def draw_topics(work: UnitOfWork, stream: MentionFilter) -> None:
    """Ask for a time and how many topics, and draw them."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        since = st.date_input(t("Posted since"), value=None, format=day_order(), key="topics-since")
        until = st.date_input(t("Posted until"), value=None, format=day_order(), key="topics-until")
        most = st.number_input(
            t("At most so many topics"), min_value=1, max_value=MOST_TOPICS, value=USUAL, key="topics-most"
        )
    wanted = replace(
        stream,
        since=_midnight(since) if isinstance(since, date) else None,
        until=_midnight(until + timedelta(days=1)) if isinstance(until, date) else None,
    )
    _draw(find_topics_of(work, wanted, int(most)))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _draw(view: TopicsView) -> None:
    if not view.topics:
        st.info(
            t("No two of these posts share words that tell them from the others: choose more of them."),
            icon=":material/topic:",
        )
        return
    first_row(*_figures(view))
    if view.found > view.read:
        st.caption(t("The newest {count} posts were read; our own are left out.", count=number(view.read)))
    for topic in view.topics:
        with st.container(border=True):
            st.markdown(bold(", ".join(topic.words) or t("no word of its own")))
            st.caption(
                t_count(
                    "{count} post, {share} of those read",
                    "{count} posts, {share} of those read",
                    topic.posts,
                    share=percent(topic.posts / view.read),
                )
            )
            for row in topic.typical:
                st.markdown(quoted(row.text[:_TEXT]))
                st.caption(t("@{handle}, {moment}", handle=row.handle, moment=moment(row.posted_at)))
    show_table("topics", view.topics, _columns(), title=t("Topics"))


def _figures(view: TopicsView) -> tuple[Figure, ...]:
    largest = view.topics[0]
    return (
        Figure(t("Topics"), number(len(view.topics)), t("of {count} posts", count=number(view.read))),
        Figure(
            t("The largest holds"),
            percent(largest.posts / view.read),
            ", ".join(largest.words[:2]),
        ),
        Figure(
            t("Belong to none"),
            percent(view.without / view.read),
            t_count("{count} post", "{count} posts", view.without),
            help=t("They share too few words with any of these topics, or say nothing but common words."),
        ),
    )


def _columns() -> list[Column[TopicRow]]:
    return [
        Column(t("Words"), lambda row: ", ".join(row.words)),
        Column(t("Posts"), "posts", Kind.NUMBER),
        Column(t("A typical post"), lambda row: row.typical[0].text if row.typical else ""),
    ]

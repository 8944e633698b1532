"""The list of mentions: which of them it holds, by the reader's choice, and its columns."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final, Literal

from ambassador.errors import BadInputError
from ambassador.services.mentions import find_mentions, list_mentions
from ambassador.services.tone import order_posts
from ambassador.services.work import UnitOfWork
from ambassador.ui.kit.address import asked_number
from ambassador.ui.kit.mention_choices import SEARCH_KEY, SHOW_KEY
from ambassador.ui.kit.navigation import page_link
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind
from ambassador.ui.kit.text import day, error_text, note_text, number, shown_zone, t
from ambassador.ui.kit.words import post_kind_word
from ambassador.ui.mentions.words import label_word, match_words, parent_words
from ambassador.values.days import day_in
from ambassador.values.mentions.mentions import (
    CareFigures,
    FoundMentions,
    MentionFilter,
    MentionRow,
    MentionsView,
)
from ambassador.values.status import Label, Verdict

Show = Literal["all", "review", "likely", "complaint", "question", "praise", "rejected"]
SHOWN: Final = 1_000
"""Rows of the table; the totals speak of all."""


def read_everything(work: UnitOfWork, stream: MentionFilter) -> MentionsView:
    """Read the mentions of a campaign or perimeter, or all: what the figures and the picture speak of."""
    return list_mentions(work, replace(stream, limit=SHOWN))


def choose_mentions(
    work: UnitOfWork, stream: MentionFilter, everything: MentionsView
) -> tuple[Show, str, FoundMentions]:
    """Let the reader choose what the table holds, and read it."""
    show = show_choice(everything)
    searched = search_box(everything.found)
    single_note()
    try:
        wanted = wanted_mentions(stream, show, searched)
        found = likely_first(work, wanted) if show == "likely" else listed_mentions(work, everything, wanted)
    except BadInputError as error:
        st.warning(error_text(error), icon=":material/search_off:")
        found = FoundMentions((), 0)
    return show, searched, found


def show_choice(view: MentionsView) -> Show:
    """Let the reader choose which mentions the table holds; the address can ask for one kind."""
    words: dict[Show, str] = {
        "all": t("All"),
        "review": t("To review ({count})", count=number(view.figures.to_review)),
        "likely": t("Likely complaints first"),
        "complaint": t("Complaints"),
        "question": t("Questions"),
        "praise": t("Praise"),
        "rejected": t("Excluded"),
    }
    asked = st.query_params.get("show")
    chosen = st.segmented_control(
        t("Show"),
        list(words),
        format_func=lambda key: words[key],
        default=asked if asked in words else "all",
        required=True,
        label_visibility="collapsed",
        key=SHOW_KEY,
    )
    return chosen or "all"


def search_box(found: int) -> str:
    """Offer a search over everything, whatever the table holds."""
    return st.text_input(
        t("Search the mentions"),
        icon=":material/search:",
        key=SEARCH_KEY,
        placeholder=t("Search {count} mentions", count=number(found)),
        help=t(
            "Words in Italian or English, hashtags and emoji; accents and endings make no difference."
            " “so light” finds a phrase, bright* every word that begins so, @nina what she wrote or who"
            " addressed her, -noise leaves out, camera OR battery finds either."
        ),
    )


def wanted_mentions(stream: MentionFilter, show: Show, search: str) -> MentionFilter:
    """Turn the reader's choice into what the service is asked for; a single mention in the address wins."""
    one = asked_number("mention")
    if one is not None:
        return MentionFilter(mention_id=one)
    verdicts: dict[str, Verdict] = {"review": Verdict.REVIEW, "rejected": Verdict.REJECTED}
    labels = tuple(label for label in Label if label.value == show)
    return replace(stream, verdict=verdicts.get(show), labels=labels, search=search, limit=SHOWN)


def listed_mentions(work: UnitOfWork, everything: MentionsView, wanted: MentionFilter) -> FoundMentions:
    """Read what the reader chose, unless that is what was read already."""
    alone = MentionFilter(campaign_id=wanted.campaign_id, perimeter=wanted.perimeter, limit=SHOWN)
    if wanted == alone:
        return FoundMentions(everything.rows, everything.found)
    return find_mentions(work, wanted)


def likely_first(work: UnitOfWork, wanted: MentionFilter) -> FoundMentions:
    """Read what has no label of tone yet, the likeliest complaint first; another page says how good."""
    order = order_posts(work, wanted, limit=SHOWN)
    page_link("tone", t("How good this order is, and how to make it better"))
    return FoundMentions(tuple(row.mention for row in order.rows), order.unlabelled)


def single_note() -> None:
    """Say that the address asked for one mention, with the way back to all."""
    if asked_number("mention") is not None:
        page_link("mentions", t("Show all mentions"))


def mention_columns(
    care: CareFigures, watched: Mapping[int, tuple[str, ...]]
) -> tuple[Column[MentionRow], ...]:
    """Make the columns of the list; complaints and questions say whether we answered.

    ``watched`` names the perimeters a mention is in, beside its campaigns.
    """
    waiting = {question.mention_id for question in care.open_questions}
    return (
        Column(t("When"), "posted_at", Kind.MOMENT),
        Column(t("Author"), lambda row: f"@{row.handle}"),
        Column(t("What"), _what),
        Column(t("Text"), "text"),
        Column(t("Answers"), parent_words),
        Column(t("Why it is here"), lambda row: "; ".join(match_words(match) for match in row.campaigns)),
        Column(t("Perimeters"), lambda row: ", ".join(watched.get(row.id, ()))),
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


def rows_note(view: FoundMentions) -> str:
    """Say how many of the mentions found the table holds, and what would find more."""
    hint = "" if view.hint is None else note_text(view.hint)
    if view.found <= len(view.rows):
        return hint
    values = {"shown": number(len(view.rows)), "found": number(view.found)}
    more = t("The newest {shown} of more than {found}.", **values)
    counted = more if view.has_more else t("The newest {shown} of {found}.", **values)
    return f"{counted} {hint}".strip()


def _figures_source(row: MentionRow) -> str:
    if row.figures_read_at is None:
        return ""
    supplied = row.figures_supplied_by == "ambassador"
    if supplied:
        return t("supplied by the ambassador, {day}", day=day(day_in(shown_zone(), row.figures_read_at)))
    return t("read on {day}", day=day(day_in(shown_zone(), row.figures_read_at)))

"""The branch of complaints beside a promotion: its size, who carried it, and whether an answer slowed it."""

from typing import Final

from ambassador.ui.kit.definitions import define
from ambassador.ui.kit.figures import Figure, first_row, interval_note
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind, show_table
from ambassador.ui.kit.text import interval, moment, number, t, t_count
from ambassador.ui.kit.words import word
from ambassador.values.cascades.complaints import AnswerEffect, Carrier, ComplaintBranch, TalkFigures

_LEVEL: Final = 80


def draw_complaints(found: ComplaintBranch) -> None:
    """Draw the complaints beside a promotion, where there is any."""
    if not found.branch.posts:
        return
    st.subheader(
        t("Complaints beside it"),
        help=define("complaint-branch"),
    )
    first_row(*_figures(found))
    st.markdown(_said(found.effect, found.zone))
    show_table(
        "complaints-with-without", _rows(found), _row_columns(), title=t("With and without complaints")
    )
    if found.carriers:
        st.caption(t("Who carried it"))
        show_table("complaints-carriers", found.carriers, _columns(), title=t("Who carried it"))


def _figures(found: ComplaintBranch) -> tuple[Figure, ...]:
    low, high = found.reproduction_range or (None, None)
    return (
        Figure(
            t("Posts of complaints"),
            number(found.branch.posts),
            t("of {count} in all", count=number(found.whole.posts)),
        ),
        Figure(
            t("Each post brings more"),
            number(found.reproduction, 2),
            interval_note(interval(low, high, lambda value: number(value, 2))),
        ),
        Figure(
            t("Care it took"),
            t_count("{count} case", "{count} cases", found.cases),
            t("answers given: {answers}", answers=number(found.answers)),
        ),
        Figure(t("Cost in care minutes"), number(found.care_minutes), _logged(found)),
    )


def _logged(found: ComplaintBranch) -> str:
    if found.care_minutes is None:
        return t("none are logged in its cases")
    return t(
        "logged in {logged} of {cases} cases", logged=number(found.cases_logged), cases=number(found.cases)
    )


def _said(effect: AnswerEffect | None, zone: str) -> str:
    if effect is None:
        return t("None of them was answered by an account of ours.")
    who = effect.handle or "…"
    if effect.expected is None:
        return t(
            "After our answer to @{handle} ({moment}) came so many posts: {after}. {verdict}.",
            handle=who,
            moment=moment(effect.answered_at, zone),
            after=number(effect.after),
            verdict=word(effect.verdict),
        )
    return t(
        "After our answer to @{handle} ({moment}) came so many posts: {after}; expected without one: "
        "{expected} (8 times in 10: {range}). {verdict}.",
        handle=who,
        moment=moment(effect.answered_at, zone),
        after=number(effect.after),
        expected=number(effect.expected),
        range=interval(*effect.ranges[_LEVEL]),
        verdict=word(effect.verdict),
    )


def _rows(found: ComplaintBranch) -> list[tuple[str, TalkFigures]]:
    return [
        (t("With complaints"), found.whole),
        (t("Without complaints"), found.without),
        (t("Complaints alone"), found.branch),
    ]


def _row_columns() -> list[Column[tuple[str, TalkFigures]]]:
    return [
        Column(t("What"), lambda row: row[0]),
        Column(t("Posts"), lambda row: row[1].posts, Kind.NUMBER),
        Column(t("People who talk"), lambda row: row[1].people, Kind.NUMBER),
        Column(t("Views"), lambda row: row[1].views, Kind.NUMBER),
    ]


def _columns() -> list[Column[Carrier]]:
    return [
        Column(t("Who"), lambda one: f"@{one.handle}" if one.handle else t("somebody who was erased")),
        Column(t("Posts"), "posts", Kind.NUMBER),
        Column(t("Answers drawn"), "brought", Kind.NUMBER),
    ]

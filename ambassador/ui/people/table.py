"""The list of people as a table, and what can be done with those chosen in it."""

from typing import Final

from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind, show_table
from ambassador.ui.kit.text import t, t_count
from ambassador.ui.people.actions import archive, merge_dialog, restore
from ambassador.ui.people.edit_people import edit_together_dialog
from ambassador.ui.people.person_link import open_person_at
from ambassador.ui.people.words import flags_of, whole
from ambassador.values.people.people import PeopleView, PersonRow

_MOST: Final = 1_000
"""More rows than that nobody scrolls through, and a browser is slow with them."""


def people_table(view: PeopleView) -> None:
    """Draw the list; what can be done with the chosen rows stands right below it."""
    best_first = sorted(view.rows, key=lambda row: (row.score.shown is None, -(row.score.shown or 0)))
    columns = people_columns(view)
    chosen = show_table("people", best_first, columns, title=t("People"), choose="many", most=_MOST)
    with st.container(horizontal=True, vertical_alignment="center"):
        if not chosen:
            st.caption(t("Choose one person to open, or several to edit, merge or archive them."))
        else:
            _choices(chosen)


def people_columns(view: PeopleView) -> tuple[Column[PersonRow], ...]:
    """Name the columns in the reader's language."""
    about = t(
        "Engagements (average likes and comments) by followers, of their largest account. "
        "The percentile compares with the {nearest} accounts nearest in followers.",
        nearest=view.nearest,
    )
    return (
        Column(t("Name"), "label"),
        Column(
            t("Followers"), lambda row: row.figures.followers, Kind.NUMBER, t("On their largest account.")
        ),
        Column(t("Engagement by followers"), "rate_by_followers", Kind.PERCENT, about),
        Column(t("Score"), lambda row: whole(row.score.shown), Kind.NUMBER, _about_score()),
        Column(t("Usual fee (EUR)"), _fee_in_euro, Kind.MONEY),
        Column(t("City"), "city"),
        Column(t("Topics"), lambda row: ", ".join(row.topics)),
        Column(t("Accounts"), lambda row: ", ".join(row.handles)),
        Column(t("Percentile"), lambda row: whole(row.percentile), Kind.NUMBER, about),
        Column(t("Compared with"), lambda row: row.peers or None, Kind.NUMBER, about),
        Column(t("Other currency"), _other_fee),
        Column(t("Mentions"), "mentions", Kind.NUMBER),
        Column(t("Figures read"), lambda row: row.figures.read_at, Kind.MOMENT),
        Column(t("Candidate"), lambda row: row.is_candidate and not row.objected, Kind.FLAG),
        Column(t("Worth a look"), flags_of, Kind.TEXT, t("Flags with their evidence; never a verdict.")),
    )


def _about_score() -> str:
    return t(
        "0 to 100: the geometric mean of Reach, Resonance, Relevance and Network, each a percentile "
        "within your own people. Open a person to see what it rests on."
    )


def _choices(chosen: list[PersonRow]) -> None:
    ids = [row.id for row in chosen]
    if len(chosen) == 1 and st.button(t("Open"), type="primary", icon=":material/person:"):
        open_person_at(ids[0])
        st.rerun()
    label = t_count("Edit {count} person", "Edit {count} people", len(ids))
    if st.button(label, icon=":material/edit:", key="people:edit"):
        edit_together_dialog(chosen)
    if len(chosen) > 1 and st.button(t("Merge"), icon=":material/merge:"):
        merge_dialog(ids)
    if chosen[0].archived:
        st.button(t("Restore"), icon=":material/unarchive:", on_click=restore, args=(ids,))
    else:
        st.button(t("Archive"), icon=":material/archive:", on_click=archive, args=(ids,))


def _fee_in_euro(row: PersonRow) -> object:
    return row.fee if row.fee and row.fee.currency == "EUR" else None


def _other_fee(row: PersonRow) -> str:
    return f"{row.fee.amount} {row.fee.currency}" if row.fee and row.fee.currency != "EUR" else ""

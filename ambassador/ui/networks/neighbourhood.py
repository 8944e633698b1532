"""The people around one person: who hears from them, and whom they hear from."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from ambassador.ui.kit.charts import CATEGORIES, MUTED, Chart, as_frame, legend_below, show_chart
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind, show_table
from ambassador.ui.kit.text import number, t
from ambassador.ui.networks.tables import KINDS, ORIGINS
from ambassador.values.people.person_card import Neighbour, PersonCard


def draw_neighbours(card: PersonCard) -> None:
    """Draw the closest neighbours around the person, and list them."""
    if not card.neighbours:
        st.info(t("No ties are known: import who follows whom, or mentions with who answered whom."))
        return
    takeaway = t(
        "{out} hear from {name} at first hand; {name} hears from {back}",
        out=number(card.hearing),
        back=number(card.heard),
        name=card.row.label,
    )
    everybody = number(card.hearing + card.heard)
    note = t("{shown} of {all} neighbours.", shown=number(len(card.neighbours)), all=everybody)
    show_chart(_chart(card), takeaway, note=note)
    columns: tuple[Column[Neighbour], ...] = (
        Column(t("Name"), "label"),
        Column(t("Direction"), lambda one: t("hears from them") if one.follows else t("they hear from")),
        Column(t("Kind"), lambda one: _words(one.kinds, KINDS)),
        Column(t("Times"), "interactions", Kind.NUMBER),
        Column(t("Comes from"), lambda one: _words(one.origin.split(", "), ORIGINS)),
    )
    show_table("neighbours", card.neighbours, columns, title=t("Around them"))


def _words(listed: Sequence[str], known: Mapping[str, str]) -> str:
    return ", ".join(t(known.get(word, word)) for word in listed)


def _chart(card: PersonCard) -> Chart:
    outwards, inwards = t("hears from them"), t("they hear from")
    spots = _spots(card.neighbours, outwards, inwards)
    blank = {"x": alt.X("x:Q", axis=None), "y": alt.Y("y:Q", axis=None)}
    data = alt.Chart(as_frame(spots))
    rules = data.mark_rule(color=MUTED, opacity=0.6).encode(**blank, x2=alt.datum(0), y2=alt.datum(0))
    dots = data.mark_circle(size=160, opacity=1).encode(
        **blank,
        color=alt.Color(
            "direction:N",
            title=None,
            scale=alt.Scale(domain=[outwards, inwards], range=[CATEGORIES[0], CATEGORIES[1]]),
            legend=legend_below(),
        ),
        tooltip=[alt.Tooltip("name:N", title=t("Name")), alt.Tooltip("direction:N", title=t("Direction"))],
    )
    names = data.mark_text(dy=-14, fontSize=11, color=MUTED).encode(**blank, text="name:N")
    middle = alt.Chart(as_frame([{"x": 0, "y": 0, "name": card.row.label}]))
    me = middle.mark_circle(size=420, color=CATEGORIES[2], opacity=1).encode(**blank, tooltip="name:N")
    chart: Chart = alt.layer(rules, dots, names, me).properties(height=340)
    return chart


def _spots(neighbours: Sequence[Neighbour], outwards: str, inwards: str) -> list[dict[str, Any]]:
    """Put those who hear on the right, those heard on the left; all around where there is one kind only."""
    one_kind = len({one.follows for one in neighbours}) == 1
    spots = []
    for side, turn, word in ((True, 0.0, outwards), (False, math.pi, inwards)):
        group = [one for one in neighbours if one.follows is side]
        width = 2 * math.pi if one_kind else 0.9 * math.pi
        for place, one in enumerate(group):
            angle = turn + width * ((place + 0.5) / len(group) - 0.5)
            far = 1.0 if place % 2 else 0.7
            x, y = far * math.cos(angle), far * math.sin(angle)
            spots.append({"name": one.label, "direction": word, "x": x, "y": y})
    return spots

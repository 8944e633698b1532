"""The network as a picture: communities by colour, ambassadors ringed."""

from collections.abc import Sequence
from typing import Any, Final

import altair as alt

from ambassador.ui.kit.charts import CATEGORIES, MUTED, OBSERVED, Chart, as_frame, legend_below, show_chart
from ambassador.ui.kit.text import number, percent, t, t_count
from ambassador.values.networks.network_view import DrawnNode, NetworkView

_COLOURED: Final = 5
_MOST_TIES: Final = 4_000
_FEW: Final = 0.01


def network_picture(view: NetworkView) -> None:
    """Draw the best connected, and say who is left out."""
    show_chart(_chart(view), _takeaway(view), note=_note(view))


def _takeaway(view: NetworkView) -> str:
    lonely = view.without_ambassador
    people = sum(row.people for row in lonely)
    part = people / view.nodes
    share = percent(part, 1 if part < _FEW else 0)
    count = number(len(view.communities))
    if not view.ambassadors_of:
        return t("{count} communities; no campaign has ambassadors yet", count=count)
    if not lonely:
        return t("Every one of the {count} communities has an ambassador", count=count)
    return t(
        "{lonely} of {count} communities, with {share} of the people, have no ambassador",
        lonely=number(len(lonely)),
        count=count,
        share=share,
    )


def _note(view: NetworkView) -> str:
    parts = [t_count("{count} person is drawn", "{count} people are drawn", len(view.drawn))]
    if view.not_drawn:
        parts.append(t("{count} with fewer ties are not", count=number(view.not_drawn)))
    if len(view.drawn_ties) > _MOST_TIES:
        parts.append(t("only {count} of their ties are", count=number(_MOST_TIES)))
    if view.outside_communities:
        parts.append(t("{count} were not sorted into communities", count=number(view.outside_communities)))
    ringed = (
        t("Rings are ambassadors of {campaign}.", campaign=view.ambassadors_of) if view.ambassadors_of else ""
    )
    return "; ".join(parts) + ". " + ringed


def _chart(view: NetworkView) -> Chart:
    places = {"x": alt.X("x:Q", axis=None), "y": alt.Y("y:Q", axis=None)}
    ties = alt.Chart(as_frame(_lines(view))).mark_rule(color=MUTED, opacity=0.14, strokeWidth=0.7)
    nodes = alt.Chart(as_frame([_spot(node) for node in view.drawn]))
    dots = nodes.mark_circle(opacity=0.9).encode(
        **places,
        size=alt.Size("ties:Q", legend=None, scale=alt.Scale(type="sqrt", range=[14, 420])),
        color=_colour(view.drawn),
        tooltip=[
            alt.Tooltip("name:N", title=t("Name")),
            alt.Tooltip("group:N", title=t("Community")),
            alt.Tooltip("shown_ties:N", title=t("Ties")),
            alt.Tooltip("followers:N", title=t("Followers")),
        ],
    )
    rings = nodes.transform_filter("datum.ambassador").mark_point(
        size=260, filled=False, color=OBSERVED, strokeWidth=2.5, opacity=1
    )
    chart: Chart = alt.layer(
        ties.encode(**places, x2="x2:Q", y2="y2:Q"), dots, rings.encode(**places, tooltip="name:N")
    ).properties(height=520)
    return chart


def _colour(nodes: Sequence[DrawnNode]) -> alt.Color:
    names = [t("Community {number}", number=one) for one in range(1, _COLOURED + 1)]
    known = [name for one, name in enumerate(names, 1) if any(node.community == one for node in nodes)]
    scale = alt.Scale(domain=[*known, t("Smaller ones")], range=[*CATEGORIES[: len(known)], MUTED])
    return alt.Color("group:N", title=None, scale=scale, legend=legend_below(3))


def _spot(node: DrawnNode) -> dict[str, Any]:
    big = node.community <= _COLOURED
    return {
        "x": node.x,
        "y": node.y,
        "name": node.label,
        "group": t("Community {number}", number=node.community) if big else t("Smaller ones"),
        "ties": node.degree,
        "shown_ties": number(node.degree),
        "followers": number(node.followers),
        "ambassador": node.is_ambassador,
    }


def _lines(view: NetworkView) -> list[dict[str, float]]:
    """Draw the ties of the best connected first, as many as a browser bears."""
    ends = [(view.drawn[one], view.drawn[other]) for one, other in view.drawn_ties]
    ends.sort(key=lambda pair: -min(pair[0].degree, pair[1].degree))
    return [{"x": one.x, "y": one.y, "x2": other.x, "y2": other.y} for one, other in ends[:_MOST_TIES]]

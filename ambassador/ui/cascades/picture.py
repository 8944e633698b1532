"""Pictures of cascades: the tree, the credit bar, the forest over time."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

import altair as alt
import pandas as pd

from ambassador.ui.cascades.views import nobody_word
from ambassador.ui.kit.charts import AXIS_FORMATS, CATEGORIES, FAINT, MUTED, Chart, legend_below
from ambassador.ui.kit.text import moment, number, percent, t
from ambassador.ui.kit.words import post_kind_word
from ambassador.values.cascades.cascades import CascadesView, CascadeTree
from ambassador.values.mentions.credit import CreditRow, CreditTable

_HEIGHT: Final = 520
_SEGMENTS: Final = 4
_HIDDEN: Final = alt.Axis(labels=False, ticks=False, domain=False, grid=False, title=None)


def tree_chart(tree: CascadeTree, *, zone: str | None = None) -> Chart:
    """Draw a tree: node size = followers, colour = branch."""
    nodes = _nodes(tree, zone)
    x = alt.X("x:Q", axis=_HIDDEN, scale=_span(nodes["x"]))
    y = alt.Y("y:Q", axis=_HIDDEN, scale=_span(nodes["y"]))
    twigs = (
        alt.Chart(_twigs(nodes))
        .mark_rule(color=MUTED)
        .encode(
            x=x,
            y=y,
            x2="x2",
            y2="y2",
            strokeDash=alt.condition("datum.seen", alt.value([1, 0]), alt.value([3, 4])),
            opacity=alt.condition("datum.seen", alt.value(0.4), alt.value(0.3)),
        )
    )
    names = [name for name in dict.fromkeys(nodes["branch"]) if name]
    colours = [_colour(name, place, tree) for place, name in enumerate(_in_order(names, tree))]
    dots = (
        alt.Chart(nodes)
        .mark_circle(opacity=0.9)
        .encode(
            x=x,
            y=y,
            size=alt.Size("followers:Q", scale=_sizes(nodes), legend=None),
            color=alt.Color(
                "branch:N",
                title=None,
                scale=alt.Scale(domain=_in_order(names, tree), range=colours),
                legend=legend_below(2, labelLimit=240),
            ),
            tooltip=[alt.Tooltip(f"{column}:N", title=title) for column, title in _tooltips().items()],
        )
    )
    drawn: Chart = alt.layer(twigs, dots).properties(height=_HEIGHT)
    return drawn


def credit_chart(table: CreditTable) -> alt.Chart:
    """Draw one bar that sums to 100%: a segment per device, the unattributed last."""
    share, who, place = t("Share of the talk"), t("Phone"), "place"
    rows = [
        {share: row.share, who: _credit_name(row), place: index, t("Posts"): number(row.mentions)}
        for index, row in enumerate(_segments(table))
    ]
    order = [str(row[who]) for row in rows]
    chart: alt.Chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar(height=26)
        .encode(
            x=alt.X(
                f"{share}:Q",
                stack="zero",
                axis=alt.Axis(format="%", tickCount=5),
                scale=alt.Scale(domain=[0, 1], nice=False),
                title=share,
            ),
            color=alt.Color(
                f"{who}:N",
                title=None,
                sort=order,
                scale=alt.Scale(domain=order, range=_credit_colours(table, len(order))),
                legend=legend_below(2, labelLimit=320),
            ),
            order=alt.Order(f"{place}:Q"),
            tooltip=[who, t("Posts"), alt.Tooltip(f"{share}:Q", format=".1%")],
        )
        .properties(height=210)
    )
    return chart


def credit_takeaway(table: CreditTable) -> str:
    """Say which device brought most, and what nobody of ours brought."""
    best = table.by_device[0]
    rest = percent(table.unattributed / table.total) if table.total else percent(0)
    if best.is_unattributed:
        return t("No post goes back to an ambassador so far")
    return t(
        "The phone of {name} brought {share} of the talk; {rest} goes back to no ambassador",
        name=best.name,
        share=percent(best.share),
        rest=rest,
    )


def over_time_chart(view: CascadesView) -> alt.Chart:
    """Draw posts over time, the largest cascades apart."""
    when, posts, cascade = t("When"), t("Posts"), t("Cascade")
    others = t("all others")
    names = {row.root_id: f"@{row.root_handle}" for row in view.cascades}
    rows = [
        {
            when: step.at.replace(tzinfo=None),
            posts: step.posts,
            cascade: names[step.root_id] if step.root_id else others,
        }
        for step in view.over_time
    ]
    order = [*dict.fromkeys(names[row.root_id] for row in view.cascades), others]
    shown = [name for name in order if any(row[cascade] == name for row in rows)]
    chart: alt.Chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar()
        .encode(
            x=alt.X(f"{_unit(view)}({when}):T", title=None, axis=alt.Axis(format=AXIS_FORMATS[_unit(view)])),
            y=alt.Y(f"sum({posts}):Q", title=posts),
            color=alt.Color(
                f"{cascade}:N",
                title=None,
                scale=alt.Scale(domain=shown, range=_with_rest(shown, others)),
                legend=legend_below(2),
            ),
            tooltip=[cascade, alt.Tooltip(f"{_unit(view)}({when}):T", title=when), f"sum({posts}):Q"],
        )
        .properties(height=260)
    )
    return chart


def over_time_takeaway(view: CascadesView) -> str:
    """Say how much of the talk the named cascades hold."""
    named = sum(step.posts for step in view.over_time if step.root_id is not None)
    count = len({step.root_id for step in view.over_time if step.root_id is not None})
    share = percent(named / view.mentions)
    return t("The {count} largest cascades hold {share} of the talk", count=count, share=share)


def _nodes(tree: CascadeTree, zone: str | None) -> pd.DataFrame:
    names = _branch_names(tree)
    rows = [
        {
            "id": node.mention_id,
            "parent": node.parent_id if node.parent_id is not None else -1,
            "x": node.x,
            "y": node.y,
            "branch": names.get(node.branch, t("the first post")),
            "followers": node.followers or 0,
            "who": f"@{node.handle}",
            "known": t("not known") if node.followers is None else number(node.followers),
            "kind": post_kind_word(node.kind),
            "when": moment(node.posted_at, zone),
            "below": number(node.below),
            "text": node.text[:120],
            "seen": node.sure == 1,
            "sure": t("seen") if node.sure == 1 else percent(node.sure) if node.sure else t("not known"),
        }
        for node in tree.nodes
        if node.mention_id
    ]
    return pd.DataFrame(rows)


def _span(places: "pd.Series[float]") -> alt.Scale:
    """Use the whole picture, with room for the largest dots at its edges."""
    low, high = float(places.min()), float(places.max())
    margin = max((high - low) * 0.06, 0.05)
    return alt.Scale(domain=[low - margin, high + margin], nice=False, zero=False)


def _sizes(nodes: pd.DataFrame) -> alt.Scale:
    """Make the area of a dot grow with the audience; unknown audiences stay small."""
    return alt.Scale(domain=[0, max(int(nodes["followers"].max()), 1)], range=[24, 900])


def _twigs(nodes: pd.DataFrame) -> pd.DataFrame:
    ends = nodes[["id", "x", "y"]].rename(columns={"id": "parent", "x": "x2", "y": "y2"})
    return nodes[["parent", "x", "y", "seen"]].merge(ends, on="parent")


def _tooltips() -> dict[str, str]:
    return {
        "who": t("Author"),
        "known": t("Followers"),
        "kind": t("What"),
        "when": t("When"),
        "below": t("Posts below"),
        "sure": t("Linked to the post above it"),
        "text": t("Text"),
    }


def _branch_names(tree: CascadeTree) -> dict[int, str]:
    return {
        branch.number: t("all others")
        if branch.mention_id is None
        else t("@{handle}: {posts} posts", handle=branch.handle, posts=number(branch.posts))
        for branch in tree.branches
    }


def _in_order(names: Sequence[str], tree: CascadeTree) -> list[str]:
    ranked = [name for name in _branch_names(tree).values() if name in names]
    return [*dict.fromkeys(ranked), *(name for name in names if name not in ranked)]


def _colour(name: str, place: int, tree: CascadeTree) -> str:
    heads = {text for number_, text in _branch_names(tree).items() if tree.branches[number_ - 1].mention_id}
    return CATEGORIES[place % (len(CATEGORIES) - 1)] if name in heads else MUTED


def _segments(table: CreditTable) -> list[CreditRow]:
    """Take the largest devices, the rest together, and the unattributed."""
    ours = [row for row in table.by_device if not row.is_unattributed]
    nobody = [row for row in table.by_device if row.is_unattributed]
    first, rest = ours[:_SEGMENTS], ours[_SEGMENTS:]
    if not rest:
        return [*first, *nobody]
    together = CreditRow(
        mentions=sum(row.mentions for row in rest),
        share=sum(row.share for row in rest),
        people=0,
        ambassador_id=0,
        name=t("{count} others", count=number(len(rest))),
    )
    return [*first, together, *nobody]


def _credit_colours(table: CreditTable, count: int) -> list[str]:
    """Colour devices and moments; what is nobody's stays grey, the part that is not known lighter."""
    nobody = [row for row in table.by_device if row.is_unattributed]
    grey = [MUTED if row.is_outside else FAINT for row in nobody if row.moment_id is None]
    return [*CATEGORIES[: count - len(nobody)], *_moment_colours(count - len(nobody), nobody), *grey]


def _moment_colours(taken: int, rows: Sequence[CreditRow]) -> list[str]:
    """Colour moments on air by the categories no device has."""
    moments = sum(row.moment_id is not None for row in rows)
    return [CATEGORIES[(taken + place) % len(CATEGORIES)] for place in range(moments)]


def _credit_name(row: CreditRow) -> str:
    if row.is_unattributed:
        return nobody_word(row)
    return f"{row.name} · {row.serial}" if row.serial else row.name


def _unit(view: CascadesView) -> str:
    starts = sorted({step.at for step in view.over_time})
    gaps = [(later - earlier).days for earlier, later in pairwise(starts)]
    return "yearmonth" if gaps and min(gaps) >= 28 else "yearmonthdate"  # noqa: PLR2004 - a month


def _with_rest(names: Sequence[str], others: str) -> list[Any]:
    return [MUTED if name == others else CATEGORIES[place % 5] for place, name in enumerate(names)]

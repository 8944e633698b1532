"""Engagement against followers: where the small stars are."""

from collections.abc import Sequence
from statistics import median
from typing import Any, Final

import altair as alt

from ambassador.ui.kit.charts import CATEGORIES, Chart, as_frame, show_chart
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import number, percent, t
from ambassador.ui.people.person_link import open_person_at
from ambassador.values.people.people import PeopleView, PersonRow

_KEY: Final = "people_picture"
_SEEN: Final = "_people_picture_seen"
_TOP: Final = 90.0
_MOST_CIRCLED: Final = 12
_FEWEST_PEERS: Final = 10
_MOST_DRAWN: Final = 2_000


def people_picture(view: PeopleView) -> None:
    """Draw everybody whose rate is known; a click opens the person."""
    drawn = [row for row in view.rows if row.rate_by_followers and row.figures.followers]
    if not drawn:
        _nothing_to_draw(view)
        return
    stars = small_stars(drawn)
    shown = _foremost(drawn, stars)
    event = show_chart(
        _chart(shown, {row.id for row in stars}),
        _takeaway(stars),
        note=_note(view, len(drawn), len(shown)),
        key=_KEY,
        choose=True,
    )
    _open_clicked(event)


def _foremost(rows: Sequence[PersonRow], stars: Sequence[PersonRow]) -> list[PersonRow]:
    """Keep as many as a browser draws at once: the small stars, and those with the best scores."""
    if len(rows) <= _MOST_DRAWN:
        return list(rows)
    circled = {row.id for row in stars}
    return sorted(rows, key=lambda row: (row.id not in circled, -(row.score.shown or 0.0)))[:_MOST_DRAWN]


def _note(view: PeopleView, known: int, shown: int) -> str:
    if shown < known:
        return t(
            "{drawn} of {all} people: those with the best scores, and the small stars. "
            "Click a point to open the person.",
            drawn=number(shown),
            all=number(len(view.rows)),
        )
    return t(
        "{drawn} of {all} people: the others have no followers, likes or comments yet. "
        "Click a point to open the person.",
        drawn=number(shown),
        all=number(len(view.rows)),
    )


def small_stars(rows: Sequence[PersonRow]) -> list[PersonRow]:
    """Find accounts smaller than most that get more answers than nine in ten of their peers."""
    middle = median(row.figures.followers or 0 for row in rows)
    found = [
        row
        for row in rows
        if (row.figures.followers or 0) <= middle
        and row.percentile is not None
        and row.percentile >= _TOP
        and row.peers >= _FEWEST_PEERS
    ]
    return sorted(found, key=lambda row: -(row.rate_by_followers or 0))[:_MOST_CIRCLED]


def _takeaway(stars: Sequence[PersonRow]) -> str:
    if not stars:
        return t("Engagement against followers: nobody small stands out yet")
    best = stars[0]
    return t(
        "{name} gets {rate} with {followers} followers: more than {above} of the {peers} nearest in size",
        name=best.label,
        rate=percent(best.rate_by_followers, 1),
        followers=number(best.figures.followers),
        above=round(best.peers * (best.percentile or 0) / 100),
        peers=best.peers,
    )


def _nothing_to_draw(view: PeopleView) -> None:
    if view.rows:
        st.info(
            t("No picture yet: nobody listed has followers together with average likes or comments."),
            icon=":material/scatter_plot:",
        )


def _chart(rows: Sequence[PersonRow], circled: set[int]) -> Chart:
    table = [_point(row, circled=row.id in circled) for row in rows]
    followers, rate, name = t("Followers"), t("Engagement by followers"), t("Name")
    base = alt.Chart(as_frame(table)).encode(
        x=alt.X(
            "followers:Q",
            title=followers,
            scale=alt.Scale(type="log"),
            axis=_powers("~s", 0, 10),
        ),
        y=alt.Y("rate:Q", title=rate, scale=alt.Scale(type="log"), axis=_powers("~%", -5, 1)),
        tooltip=[
            alt.Tooltip("name:N", title=name),
            alt.Tooltip("shown_followers:N", title=followers),
            alt.Tooltip("shown_rate:N", title=rate),
            alt.Tooltip("score:N", title=t("Score")),
        ],
    )
    points = base.mark_circle(size=55, opacity=0.55, color=CATEGORIES[0]).add_params(
        alt.selection_point(name="person", fields=["id"])
    )
    rings = base.transform_filter("datum.circled").mark_point(
        size=260, color=CATEGORIES[2], filled=False, strokeWidth=2.5
    )
    chart: Chart = alt.layer(points, rings).properties(height=360)
    return chart


def _powers(form: str, lowest: int, highest: int) -> alt.Axis:
    """Label and rule powers of ten only; an axis over them has lines for everything between as well."""
    return alt.Axis(format=form, values=[10.0**power for power in range(lowest, highest + 1)])


def _point(row: PersonRow, *, circled: bool) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.label,
        "followers": row.figures.followers,
        "rate": row.rate_by_followers,
        "shown_followers": number(row.figures.followers),
        "shown_rate": percent(row.rate_by_followers, 1),
        "score": number(row.score.shown),
        "circled": circled,
    }


def _open_clicked(event: Any) -> None:  # noqa: ANN401 - streamlit's own event
    """Take a click once: the selection stays, the dialog shall not come back with it."""
    chosen = event["selection"].get("person") or []
    clicked = int(chosen[0]["id"]) if chosen else None
    if clicked is not None and clicked != st.session_state.get(_SEEN):
        open_person_at(clicked)
    st.session_state[_SEEN] = clicked

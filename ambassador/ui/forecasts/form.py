"""Whose forecast a reader wants, by when, on which assumptions."""

from collections.abc import Mapping
from math import hypot
from typing import Any

from ambassador.ui.kit.assumptions import rule_and_key
from ambassador.ui.kit.forms import handles_in
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import number, t
from ambassador.values.forecasts.forecasts import ForecastPageState, ForecastRequest

_FEWEST, _MOST, _USUAL = 100, 100_000, 10_000
ACCEPTED, PICK, HANDLES = "accepted", "pick", "handles"


def forecast_form(
    state: ForecastPageState, campaign_id: int | None, pick_id: int | None, *, busy: bool
) -> ForecastRequest | None:
    """Draw the form; give the request once its button was pressed."""
    with (
        st.expander(
            t("Make a forecast"), expanded=state.view is None or bool(pick_id), icon=":material/tune:"
        ),
        st.form("forecast"),
    ):
        who = _whose(state, pick_id)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            days = st.number_input(
                t("Days"),
                min_value=1,
                max_value=365,
                value=None,
                help=t("Empty: until the campaign ends, or as long as word travels."),
                width=300,
            )
            runs = st.number_input(
                t("Simulated launches"),
                min_value=_FEWEST,
                max_value=_MOST,
                value=_USUAL,
                step=1000,
                width=200,
            )
        timing = _timing(state)
        asked = st.form_submit_button(
            t("Forecast"), type="primary", icon=":material/trending_up:", disabled=busy
        )
    assumptions = rule_and_key(word_of_mouth=state.rung.word_of_mouth) | timing
    if not asked:
        return None
    kept_campaign = campaign_id if who.get("handles") or who.get("pick_id") or state.accepted else None
    return ForecastRequest(campaign_id=kept_campaign, runs=runs, days=days, **who, **assumptions)


def _timing(state: ForecastPageState) -> dict[str, Any]:
    """Ask how fast people answer and post, and how much launches differ; empty: learned, else the prior."""
    if not state.rung.word_of_mouth:
        return {}
    used = state.view.timing if state.view else None
    with st.expander(t("Timing and contagiousness"), icon=":material/schedule:"):
        st.caption(
            t(
                "Leave empty to learn these from your mentions; until there are enough, a stated assumption "
                "is used."
            )
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            answers = st.number_input(
                t("Half of the answers come within, hours"),
                min_value=0.1,
                value=None,
                help=t("Half of the answers come sooner, half later (log-normal).")
                + _used(used.answers[0].median_hours if used else None),
                width=300,
            )
            posting = st.number_input(
                t("Half of the ambassadors post within, hours"),
                min_value=0.1,
                value=None,
                help=t("Counted from when they are free to speak.")
                + _used(used.posting.median_hours if used else None),
                width=300,
            )
            heat = st.number_input(
                t("How much some posts catch on more than others"),
                min_value=0.0,
                max_value=3.0,
                value=None,
                step=0.1,
                help=t("0: all alike. 0.5: one post in ten is almost twice as contagious as usual or more.")
                + _used(hypot(used.heat, used.own_heat) if used else None),
                width=220,
            )
    return {"answer_hours": answers, "posting_hours": posting, "heat": heat}


def _used(value: float | None) -> str:
    return "" if value is None else " " + t("Used by the forecast shown: {value}.", value=number(value, 1))


def _whose(state: ForecastPageState, pick_id: int | None) -> dict[str, Any]:
    """Ask whose forecast it is: those who accepted, a pick, or people by name."""
    labels: Mapping[str, str] = {
        ACCEPTED: t("The {count} ambassadors who accepted", count=number(state.accepted)),
        PICK: t("A pick"),
        HANDLES: t("People by name"),
    }
    possible = [
        one
        for one in labels
        if one == HANDLES
        or (one == PICK and (state.picks or pick_id))
        or (one == ACCEPTED and state.accepted)
    ]
    first = possible.index(PICK) if pick_id and PICK in possible else 0
    chosen = st.radio(t("For whom?"), possible, index=first, format_func=labels.__getitem__, horizontal=True)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        picks = list(dict.fromkeys([*([pick_id] if pick_id else []), *state.picks]))
        number_of_pick = st.selectbox(
            t("Pick number"),
            picks,
            disabled=not picks,
            width=160,
            help=t("Used where a pick was chosen above."),
        )
        text = st.text_input(
            t("Handles"),
            help=t("Separated by commas; used where people by name was chosen above."),
            width=420,
        )
    if chosen == PICK:
        return {"pick_id": number_of_pick}
    return {"handles": handles_in(text)} if chosen == HANDLES else {}

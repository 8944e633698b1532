"""Whose forecast a reader wants, by when, on which assumptions."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from ambassador.ui.pick_form import handles_in, rule_and_key
from ambassador.ui.text import number, t
from ambassador.values.forecasts import ForecastDesk, ForecastRequest

_FEWEST, _MOST, _USUAL = 100, 100_000, 10_000
ACCEPTED, PICK, HANDLES = "accepted", "pick", "handles"


def forecast_form(
    desk: ForecastDesk, campaign_id: int | None, pick_id: int | None, *, busy: bool
) -> ForecastRequest | None:
    """Draw the form; give the request once its button was pressed."""
    with (
        st.expander(
            t("Make a forecast"), expanded=desk.view is None or bool(pick_id), icon=":material/tune:"
        ),
        st.form("forecast"),
    ):
        who = _whose(desk, pick_id)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            days = st.number_input(
                t("Days"),
                min_value=1,
                max_value=365,
                value=None,
                placeholder=t("campaign, or as long as word travels"),
                width=300,
            )
            hours = st.number_input(
                t("Hours one step takes"),
                min_value=1,
                max_value=24 * 30,
                value=24,
                help=t("How long it takes until somebody who heard talks: an assumption."),
                width=200,
            )
            runs = st.number_input(
                t("Simulated launches"),
                min_value=_FEWEST,
                max_value=_MOST,
                value=_USUAL,
                step=1000,
                width=200,
            )
        assumptions = rule_and_key(word_of_mouth=desk.rung.word_of_mouth)
        asked = st.form_submit_button(
            t("Forecast"), type="primary", icon=":material/trending_up:", disabled=busy
        )
    if not asked:
        return None
    kept_campaign = campaign_id if who.get("handles") or who.get("pick_id") or desk.accepted else None
    return ForecastRequest(
        campaign_id=kept_campaign, runs=runs, days=days, hours_per_step=hours, **who, **assumptions
    )


def _whose(desk: ForecastDesk, pick_id: int | None) -> dict[str, Any]:
    """Ask whose forecast it is: those who accepted, a pick, or people by name."""
    labels: Mapping[str, str] = {
        ACCEPTED: t("The {count} ambassadors who accepted", count=number(desk.accepted)),
        PICK: t("A pick"),
        HANDLES: t("People by name"),
    }
    possible = [
        one
        for one in labels
        if one == HANDLES or (one == PICK and (desk.picks or pick_id)) or (one == ACCEPTED and desk.accepted)
    ]
    first = possible.index(PICK) if pick_id and PICK in possible else 0
    chosen = st.radio(t("For whom?"), possible, index=first, format_func=labels.__getitem__, horizontal=True)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        picks = list(dict.fromkeys([*([pick_id] if pick_id else []), *desk.picks]))
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

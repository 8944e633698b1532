"""Forecasting: asked for, started as a job, its answer kept in the address, frozen by the launch."""

from collections.abc import Mapping
from math import hypot
from typing import Any, Final

from ambassador.services.campaigns import launch_campaign
from ambassador.services.forecasts import forecast, forecast_as_delivered, forecast_page_state
from ambassador.services.undo import undo_of
from ambassador.ui.forecasts.fan import fan_picture
from ambassador.ui.forecasts.views import (
    forecast_figures,
    forecast_table,
    how_forecast,
    network_standing,
    who_sees_it,
    whose_forecast,
)
from ambassador.ui.kit.address import asked_number
from ambassador.ui.kit.assumptions import rule_and_key
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.forms import handles_in, press_kept
from ambassador.ui.kit.job_panel import is_running, job_panel
from ambassador.ui.kit.jobs import forget, start
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import moment, number, t
from ambassador.ui.kit.workspace import current_work
from ambassador.values.forecasts.forecasts import ForecastPageState, ForecastRequest, ForecastView

JOB: Final = "forecast"
PARAMETER: Final = "forecast"
PICK_PARAMETER: Final = "pick"
_FEWEST, _MOST, _USUAL = 100, 100_000, 10_000
ACCEPTED, PICK, HANDLES = "accepted", "pick", "handles"


def read_page_state(campaign_id: int | None) -> ForecastPageState:
    """Read what the page shows: what the address asks for, else the frozen forecast, else the newest."""
    return forecast_page_state(
        current_work(), campaign_id, asked_number(PARAMETER), asked_number(PICK_PARAMETER)
    )


def ask_for_forecast(state: ForecastPageState, campaign_id: int | None) -> None:
    """Draw the form and the progress; once done, the answer stands in the address."""
    request = forecast_form(state, campaign_id, asked_number(PICK_PARAMETER), busy=is_running(JOB))
    if request is not None:
        work = current_work()
        start(JOB, lambda progress: forecast(work, request, progress=progress))
    done: ForecastView | None = job_panel(JOB)
    if done is not None:
        forget(JOB)
        st.query_params.pop(PICK_PARAMETER, None)
        st.query_params[PARAMETER] = str(done.forecast_id)
        st.rerun()


def choose_forecast(state: ForecastPageState) -> None:
    """Let a reader open an earlier forecast; the frozen one is named."""
    if len(state.choices) < 2 or state.view is None:  # noqa: PLR2004 - a choice needs two
        return
    labels = {
        one.forecast_id: t("{number}, {when}", number=number(one.forecast_id), when=moment(one.created_at))
        + (" · " + t("frozen at launch") if one.frozen else "")
        for one in state.choices
    }
    shown = state.view.forecast_id
    options = list(dict.fromkeys([shown, *labels]))
    chosen = st.selectbox(
        t("Forecast shown"), options, format_func=lambda key: labels.get(key, number(key)), width=320
    )
    if chosen != shown:
        st.query_params[PARAMETER] = str(chosen)
        st.rerun()


def freeze_button(state: ForecastPageState, campaign_id: int | None) -> None:
    """Offer to launch a draft campaign with the forecast shown, which freezes it."""
    if not state.can_freeze or state.view is None or campaign_id is None:
        return
    if state.view.campaign_id == campaign_id and st.button(
        t("Launch the campaign with this forecast"), icon=":material/rocket_launch:"
    ):
        _freeze_dialog(state.view.forecast_id, campaign_id)


def second_forecast_button(state: ForecastPageState, campaign_id: int | None) -> None:
    """Offer to forecast again for those whose phone arrived; it is frozen beside the first."""
    if not state.arrived or campaign_id is None:
        return
    if press_kept(
        "forecast-again",
        t("Forecast again with the phones that arrived ({count})", count=number(state.arrived)),
        icon=":material/local_shipping:",
        disabled=is_running(JOB),
        help=t(
            "For the people whose phone arrived, from the day it did. It is frozen once, as a second line "
            "beside the forecast of the launch, which stays the one results are held against."
        ),
    ):
        work, request = current_work(), ForecastRequest(campaign_id=campaign_id)
        start(JOB, lambda progress: forecast_as_delivered(work, request, progress=progress))
        st.rerun()


def _freeze_dialog(forecast_id: int, campaign_id: int) -> None:
    @st.dialog(t("Launch the campaign"))
    def ask() -> None:
        st.markdown(t("This forecast is frozen: what is observed will stand beside it and never change it."))
        if st.button(t("Launch"), type="primary"):
            with errors_shown():
                work = current_work().noting()
                launch_campaign(work, campaign_id, forecast_id)
                say_done(t("Launched; the forecast is frozen."), undo=undo_of(work))
                st.rerun()

    ask()


def draw_forecast(state: ForecastPageState, shown: ForecastPageState, campaign_id: int | None) -> None:
    """Draw the forecast shown, from whose it is to what can be done with it; nothing where there is none."""
    if shown.view is None:
        return
    choose_forecast(state)
    whose_forecast(state)
    forecast_figures(shown.view)
    network_standing(state)
    who_sees_it(shown.view)
    fan_picture(shown)
    freeze_button(state, campaign_id)
    second_forecast_button(state, campaign_id)


def draw_details(shown: ForecastPageState) -> None:
    """Draw the forecast's row per ambassador and how it was computed."""
    if shown.view is not None:
        forecast_table(shown.view)
        how_forecast(shown.view)


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
        asked = press_kept(
            JOB, t("Forecast"), in_form=True, type="primary", icon=":material/trending_up:", disabled=busy
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
        about = t("Used where a pick was chosen above.")
        number_of_pick = st.selectbox(t("Pick number"), picks, width=160, help=about) if picks else None
        text = st.text_input(
            t("Handles"),
            help=t("Separated by commas; used where people by name was chosen above."),
            width=420,
        )
    if chosen == PICK:
        return {"pick_id": number_of_pick}
    return {"handles": handles_in(text)} if chosen == HANDLES else {}

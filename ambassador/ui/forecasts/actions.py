"""Forecasting: started as a job, its answer kept in the address, frozen by the launch."""

from typing import Final

from ambassador.services.campaigns import launch_campaign
from ambassador.services.forecasts import forecast, forecast_as_delivered, forecast_page_state
from ambassador.ui.forecasts.fan import fan_picture
from ambassador.ui.forecasts.form import forecast_form
from ambassador.ui.forecasts.table import forecast_table
from ambassador.ui.forecasts.views import (
    forecast_figures,
    how_forecast,
    network_standing,
    who_sees_it,
    whose_forecast,
)
from ambassador.ui.kit.address import asked_number
from ambassador.ui.kit.errors import errors_shown
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
    if st.button(
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
                launch_campaign(current_work(), campaign_id, forecast_id)
                say_done(t("Launched; the forecast is frozen."))
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

"""Forecasting: started as a job, its answer kept in the address, frozen by the launch."""

from typing import Final

import streamlit as st

from ambassador.services.campaigns.campaigns import launch_campaign
from ambassador.services.forecasts.as_delivered import forecast_as_delivered
from ambassador.services.forecasts.forecast_desk import forecast_desk
from ambassador.services.forecasts.forecasts import forecast
from ambassador.ui.forecasts.form import forecast_form
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.job_panel import is_running, job_panel
from ambassador.ui.kit.jobs import forget, start
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.text import moment, number, t
from ambassador.ui.kit.workspace import current_work
from ambassador.values.forecasts.forecasts import ForecastDesk, ForecastRequest, ForecastView

JOB: Final = "forecast"
PARAMETER: Final = "forecast"
PICK_PARAMETER: Final = "pick"


def read_desk(campaign_id: int | None) -> ForecastDesk:
    """Read what the page shows: what the address asks for, else the frozen forecast, else the newest."""
    return forecast_desk(current_work(), campaign_id, _asked(PARAMETER), _asked(PICK_PARAMETER))


def ask_for_forecast(desk: ForecastDesk, campaign_id: int | None) -> None:
    """Draw the form and the progress; once done, the answer stands in the address."""
    request = forecast_form(desk, campaign_id, _asked(PICK_PARAMETER), busy=is_running(JOB))
    if request is not None:
        work = current_work()
        start(JOB, lambda progress: forecast(work, request, progress=progress))
    done: ForecastView | None = job_panel(JOB)
    if done is not None:
        forget(JOB)
        st.query_params.pop(PICK_PARAMETER, None)
        st.query_params[PARAMETER] = str(done.forecast_id)
        st.rerun()


def choose_forecast(desk: ForecastDesk) -> None:
    """Let a reader open an earlier forecast; the frozen one is named."""
    if len(desk.choices) < 2 or desk.view is None:  # noqa: PLR2004 - a choice needs two
        return
    labels = {
        one.forecast_id: t("{number}, {when}", number=number(one.forecast_id), when=moment(one.created_at))
        + (" · " + t("frozen at launch") if one.frozen else "")
        for one in desk.choices
    }
    shown = desk.view.forecast_id
    options = list(dict.fromkeys([shown, *labels]))
    chosen = st.selectbox(
        t("Forecast shown"), options, format_func=lambda key: labels.get(key, number(key)), width=320
    )
    if chosen != shown:
        st.query_params[PARAMETER] = str(chosen)
        st.rerun()


def freeze_button(desk: ForecastDesk, campaign_id: int | None) -> None:
    """Offer to launch a draft campaign with the forecast shown, which freezes it."""
    if not desk.can_freeze or desk.view is None or campaign_id is None:
        return
    if desk.view.campaign_id == campaign_id and st.button(
        t("Launch the campaign with this forecast"), icon=":material/rocket_launch:"
    ):
        _freeze_dialog(desk.view.forecast_id, campaign_id)


def second_forecast_button(desk: ForecastDesk, campaign_id: int | None) -> None:
    """Offer to forecast again for those whose phone arrived; it is frozen beside the first."""
    if not desk.arrived or campaign_id is None:
        return
    if st.button(
        t("Forecast again with the phones that arrived ({count})", count=number(desk.arrived)),
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


def _asked(parameter: str) -> int | None:
    text = st.query_params.get(parameter, "")
    return int(text) if text.isdecimal() else None

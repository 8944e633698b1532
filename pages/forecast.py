import streamlit as st

from ambassador.ui.forecasts.actions import (
    ask_for_forecast,
    choose_forecast,
    freeze_button,
    read_desk,
    second_forecast_button,
)
from ambassador.ui.forecasts.fan import fan_picture
from ambassador.ui.forecasts.table import forecast_table
from ambassador.ui.forecasts.views import (
    forecast_figures,
    how_forecast,
    network_standing,
    shown_desk,
    who_sees_it,
    whose_forecast,
)
from ambassador.ui.kit.campaign import chosen_campaign
from ambassador.ui.kit.empty import empty_state
from ambassador.ui.kit.navigation import guard
from ambassador.ui.kit.strip import rung_strip
from ambassador.ui.kit.text import t

guard()
st.title(t("Forecast"))
campaign_id = chosen_campaign()
desk = read_desk(campaign_id)
shown = shown_desk(desk)
if shown.view:
    choose_forecast(desk)
    whose_forecast(desk)
    forecast_figures(shown.view)
    network_standing(desk)
    who_sees_it(shown.view)
    fan_picture(shown)
    freeze_button(desk, campaign_id)
    second_forecast_button(desk, campaign_id)
elif not desk.picks and not desk.accepted:
    empty_state(t("Nobody is picked yet to forecast for."), fix=t("Pick ambassadors"), page="pick")
ask_for_forecast(desk, campaign_id)
if shown.view:
    forecast_table(shown.view)
    how_forecast(shown.view)
rung_strip(desk.view.rung if desk.view else desk.rung)

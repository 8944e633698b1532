import streamlit as st

from ambassador.ui.actions.forecasts import ask_for_forecast, choose_forecast, freeze_button, read_desk
from ambassador.ui.campaign import chosen_campaign
from ambassador.ui.empty import empty_state
from ambassador.ui.forecast_views import (
    fan_picture,
    forecast_figures,
    forecast_table,
    how_forecast,
    network_standing,
    who_sees_it,
)
from ambassador.ui.navigation import guard
from ambassador.ui.strip import rung_strip
from ambassador.ui.text import t

guard()
st.title(t("Forecast"))
campaign_id = chosen_campaign()
desk = read_desk(campaign_id)
if desk.view:
    choose_forecast(desk)
    forecast_figures(desk.view)
    network_standing(desk)
    who_sees_it(desk.view)
    fan_picture(desk)
    freeze_button(desk, campaign_id)
elif not desk.picks and not desk.accepted:
    empty_state(t("Nobody is picked yet to forecast for."), fix=t("Pick ambassadors"), page="pick")
ask_for_forecast(desk, campaign_id)
if desk.view:
    forecast_table(desk.view)
    how_forecast(desk.view)
rung_strip(desk.view.rung if desk.view else desk.rung)

from ambassador.ui.forecasts import (
    ask_for_forecast,
    draw_details,
    draw_forecast,
    read_page_state,
    shown_state,
)
from ambassador.ui.kit import chosen_campaign, empty_state, guard, t
from ambassador.ui.kit.rung_note import rung_note
from ambassador.ui.kit.screen import st

guard()
st.title(t("Forecast"))
campaign_id = chosen_campaign()
state = read_page_state(campaign_id)
shown = shown_state(state)
draw_forecast(state, shown, campaign_id)
if not shown.view and not state.picks and not state.accepted:
    empty_state(t("Nobody is picked yet to forecast for."), fix=t("Pick ambassadors"), page="pick")
ask_for_forecast(state, campaign_id)
draw_details(shown)
rung_note(state.view.rung if state.view else state.rung)

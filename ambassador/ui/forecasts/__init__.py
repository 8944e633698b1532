"""Forecasts on screen: the form, the figures, the fan over time, a row per ambassador.

Public names: ask_for_forecast, draw_details, draw_forecast, read_page_state, shown_state.
Read in this order: views, fan, actions.
"""

from ambassador.ui.forecasts.actions import ask_for_forecast, draw_details, draw_forecast, read_page_state
from ambassador.ui.forecasts.views import shown_state

__all__ = [
    "ask_for_forecast",
    "draw_details",
    "draw_forecast",
    "read_page_state",
    "shown_state",
]

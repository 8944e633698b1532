"""Phones on screen: the stock, one phone, packing and sending.

Public names: device_buttons, device_columns, open_chosen, scan_box, stock_figures, stock_flow,
stock_takeaway.
Read in this order: views, actions, sending, courier_words.
"""

from ambassador.ui.devices.actions import device_buttons, open_chosen, scan_box
from ambassador.ui.devices.views import device_columns, stock_figures, stock_flow, stock_takeaway

__all__ = [
    "device_buttons",
    "device_columns",
    "open_chosen",
    "scan_box",
    "stock_figures",
    "stock_flow",
    "stock_takeaway",
]

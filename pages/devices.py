import streamlit as st

from ambassador.services.campaigns.chase import chase_list
from ambassador.services.devices.stock import stock
from ambassador.ui.campaigns.chase import draw_chase_list
from ambassador.ui.devices.actions import device_buttons, open_chosen, scan_box
from ambassador.ui.devices.views import device_columns, stock_figures, stock_flow, stock_takeaway
from ambassador.ui.kit.campaign import chosen_campaign
from ambassador.ui.kit.charts import show_chart
from ambassador.ui.kit.figures import first_row
from ambassador.ui.kit.navigation import guard
from ambassador.ui.kit.tables import show_table
from ambassador.ui.kit.text import t
from ambassador.ui.kit.workspace import current_work

guard()
st.title(t("Devices"))
work, campaign_id = current_work(), chosen_campaign()
now = stock(work)
if not now.total:
    device_buttons(campaign_id, empty=True)
    st.stop()
first_row(*stock_figures(now))
show_chart(stock_flow(now), stock_takeaway(now))
device_buttons(campaign_id)
scan_box()
late = draw_chase_list(chase_list(work, campaign_id), page="devices")
chosen = show_table("devices", now.devices, device_columns(), title=t("Devices"), choose="one")
open_chosen(chosen, late)

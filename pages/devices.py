from ambassador.services.campaigns import chase_list
from ambassador.services.devices.stock import stock
from ambassador.ui.campaigns import draw_chase_list
from ambassador.ui.devices import (
    device_buttons,
    device_columns,
    open_chosen,
    scan_box,
    stock_figures,
    stock_flow,
    stock_takeaway,
)
from ambassador.ui.kit import chosen_campaign, current_work, first_row, guard, show_chart, show_table, t
from ambassador.ui.kit.campaign import note_unfiltered
from ambassador.ui.kit.screen import st

guard()
st.title(t("Devices"))
note_unfiltered(
    t(
        "Figures, picture and list are of all phones. What is late, the packing list and reservations are "
        "of the campaign chosen above."
    )
)
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

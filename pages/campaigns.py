import streamlit as st

from ambassador.services.campaigns.campaign_view import list_campaigns, open_campaign
from ambassador.services.campaigns.chase import chase_list
from ambassador.ui.campaigns.actions import campaign_buttons, draw_campaign_list
from ambassador.ui.campaigns.ambassador_actions import answer_box
from ambassador.ui.campaigns.ambassador_editor import ambassador_downloads, ambassador_editor
from ambassador.ui.campaigns.chase import draw_chase_list
from ambassador.ui.campaigns.open_places import open_places
from ambassador.ui.campaigns.views import campaign_figures, campaign_title, line_takeaway, time_line
from ambassador.ui.kit.campaign import chosen_campaign
from ambassador.ui.kit.charts import show_chart
from ambassador.ui.kit.figures import first_row
from ambassador.ui.kit.navigation import guard, page_link
from ambassador.ui.kit.text import t
from ambassador.ui.kit.workspace import current_work

guard()
st.title(t("Campaigns"))
work, campaign_id = current_work(), chosen_campaign()
if campaign_id is None:
    draw_campaign_list(list_campaigns(work))
    st.stop()
view = open_campaign(work, campaign_id)
st.caption(campaign_title(view))
first_row(*campaign_figures(view))
show_chart(time_line(view), line_takeaway(view))
campaign_buttons(view)
if not view.ambassadors:
    st.info(t("Nobody is in this campaign yet: pick people and confirm the pick."), icon=":material/inbox:")
    page_link("pick", campaign=campaign_id)
    st.stop()
open_places(campaign_id, view.ambassadors)
late = draw_chase_list(chase_list(work, campaign_id), page="campaigns")
answer_box(view.ambassadors, late)
ambassador_editor(campaign_id, view.ambassadors, view.card.currency)
ambassador_downloads(view.ambassadors)

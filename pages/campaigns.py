from ambassador.services.campaigns import chase_list, list_campaigns, open_campaign
from ambassador.ui.campaigns import (
    ambassador_editor,
    answer_box,
    campaign_buttons,
    draw_campaign,
    draw_campaign_list,
    draw_chase_list,
    open_places,
)
from ambassador.ui.kit import chosen_campaign, current_work, guard, t
from ambassador.ui.kit.navigation import page_link
from ambassador.ui.kit.screen import st

guard()
st.title(t("Campaigns"))
work, campaign_id = current_work(), chosen_campaign()
if campaign_id is None:
    draw_campaign_list(list_campaigns(work))
    st.stop()
view = open_campaign(work, campaign_id)
draw_campaign(view)
campaign_buttons(view)
if not view.ambassadors:
    st.info(t("Nobody is in this campaign yet: pick people and confirm the pick."), icon=":material/inbox:")
    page_link("pick", campaign=campaign_id)
    st.stop()
open_places(campaign_id, view.ambassadors)
late = draw_chase_list(chase_list(work, campaign_id), page="campaigns")
answer_box(view.ambassadors, late)
ambassador_editor(campaign_id, view.ambassadors, view.card.currency)

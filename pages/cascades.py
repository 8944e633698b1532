import streamlit as st

from ambassador.services.campaigns.campaign_view import campaign_names
from ambassador.services.cascades.growth import observe_growth
from ambassador.services.cascades.observe_cascades import observe_cascades
from ambassador.services.mentions.credit_table import credit_table
from ambassador.services.networks.rung import describe_rung
from ambassador.services.results.surprises import surprises_of
from ambassador.ui.cascades.actions import open_chosen
from ambassador.ui.cascades.growth_views import draw_growth
from ambassador.ui.cascades.picture import credit_chart, credit_takeaway
from ambassador.ui.cascades.tree import draw_forest, draw_over_time
from ambassador.ui.cascades.views import cascade_columns, cascade_figures, credit_columns, draw_dirt
from ambassador.ui.kit.campaign import chosen_campaign
from ambassador.ui.kit.charts import show_chart
from ambassador.ui.kit.empty import empty_state
from ambassador.ui.kit.figures import first_row
from ambassador.ui.kit.navigation import guard
from ambassador.ui.kit.strip import rung_strip
from ambassador.ui.kit.tables import show_table
from ambassador.ui.kit.text import t
from ambassador.ui.kit.workspace import current_work
from ambassador.ui.results.surprise_lines import draw_surprises

guard()
st.title(t("Cascades"))
work, campaign = current_work(), chosen_campaign()
view = observe_cascades(work, campaign)
if not view.cascades:
    empty_state(t("Nothing was said here yet."), fix=t("Import mentions"), page="imports")
    st.stop()
credit = credit_table(work, campaign) if campaign else None
first_row(*cascade_figures(view, credit))
draw_surprises(surprises_of(work, campaign))
rung_strip(describe_rung(work, campaign))
draw_growth(observe_growth(work, campaign))

draw_forest(work, campaign, view)
if credit and credit.total:
    show_chart(credit_chart(credit), credit_takeaway(credit))
    with st.expander(t("Credit by ambassador"), icon=":material/workspace_premium:"):
        show_table("credit", credit.by_ambassador, credit_columns(), title=t("Credit by ambassador"))
elif campaign is None and campaign_names(work):
    st.caption(t("Choose a campaign above to see the credit of its ambassadors and phones."))
draw_over_time(view)

st.subheader(t("All cascades"))
st.caption(t("Tick one to open it."))
chosen = show_table("cascades", view.cascades, cascade_columns(), title=t("Cascades"), choose="one")
draw_dirt(view)
open_chosen(chosen, campaign, view.zone)

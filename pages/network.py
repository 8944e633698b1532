import streamlit as st

from ambassador.services.networks.network_view import network_view
from ambassador.ui.kit.campaign import chosen_campaign
from ambassador.ui.kit.empty import empty_state
from ambassador.ui.kit.navigation import guard
from ambassador.ui.kit.strip import rung_strip
from ambassador.ui.kit.text import t
from ambassador.ui.kit.workspace import current_work
from ambassador.ui.networks.actions import draw_missing_picture
from ambassador.ui.networks.picture import network_picture
from ambassador.ui.networks.tables import (
    communities_table,
    direction_in_words,
    network_figures,
    origins_table,
    ties_table,
)

guard()
st.title(t("Network"))
view = network_view(current_work(), chosen_campaign())

if not view.nodes:
    empty_state(
        t("No ties yet: import who follows whom, or mentions that say who answered whom."),
        fix=t("Import ties or mentions"),
        page="imports",
        icon=":material/hub:",
    )
    rung_strip(view.rung)
else:
    network_figures(view)
    rung_strip(view.rung)
    if view.is_drawn:
        network_picture(view)
    else:
        draw_missing_picture(chosen_campaign())
    communities, ties, origins = st.tabs([t("Communities"), t("Ties"), t("Where they come from")])
    with communities:
        communities_table(view)
    with ties:
        direction_in_words(view)
        ties_table(view)
    with origins:
        origins_table(view)

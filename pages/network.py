from ambassador.services.networks.network_view import network_view
from ambassador.ui.kit import chosen_campaign, current_work, empty_state, guard, t
from ambassador.ui.kit.campaign import note_unfiltered
from ambassador.ui.kit.rung_note import rung_note
from ambassador.ui.kit.screen import st
from ambassador.ui.networks import (
    communities_table,
    direction_in_words,
    draw_missing_picture,
    network_figures,
    network_picture,
    origins_table,
    ties_table,
)

guard()
st.title(t("Network"))
note_unfiltered(
    t("The network is of everybody; the ambassadors of the campaign chosen above are marked in it.")
)
view = network_view(current_work(), chosen_campaign())

if not view.nodes:
    empty_state(
        t("No ties yet: import who follows whom, or mentions that say who answered whom."),
        fix=t("Import ties or mentions"),
        page="imports",
        kind="ties",
        icon=":material/hub:",
    )
    rung_note(view.rung)
else:
    network_figures(view)
    rung_note(view.rung)
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

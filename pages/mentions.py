import streamlit as st

from ambassador.services.mentions.care import care_figures
from ambassador.services.mentions.list_mentions import list_mentions
from ambassador.ui.cascades.possible_parents import draw_possible_parents
from ambassador.ui.kit.campaign import chosen_campaign
from ambassador.ui.kit.charts import show_chart
from ambassador.ui.kit.empty import empty_state
from ambassador.ui.kit.figures import first_row
from ambassador.ui.kit.navigation import guard
from ambassador.ui.kit.tables import show_table
from ambassador.ui.kit.text import t
from ambassador.ui.kit.workspace import current_work
from ambassador.ui.mentions.actions import mention_actions, paste_button, table_name
from ambassador.ui.mentions.views import (
    SHOWN,
    draw_waiting,
    listed_mentions,
    mention_columns,
    mention_figures,
    rows_note,
    search_all,
    show_choice,
    single_note,
    timeline_chart,
    timeline_takeaway,
    wanted_mentions,
)
from ambassador.values.mentions.mentions import MentionFilter

guard()
st.title(t("Mentions"))
work, campaign = current_work(), chosen_campaign()
everything = list_mentions(work, MentionFilter(campaign_id=campaign, limit=SHOWN))
if not everything.found and not everything.figures.to_review:
    empty_state(
        t("Nothing was said here yet: import an export of posts, or change the campaign's match rule."),
        fix=t("Import mentions"),
        page="imports",
    )
    paste_button(campaign)
    st.stop()
care = care_figures(work, campaign)
first_row(*mention_figures(everything, care))
if everything.timeline:
    show_chart(timeline_chart(everything), timeline_takeaway(everything))
draw_waiting(care)

paste_button(campaign)
show = show_choice(everything)
wanted = wanted_mentions(campaign, show, search_all(everything.found))
view = listed_mentions(work, everything, wanted)
single_note()
draw_possible_parents(view.rows)
chosen = show_table(table_name(show), view.rows, mention_columns(care), title=t("Mentions"), choose="many")
st.caption(rows_note(view))
mention_actions(chosen, campaign)

import streamlit as st

from ambassador.services.learning.learned_view import learn_overview
from ambassador.services.networks.rung import describe_rung
from ambassador.ui.kit.charts import show_chart
from ambassador.ui.kit.empty import empty_state
from ambassador.ui.kit.navigation import guard
from ambassador.ui.kit.strip import rung_strip
from ambassador.ui.kit.text import t
from ambassador.ui.kit.workspace import current_work
from ambassador.ui.learning.actions import learn_button, offer_to_learn
from ambassador.ui.learning.chart import reliability_chart, reliability_takeaway
from ambassador.ui.learning.views import (
    compared_table,
    contagious_table,
    in_plain_words,
    learning_figures,
    susceptible_table,
    waiting_table,
)

guard()
st.title(t("What was learned"))
work = current_work()
overview = learn_overview(work)
found = overview.learned

if not overview.rests_on.explained:
    empty_state(
        t(
            "Nothing to learn from yet: import posts that say what they answer or share, or who follows whom "
            "beside posts with their conversation."
        ),
        fix=t("Import mentions or ties"),
        page="imports",
        icon=":material/school:",
    )
    rung_strip(describe_rung(work))
elif found is None:
    offer_to_learn(work, overview)
    rung_strip(describe_rung(work))
else:
    learning_figures(found)
    rung_strip(describe_rung(work))
    in_plain_words(found)
    if found.check:
        note = t("Groups in which nobody joined lie on the lower edge.")
        show_chart(reliability_chart(found.check), reliability_takeaway(found.check), note=note)
    learn_button(work, found)
    contagious, susceptible, compared, waiting = st.tabs(
        [t("Most contagious"), t("Easiest to move"), t("Against simple methods"), t("How long answers take")]
    )
    with contagious:
        contagious_table(found)
    with susceptible:
        susceptible_table(found)
    with compared:
        compared_table(found)
    with waiting:
        waiting_table(found)

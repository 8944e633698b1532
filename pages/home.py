import streamlit as st

from ambassador.services.campaigns.home import home
from ambassador.ui.home.actions import first_steps
from ambassador.ui.home.views import draw_campaigns, draw_plans, draw_tasks, home_figures
from ambassador.ui.kit.figures import first_row
from ambassador.ui.kit.navigation import guard
from ambassador.ui.kit.text import t
from ambassador.ui.kit.workspace import current_work

guard()
st.title(t("Whom do I call today?"))
view = home(current_work())
if view.is_empty:
    first_steps()
    st.stop()
first_row(*home_figures(view))
draw_tasks(view.tasks)
draw_campaigns(view.campaigns)
draw_plans(view)

from ambassador.services.campaigns.home import home
from ambassador.ui.home import draw_campaigns, draw_plans, draw_tasks, first_steps, home_figures
from ambassador.ui.kit import current_work, first_row, guard, t
from ambassador.ui.kit.campaign import note_unfiltered
from ambassador.ui.kit.screen import st

guard()
st.title(t("Whom do I call today?"))
note_unfiltered()
view = home(current_work())
if view.is_empty:
    first_steps()
    st.stop()
first_row(*home_figures(view))
draw_tasks(view.tasks)
draw_campaigns(view.campaigns)
draw_plans(view)

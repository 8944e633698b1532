"""The first page: whom to call today, the campaigns, first steps.

Public names: draw_campaigns, draw_plans, draw_tasks, first_steps, home_figures.
Read in this order: views, actions.
"""

from ambassador.ui.home.actions import first_steps
from ambassador.ui.home.views import draw_campaigns, draw_plans, draw_tasks, home_figures

__all__ = [
    "draw_campaigns",
    "draw_plans",
    "draw_tasks",
    "first_steps",
    "home_figures",
]

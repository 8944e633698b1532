"""How word travelled: figures, the tree, credit, where it is heading, one cascade opened.

Public names: cascade_figures, draw_all_cascades, draw_credit, draw_forest, draw_growth, draw_outlook,
draw_over_time, draw_possible_parents.
Read in this order: views, picture, tree, growth_views, actions.
"""

from ambassador.ui.cascades.actions import draw_all_cascades
from ambassador.ui.cascades.growth_views import draw_growth, draw_outlook
from ambassador.ui.cascades.possible_parents import draw_possible_parents
from ambassador.ui.cascades.tree import draw_credit, draw_forest, draw_over_time
from ambassador.ui.cascades.views import cascade_figures

__all__ = [
    "cascade_figures",
    "draw_all_cascades",
    "draw_credit",
    "draw_forest",
    "draw_growth",
    "draw_outlook",
    "draw_over_time",
    "draw_possible_parents",
]

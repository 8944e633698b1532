"""What is watched among all mentions: chosen, counted side by side, made and edited; views that are kept.

Public names: choose_perimeter, draw_side_by_side, perimeter_buttons, save_view_button,
stream_of.
Read in this order: choosing, counts, form, actions, views.
"""

from ambassador.ui.perimeters.actions import perimeter_buttons
from ambassador.ui.perimeters.choosing import choose_perimeter, stream_of
from ambassador.ui.perimeters.counts import draw_side_by_side
from ambassador.ui.perimeters.views import save_view_button

__all__ = ["choose_perimeter", "draw_side_by_side", "perimeter_buttons", "save_view_button", "stream_of"]

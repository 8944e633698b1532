"""What was learned from the past: in figures, in words, in tables, and how far to trust it.

Public names: draw_learned, draw_reliability, in_plain_words, learn_button, learning_figures,
offer_to_learn.
Read in this order: views, chart, actions.
"""

from ambassador.ui.learning.actions import learn_button, offer_to_learn
from ambassador.ui.learning.chart import draw_reliability
from ambassador.ui.learning.views import draw_learned, in_plain_words, learning_figures

__all__ = [
    "draw_learned",
    "draw_reliability",
    "in_plain_words",
    "learn_button",
    "learning_figures",
    "offer_to_learn",
]

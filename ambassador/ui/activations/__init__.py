"""Things started together with people: the list, one opened with its result, and what can be done with it.

Public names: activation_buttons, asked_activation, draw_activation, draw_activation_list, draw_result.
Read in this order: choosing, views, ideas, polls, contests, checklist, questions, moments, replies, results,
form, actions, jury, votes.
"""

from ambassador.ui.activations.actions import activation_buttons, draw_activation_list
from ambassador.ui.activations.choosing import asked_activation
from ambassador.ui.activations.results import draw_result
from ambassador.ui.activations.views import draw_activation

__all__ = [
    "activation_buttons",
    "asked_activation",
    "draw_activation",
    "draw_activation_list",
    "draw_result",
]

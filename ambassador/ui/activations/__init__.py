"""Things started together with people: the list, one opened with its result, and what can be done with it.

Public names: activation_buttons, asked_activation, draw_activation, draw_activation_list, draw_contest,
draw_ideas, draw_poll, draw_questions.
Read in this order: choosing, views, ideas, polls, contests, checklist, questions, moments, form,
actions, jury, votes.
"""

from ambassador.ui.activations.actions import activation_buttons, draw_activation_list
from ambassador.ui.activations.choosing import asked_activation
from ambassador.ui.activations.contests import draw_contest
from ambassador.ui.activations.ideas import draw_ideas
from ambassador.ui.activations.polls import draw_poll
from ambassador.ui.activations.questions import draw_questions
from ambassador.ui.activations.views import draw_activation

__all__ = [
    "activation_buttons",
    "asked_activation",
    "draw_activation",
    "draw_activation_list",
    "draw_contest",
    "draw_ideas",
    "draw_poll",
    "draw_questions",
]

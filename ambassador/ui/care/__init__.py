"""Customers who want an answer: the queue, one case opened, what can be done with it, and the rules.

Public names: asked_case, case_buttons, choose_view, draw_case, draw_queue, draw_rules, draw_waiting.
Read in this order: choosing, queue, case, acting, bringing, waiting, rules.
"""

from ambassador.ui.care.acting import case_buttons
from ambassador.ui.care.case import draw_case
from ambassador.ui.care.choosing import asked_case
from ambassador.ui.care.queue import draw_queue
from ambassador.ui.care.rules import draw_rules
from ambassador.ui.care.waiting import choose_view, draw_waiting

__all__ = [
    "asked_case",
    "case_buttons",
    "choose_view",
    "draw_case",
    "draw_queue",
    "draw_rules",
    "draw_waiting",
]

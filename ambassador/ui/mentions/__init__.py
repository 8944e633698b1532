"""What was said: figures, picture, the list with decisions and labels, who waits for an answer.

Public names: choose_mentions, draw_timeline, draw_waiting, mention_actions, mention_figures,
mentions_table, paste_button, read_everything.
Read in this order: words, views, table, actions.
"""

from ambassador.ui.mentions.actions import mention_actions, mentions_table, paste_button
from ambassador.ui.mentions.table import choose_mentions, read_everything
from ambassador.ui.mentions.views import draw_timeline, draw_waiting, mention_figures

__all__ = [
    "choose_mentions",
    "draw_timeline",
    "draw_waiting",
    "mention_actions",
    "mention_figures",
    "mentions_table",
    "paste_button",
    "read_everything",
]

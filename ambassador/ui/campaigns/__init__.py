"""Campaigns on screen: the list, one campaign, its ambassadors, open places and what is late.

Public names: ambassador_editor, answer_box, campaign_buttons, confirm_pick_dialog, draw_campaign,
draw_campaign_list, draw_chase_list, open_places.
Read in this order: views, actions, ambassador_editor, ambassador_actions, chase.
"""

from ambassador.ui.campaigns.actions import campaign_buttons, draw_campaign_list
from ambassador.ui.campaigns.ambassador_actions import answer_box, confirm_pick_dialog
from ambassador.ui.campaigns.chase import draw_chase_list
from ambassador.ui.campaigns.editor import ambassador_editor
from ambassador.ui.campaigns.open_places import open_places
from ambassador.ui.campaigns.views import draw_campaign

__all__ = [
    "ambassador_editor",
    "answer_box",
    "campaign_buttons",
    "confirm_pick_dialog",
    "draw_campaign",
    "draw_campaign_list",
    "draw_chase_list",
    "open_places",
]

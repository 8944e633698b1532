"""The workspace: which database is open, our own accounts, the weights of the score.

Public names: brand_accounts_form, offer_demo, offer_switch, score_settings_form.
Read in this order: actions, brand_accounts, score_settings.
"""

from ambassador.ui.workspace.actions import offer_demo, offer_switch
from ambassador.ui.workspace.brand_accounts import brand_accounts_form
from ambassador.ui.workspace.score_settings import score_settings_form

__all__ = [
    "brand_accounts_form",
    "offer_demo",
    "offer_switch",
    "score_settings_form",
]

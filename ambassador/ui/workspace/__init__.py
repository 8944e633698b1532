"""The workspace: which database is open, its backups, our own accounts, the weights of the score.

Public names: backups_section, brand_accounts_form, offer_demo, offer_switch, score_settings_form.
Read in this order: actions, backups, brand_accounts, score_settings.
"""

from ambassador.ui.workspace.actions import offer_demo, offer_switch
from ambassador.ui.workspace.backups import backups_section
from ambassador.ui.workspace.brand_accounts import brand_accounts_form
from ambassador.ui.workspace.score_settings import score_settings_form

__all__ = [
    "backups_section",
    "brand_accounts_form",
    "offer_demo",
    "offer_switch",
    "score_settings_form",
]

"""Campaigns and their ambassadors as forms ask for them and pages show them.

Public names: AmbassadorEdit, AmbassadorRow, CampaignCard, CampaignDraft, CampaignView, ChaseItem,
MatchRuleDraft, CampaignCosts.
Read in this order: campaigns, unit_costs, ambassadors.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.values.campaigns.ambassadors import AmbassadorEdit, AmbassadorRow, ChaseItem
    from ambassador.values.campaigns.campaigns import (
        CampaignCard,
        CampaignDraft,
        CampaignView,
        MatchRuleDraft,
    )
    from ambassador.values.campaigns.unit_costs import CampaignCosts

__all__ = [
    "AmbassadorEdit",
    "AmbassadorRow",
    "CampaignCard",
    "CampaignCosts",
    "CampaignDraft",
    "CampaignView",
    "ChaseItem",
    "MatchRuleDraft",
]
__getattr__ = offering(
    __name__,
    {
        "CampaignCosts": "unit_costs",
        "CampaignDraft": "campaigns",
        "MatchRuleDraft": "campaigns",
        "CampaignCard": "campaigns",
        "CampaignView": "campaigns",
        "AmbassadorRow": "ambassadors",
        "AmbassadorEdit": "ambassadors",
        "ChaseItem": "ambassadors",
    },
)

"""Campaigns and their ambassadors: made, staffed, launched, chased, closed.

Public names: ``start_campaign``, ``create_campaign``, ``launch_campaign``, ``list_campaigns``,
``open_campaign``, ``invite_people``, ``list_ambassadors``, ``chase_list``.
Read in this order: ``campaigns``, ``campaign_view``, ``ambassadors``, ``invite``, ``confirm_pick``,
``chase``, ``home``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.services.campaigns.ambassadors import list_ambassadors
    from ambassador.services.campaigns.campaign_view import list_campaigns, open_campaign
    from ambassador.services.campaigns.campaigns import create_campaign, launch_campaign, start_campaign
    from ambassador.services.campaigns.chase import chase_list
    from ambassador.services.campaigns.invite import invite_people

__all__ = [
    "chase_list",
    "create_campaign",
    "invite_people",
    "launch_campaign",
    "list_ambassadors",
    "list_campaigns",
    "open_campaign",
    "start_campaign",
]
__getattr__ = offering(
    __name__,
    {
        "start_campaign": "campaigns",
        "create_campaign": "campaigns",
        "launch_campaign": "campaigns",
        "list_campaigns": "campaign_view",
        "open_campaign": "campaign_view",
        "invite_people": "invite",
        "list_ambassadors": "ambassadors",
        "chase_list": "chase",
    },
)

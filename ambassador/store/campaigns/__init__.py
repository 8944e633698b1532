"""Campaigns and who is in them: match rules, deals, answers, and the rows pages show.

Public names: add_ambassador, add_campaign, change_ambassador, find_campaign, put_match_rule, rows_of,
write_edit.
Read in this order: campaigns, ambassadors, ambassador_rows.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.store.campaigns.ambassador_rows import rows_of
    from ambassador.store.campaigns.ambassadors import add_ambassador, change_ambassador, write_edit
    from ambassador.store.campaigns.campaigns import add_campaign, find_campaign, put_match_rule

__all__ = [
    "add_ambassador",
    "add_campaign",
    "change_ambassador",
    "find_campaign",
    "put_match_rule",
    "rows_of",
    "write_edit",
]
__getattr__ = offering(
    __name__,
    {
        "add_campaign": "campaigns",
        "find_campaign": "campaigns",
        "put_match_rule": "campaigns",
        "add_ambassador": "ambassadors",
        "change_ambassador": "ambassadors",
        "write_edit": "ambassadors",
        "rows_of": "ambassador_rows",
    },
)

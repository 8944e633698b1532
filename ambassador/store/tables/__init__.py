"""The tables themselves: a class a table, on one base that keeps instants in UTC.

Public names: Account, Ambassador, Campaign, Device, Mention, Person, Row, Tie.
Read in this order: base, people, campaigns, devices, mentions, network, records, imports, activations,
watches, care, perimeters, tone, incidents.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.store.tables.base import Row
    from ambassador.store.tables.campaigns import Ambassador, Campaign
    from ambassador.store.tables.devices import Device
    from ambassador.store.tables.mentions import Mention
    from ambassador.store.tables.network import Tie
    from ambassador.store.tables.people import Account, Person

__all__ = ["Account", "Ambassador", "Campaign", "Device", "Mention", "Person", "Row", "Tie"]
__getattr__ = offering(
    __name__,
    {
        "Row": "base",
        "Person": "people",
        "Account": "people",
        "Campaign": "campaigns",
        "Ambassador": "campaigns",
        "Device": "devices",
        "Mention": "mentions",
        "Tie": "network",
    },
)

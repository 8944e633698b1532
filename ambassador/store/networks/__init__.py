"""Who hears from whom: ties of files and of mentions, read as arrays or as people see them.

Public names: add_network_snapshot, get_network_snapshot, node_key, put_ties, read_ties,
rebuild_derived_ties, ties_around.
Read in this order: networks, node_keys, import_ties, derived_ties, tie_views.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.store.networks.derived_ties import rebuild_derived_ties
    from ambassador.store.networks.import_ties import put_ties
    from ambassador.store.networks.networks import add_network_snapshot, get_network_snapshot, read_ties
    from ambassador.store.networks.node_keys import node_key
    from ambassador.store.networks.tie_views import ties_around

__all__ = [
    "add_network_snapshot",
    "get_network_snapshot",
    "node_key",
    "put_ties",
    "read_ties",
    "rebuild_derived_ties",
    "ties_around",
]
__getattr__ = offering(
    __name__,
    {
        "read_ties": "networks",
        "add_network_snapshot": "networks",
        "get_network_snapshot": "networks",
        "node_key": "node_keys",
        "put_ties": "import_ties",
        "rebuild_derived_ties": "derived_ties",
        "ties_around": "tie_views",
    },
)

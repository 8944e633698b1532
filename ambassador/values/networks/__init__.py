"""A network: its nodes, the rule that makes probabilities of ties, and what pages draw.

Public names: NetworkFormat, NetworkView, NodeKey, ProbabilityRule, Rehearsal, Rung.
Read in this order: network, node_key, network_view, rehearsals.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.values.networks.network import ProbabilityRule, Rung
    from ambassador.values.networks.network_view import NetworkFormat, NetworkView
    from ambassador.values.networks.node_key import NodeKey
    from ambassador.values.networks.rehearsals import Rehearsal

__all__ = ["NetworkFormat", "NetworkView", "NodeKey", "ProbabilityRule", "Rehearsal", "Rung"]
__getattr__ = offering(
    __name__,
    {
        "ProbabilityRule": "network",
        "Rung": "network",
        "NodeKey": "node_key",
        "NetworkView": "network_view",
        "NetworkFormat": "network_view",
        "Rehearsal": "rehearsals",
    },
)

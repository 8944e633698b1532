"""The network of ties: read, ruled, drawn, played through, written out.

Public names: ``LoadedNetwork``, ``load_network``, ``keep_network``, ``reopen_network``, ``describe_rung``,
``cards_of``, ``draw_network``, ``export_network``.
Read in this order: ``network``, ``tie_rules``, ``rung``, ``nodes``, ``network_view``, ``network_picture``,
``rehearse``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.services.networks.network import LoadedNetwork, keep_network, load_network, reopen_network
    from ambassador.services.networks.network_view import draw_network, export_network
    from ambassador.services.networks.nodes import cards_of
    from ambassador.services.networks.rung import describe_rung

__all__ = [
    "LoadedNetwork",
    "cards_of",
    "describe_rung",
    "draw_network",
    "export_network",
    "keep_network",
    "load_network",
    "reopen_network",
]
__getattr__ = offering(
    __name__,
    {
        "LoadedNetwork": "network",
        "load_network": "network",
        "keep_network": "network",
        "reopen_network": "network",
        "describe_rung": "rung",
        "cards_of": "nodes",
        "draw_network": "network_view",
        "export_network": "network_view",
    },
)

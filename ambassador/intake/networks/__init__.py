"""The forms of network files, each read into nodes and edges as they come; ``intake.graphs`` chooses one.

Public names: ``dot_parts``, ``gdf_parts``, ``gml_parts``, ``node_link_parts``, ``pajek_parts``,
``ucinet_parts`` and ``xml_parts`` (GraphML and GEXF) read a form each; ``is_node_link`` knows the one
that is JSON.
Read in this order: ``parts``, ``xml_networks``, ``pajek``, ``gml``, ``gdf``, ``dot``, ``ucinet``,
``node_link``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.intake.networks.dot import dot_parts
    from ambassador.intake.networks.gdf import gdf_parts
    from ambassador.intake.networks.gml import gml_parts
    from ambassador.intake.networks.node_link import is_node_link, node_link_parts
    from ambassador.intake.networks.pajek import pajek_parts
    from ambassador.intake.networks.ucinet import ucinet_parts
    from ambassador.intake.networks.xml_networks import xml_parts

__all__ = [
    "dot_parts",
    "gdf_parts",
    "gml_parts",
    "is_node_link",
    "node_link_parts",
    "pajek_parts",
    "ucinet_parts",
    "xml_parts",
]
__getattr__ = offering(
    __name__,
    {
        "dot_parts": "dot",
        "gdf_parts": "gdf",
        "gml_parts": "gml",
        "node_link_parts": "node_link",
        "is_node_link": "node_link",
        "pajek_parts": "pajek",
        "ucinet_parts": "ucinet",
        "xml_parts": "xml_networks",
    },
)

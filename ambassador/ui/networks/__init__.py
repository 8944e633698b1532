"""Who listens to whom: the picture, communities, ties, and one person's neighbours.

Public names: communities_table, direction_in_words, draw_missing_picture, draw_neighbours, network_figures,
network_picture, origins_table, ties_table.
Read in this order: tables, picture, neighbourhood, actions.
"""

from ambassador.ui.networks.actions import draw_missing_picture
from ambassador.ui.networks.neighbourhood import draw_neighbours
from ambassador.ui.networks.picture import network_picture
from ambassador.ui.networks.tables import (
    communities_table,
    direction_in_words,
    network_figures,
    origins_table,
    ties_table,
)

__all__ = [
    "communities_table",
    "direction_in_words",
    "draw_missing_picture",
    "draw_neighbours",
    "network_figures",
    "network_picture",
    "origins_table",
    "ties_table",
]

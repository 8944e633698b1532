"""Cascades that were seen: who posted when, and who answered whom.

``CascadeLog`` keeps who joined which cascade when; ``build_forest`` makes a ``Forest`` of posts and their
parents, ``list_cascades`` and ``reproduction_number`` measure it, ``plausible_shapes`` and
``branch_shares`` do so where parents are uncertain, ``radial_layout`` draws it.
Read in this order: ``cascade_log``, ``forest``, ``measures``, ``shapes``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.propagation.cascades.cascade_log import CascadeLog
    from ambassador.propagation.cascades.forest import Forest, build_forest
    from ambassador.propagation.cascades.measures import list_cascades, reproduction_number
    from ambassador.propagation.cascades.shapes import branch_shares, plausible_shapes
    from ambassador.propagation.cascades.tree_layout import radial_layout

__all__ = [
    "CascadeLog",
    "Forest",
    "branch_shares",
    "build_forest",
    "list_cascades",
    "plausible_shapes",
    "radial_layout",
    "reproduction_number",
]
__getattr__ = offering(
    __name__,
    {
        "CascadeLog": "cascade_log",
        "Forest": "forest",
        "build_forest": "forest",
        "list_cascades": "measures",
        "reproduction_number": "measures",
        "plausible_shapes": "shapes",
        "branch_shares": "shapes",
        "radial_layout": "tree_layout",
    },
)

"""Who answered whom: posts as trees need them, parents the source names, and parents it hides.

Public names: read_candidates, read_faces, read_heard, read_posts, resolve_parents, write_candidates.
Read in this order: cascades, parents, parent_candidates.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.store.cascades.cascades import read_faces, read_posts
    from ambassador.store.cascades.parent_candidates import read_candidates, read_heard, write_candidates
    from ambassador.store.cascades.parents import resolve_parents

__all__ = ["read_candidates", "read_faces", "read_heard", "read_posts", "resolve_parents", "write_candidates"]
__getattr__ = offering(
    __name__,
    {
        "read_posts": "cascades",
        "read_faces": "cascades",
        "resolve_parents": "parents",
        "read_candidates": "parent_candidates",
        "write_candidates": "parent_candidates",
        "read_heard": "parent_candidates",
    },
)

"""Parents a platform hides: named in texts, or inferred with their probabilities.

Public names: ``infer_parents_in``, ``point_by_text_in``, ``weigh_evidence``, ``trees_with_hidden``.
Read in this order: ``infer_parents``, ``ordered_cascades``, ``parent_evidence``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.services.parents.infer_parents import infer_parents_in, point_by_text_in
    from ambassador.services.parents.ordered_cascades import trees_with_hidden
    from ambassador.services.parents.parent_evidence import weigh_evidence

__all__ = ["infer_parents_in", "point_by_text_in", "trees_with_hidden", "weigh_evidence"]
__getattr__ = offering(
    __name__,
    {
        "infer_parents_in": "infer_parents",
        "point_by_text_in": "infer_parents",
        "weigh_evidence": "parent_evidence",
        "trees_with_hidden": "ordered_cascades",
    },
)

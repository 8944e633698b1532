"""Who a post answered where the platform does not say: each possible parent with its probability.

``learn_hidden_parents`` learns ``HiddenParents`` from ``SeenCascades`` that name them;
``choose_hidden_parents`` picks the likeliest; ``list_possible_parents`` and ``infer_parents`` weigh given
``CascadePosts`` by known ties and delays, such as a ``LogNormal``.
Read in this order: ``possible_parents``, ``hidden_parents``, ``parent_choice``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.propagation.parents.hidden_parents import HiddenParents, learn_hidden_parents
    from ambassador.propagation.parents.parent_choice import choose_hidden_parents
    from ambassador.propagation.parents.possible_parents import (
        CascadePosts,
        LogNormal,
        infer_parents,
        list_possible_parents,
    )
    from ambassador.propagation.parents.seen_cascades import SeenCascades

__all__ = [
    "CascadePosts",
    "HiddenParents",
    "LogNormal",
    "SeenCascades",
    "choose_hidden_parents",
    "infer_parents",
    "learn_hidden_parents",
    "list_possible_parents",
]
__getattr__ = offering(
    __name__,
    {
        "learn_hidden_parents": "hidden_parents",
        "HiddenParents": "hidden_parents",
        "choose_hidden_parents": "parent_choice",
        "SeenCascades": "seen_cascades",
        "list_possible_parents": "possible_parents",
        "infer_parents": "possible_parents",
        "CascadePosts": "possible_parents",
        "LogNormal": "possible_parents",
    },
)

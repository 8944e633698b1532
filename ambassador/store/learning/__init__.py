"""What learning reads, as the sources told it, and the parameters it keeps.

Public names: add_parameters, newest_parameters, read_learning_ties, read_listed_ties, read_past_posts.
Read in this order: learning.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.store.learning.learning import (
        add_parameters,
        newest_parameters,
        read_learning_ties,
        read_listed_ties,
        read_past_posts,
    )

__all__ = ["add_parameters", "newest_parameters", "read_learning_ties", "read_listed_ties", "read_past_posts"]
__getattr__ = offering(
    __name__,
    {
        "read_learning_ties": "learning",
        "read_past_posts": "learning",
        "read_listed_ties": "learning",
        "newest_parameters": "learning",
        "add_parameters": "learning",
    },
)

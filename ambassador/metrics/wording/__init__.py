"""What texts say: which belong together, by the words that tell them apart from the others.

Public names: ``Topics``, ``find_topics``.
Read in this order: ``stop_words``, ``topics``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.metrics.wording.topics import Topics, find_topics

__all__ = ["Topics", "find_topics"]
__getattr__ = offering(__name__, {"Topics": "topics", "find_topics": "topics"})

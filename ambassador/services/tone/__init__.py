"""The tone of posts: what people say it is, the order of reading learned from that, how good it is; topics.

Public names: ``label_tone``, ``order_posts``, ``next_to_label``, ``tone_figures``, ``find_topics_of``.
Read in this order: ``labelling``, ``learned``, ``order``, ``figures``, ``files``, ``topics``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.services.tone.figures import tone_figures
    from ambassador.services.tone.labelling import label_tone
    from ambassador.services.tone.order import next_to_label, order_posts
    from ambassador.services.tone.topics import find_topics_of

__all__ = ["find_topics_of", "label_tone", "next_to_label", "order_posts", "tone_figures"]
__getattr__ = offering(
    __name__,
    {
        "label_tone": "labelling",
        "order_posts": "order",
        "next_to_label": "order",
        "tone_figures": "figures",
        "find_topics_of": "topics",
    },
)

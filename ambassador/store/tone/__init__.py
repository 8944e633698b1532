"""The tone of posts as rows: what people said of it, what customer care says, and texts in order of time.

Public names: history_of, labels_by_care, newest_texts, put_labels, standing_labels, texts_of_posts.
Read in this order: labels, texts.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.store.tone.labels import history_of, labels_by_care, put_labels, standing_labels
    from ambassador.store.tone.texts import newest_texts, texts_of_posts

__all__ = [
    "history_of",
    "labels_by_care",
    "newest_texts",
    "put_labels",
    "standing_labels",
    "texts_of_posts",
]
__getattr__ = offering(
    __name__,
    {
        "history_of": "labels",
        "labels_by_care": "labels",
        "put_labels": "labels",
        "standing_labels": "labels",
        "newest_texts": "texts",
        "texts_of_posts": "texts",
    },
)

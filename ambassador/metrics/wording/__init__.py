"""What texts say: the tone, learned from labels, and which belong together, by words.

Public names: ``Topics``, ``ToneModel``, ``features_of``, ``find_topics``, ``learn_tone``.
Read in this order: ``lexicon``, ``features``, ``regression``, ``checking``, ``stop_words``, ``topics``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.metrics.wording.features import features_of
    from ambassador.metrics.wording.regression import ToneModel, learn_tone
    from ambassador.metrics.wording.topics import Topics, find_topics

__all__ = ["ToneModel", "Topics", "features_of", "find_topics", "learn_tone"]
__getattr__ = offering(
    __name__,
    {
        "features_of": "features",
        "ToneModel": "regression",
        "learn_tone": "regression",
        "Topics": "topics",
        "find_topics": "topics",
    },
)

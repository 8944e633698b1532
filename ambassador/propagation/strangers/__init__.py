"""How many people nobody has named before answer a post, and whom those bring: a law learned from past posts.

``learn_strangers`` learns a ``StrangerLaw`` from a ``PostRecord``; ``law.levels`` says what is known of
given people, ``expected_talkers`` how many their next post makes talk, ``draw_talkers`` lets launches
happen.
``StrangersBeside`` draws whom posts bring beside ties, ``reached_by_ties`` tells who came along one.
Read in this order: ``record``, ``law``, ``posterior``, ``unreached``, ``launches``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.propagation.strangers.launches import StrangersBeside
    from ambassador.propagation.strangers.law import (
        StrangerLaw,
        draw_talkers,
        expected_talkers,
        learn_strangers,
    )
    from ambassador.propagation.strangers.record import PostRecord
    from ambassador.propagation.strangers.unreached import reached_by_ties

__all__ = [
    "PostRecord",
    "StrangerLaw",
    "StrangersBeside",
    "draw_talkers",
    "expected_talkers",
    "learn_strangers",
    "reached_by_ties",
]
__getattr__ = offering(
    __name__,
    {
        "learn_strangers": "law",
        "StrangerLaw": "law",
        "PostRecord": "record",
        "StrangersBeside": "launches",
        "reached_by_ties": "unreached",
        "expected_talkers": "law",
        "draw_talkers": "law",
    },
)

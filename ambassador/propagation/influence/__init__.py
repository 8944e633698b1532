"""How probable it is that one person makes another talk, learned from cascades.

``learn_influence`` goes from a log to ``LearnedInfluence``; ``learn`` returns the whole ``FittedInfluence``,
which predicts from a ``TieHistory`` and ``list_exposures``; ``all_baselines`` are what it must beat and
``rate_predictions`` says by how much.
Read in this order: ``learning``, ``exposures``, ``tie_history``, ``training_table``, ``hazard_fit``,
``fitting``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.propagation.influence.baselines import all_baselines
    from ambassador.propagation.influence.exposures import list_exposures
    from ambassador.propagation.influence.learned import LearnedInfluence
    from ambassador.propagation.influence.learning import FittedInfluence, learn, learn_influence
    from ambassador.propagation.influence.reliability import rate_predictions
    from ambassador.propagation.influence.tie_history import TieHistory

__all__ = [
    "FittedInfluence",
    "LearnedInfluence",
    "TieHistory",
    "all_baselines",
    "learn",
    "learn_influence",
    "list_exposures",
    "rate_predictions",
]
__getattr__ = offering(
    __name__,
    {
        "learn_influence": "learning",
        "LearnedInfluence": "learned",
        "learn": "learning",
        "FittedInfluence": "learning",
        "TieHistory": "tie_history",
        "list_exposures": "exposures",
        "all_baselines": "baselines",
        "rate_predictions": "reliability",
    },
)

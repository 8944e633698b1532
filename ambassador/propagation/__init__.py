"""Word of mouth as arrays: networks, simulated spread, certified picks, cascades seen and expected.

Build an ``InfluenceNetwork`` (its ties given, or learned by ``learn_influence`` from a ``CascadeLog``), ask
``estimate_spread`` or ``estimate_total`` how far word travels and ``pick_seeds`` who should start it;
``learn_hidden_parents`` and ``learn_growth`` read what happened. Rooms, in the order to read them:
``network``, ``simulate``, ``pick``, ``cascades``, ``influence``, ``parents``, ``growth``; ``kernels`` are
their loops.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.propagation.cascades.cascade_log import CascadeLog
    from ambassador.propagation.growth.growth import learn_growth
    from ambassador.propagation.influence.learning import learn_influence
    from ambassador.propagation.network.network import InfluenceNetwork
    from ambassador.propagation.parents.hidden_parents import learn_hidden_parents
    from ambassador.propagation.pick.selection import pick_seeds
    from ambassador.propagation.simulate.spread import estimate_spread, estimate_total

__all__ = [
    "CascadeLog",
    "InfluenceNetwork",
    "estimate_spread",
    "estimate_total",
    "learn_growth",
    "learn_hidden_parents",
    "learn_influence",
    "pick_seeds",
]
__getattr__ = offering(
    __name__,
    {
        "InfluenceNetwork": "network.network",
        "estimate_spread": "simulate.spread",
        "estimate_total": "simulate.spread",
        "pick_seeds": "pick.selection",
        "CascadeLog": "cascades.cascade_log",
        "learn_influence": "influence.learning",
        "learn_hidden_parents": "parents.hidden_parents",
        "learn_growth": "growth.growth",
    },
)

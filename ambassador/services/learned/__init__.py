"""What was learned last, as the other rooms use it.

Public names: ``load_learned``, ``trusted_influence``, ``beats_baselines``, ``covers``, ``lay_over``.
Read in this order: ``learned``, ``learned_rule``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.services.learned.learned import load_learned
    from ambassador.services.learned.learned_rule import beats_baselines, covers, lay_over, trusted_influence

__all__ = ["beats_baselines", "covers", "lay_over", "load_learned", "trusted_influence"]
__getattr__ = offering(
    __name__,
    {
        "load_learned": "learned",
        "trusted_influence": "learned_rule",
        "beats_baselines": "learned_rule",
        "covers": "learned_rule",
        "lay_over": "learned_rule",
    },
)

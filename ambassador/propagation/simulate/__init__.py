"""How far word travels from given people, by wave or by the clock.

``estimate_spread``, ``estimate_total``, ``compare_spread`` and ``gains_in_turn`` answer for given seeds;
``simulate_launches``, ``simulate_launches_in_time`` and ``simulate_values`` for launches with people who
may not post; ``trace_spread`` shows one run.
Read in this order: ``spread``, ``launches``, ``timed``, ``traces``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.propagation.simulate.curve import gains_in_turn
    from ambassador.propagation.simulate.launches import simulate_launches
    from ambassador.propagation.simulate.spread import compare_spread, estimate_spread, estimate_total
    from ambassador.propagation.simulate.timed import simulate_launches_in_time
    from ambassador.propagation.simulate.traces import trace_spread
    from ambassador.propagation.simulate.valued_spread import simulate_values

__all__ = [
    "compare_spread",
    "estimate_spread",
    "estimate_total",
    "gains_in_turn",
    "simulate_launches",
    "simulate_launches_in_time",
    "simulate_values",
    "trace_spread",
]
__getattr__ = offering(
    __name__,
    {
        "estimate_spread": "spread",
        "estimate_total": "spread",
        "compare_spread": "spread",
        "gains_in_turn": "curve",
        "simulate_launches": "launches",
        "simulate_launches_in_time": "timed",
        "simulate_values": "valued_spread",
        "trace_spread": "traces",
    },
)

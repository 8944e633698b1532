"""``evaluate`` and ``calibration``: how models and earlier forecasts did.

Public names, each a module with ``register``, loaded when its verb is asked for:
calibration, evaluate, evaluate_influence, evaluate_parents, evaluate_size.
Read in this order: calibration; then evaluate, which puts the three others together.
"""

__all__ = ["calibration", "evaluate", "evaluate_influence", "evaluate_parents", "evaluate_size"]

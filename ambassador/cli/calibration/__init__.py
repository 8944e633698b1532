"""``evaluate`` and ``calibration``: how models and earlier forecasts did.

Public names, each a module with ``register``, loaded when its verb is asked for: calibration, evaluate.
Read in this order: calibration, evaluate.
"""

__all__ = ["calibration", "evaluate"]

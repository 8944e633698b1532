"""``report``, ``results`` and ``outcome``: what came of a campaign.

Public names, each a module with ``register``, loaded when its verb is asked for: reports.
Read in this order: reports.
"""

__all__ = ["reports"]

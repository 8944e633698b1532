"""``fetch``, ``follow`` and ``watch``: live sources.

Public names, each a module with ``register``, loaded when its verb is asked for: fetching, watches.
Read in this order: watches, fetching.
"""

__all__ = ["fetching", "watches"]

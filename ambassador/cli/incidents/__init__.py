"""``incident``: what departs from the past of a perimeter.

Public names, each a module with ``register``, loaded when its verb is asked for: incidents.
Read in this order: incidents, told.
"""

__all__ = ["incidents"]

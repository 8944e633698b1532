"""``cascades`` and ``growth``: how word travelled and where it is heading.

Public names, each a module with ``register``, loaded when its verb is asked for: cascades, growth.
Read in this order: cascades, growth.
"""

__all__ = ["cascades", "growth"]

"""``case``: customers who want an answer.

Public names, each a module with ``register``, loaded when its verb is asked for: cases, acting, rules.
Read in this order: cases, acting, rules, told.
"""

__all__ = ["acting", "cases", "rules"]

"""``case``: customers who want an answer.

Public names, each a module with ``register``, loaded when its verb is asked for: acting, bringing, canned,
cases, rules, waits.
Read in this order: cases, bringing, acting, rules, waits, canned, told.
"""

__all__ = ["acting", "bringing", "canned", "cases", "rules", "waits"]

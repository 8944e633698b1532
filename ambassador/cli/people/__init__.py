"""``people``: list, show, put in, edit, put away, merge, hand over and erase.

Public names, each a module with ``register``, loaded when its verb is asked for: people.
Read in this order: people, changes.
"""

__all__ = ["changes", "people"]

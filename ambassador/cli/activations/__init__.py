"""``activation``: what is started together with people.

Public names, each a module with ``register``, loaded when its verb is asked for: activations, votes.
Read in this order: activations, votes, told.
"""

__all__ = ["activations", "votes"]

"""``activation``: what is started together with people.

Public names, each a module with ``register``, loaded when its verb is asked for: activations, contests,
questions, votes.
Read in this order: activations, votes, contests, questions, told.
"""

__all__ = ["activations", "contests", "questions", "votes"]

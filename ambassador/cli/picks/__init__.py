"""``pick`` and ``what-if``: whom to give a phone to, and what else a pick could be.

Public names, each a module with ``register``, loaded when its verb is asked for: kept, pick.
Read in this order: pick, options, answer, kept.
"""

__all__ = ["kept", "pick"]

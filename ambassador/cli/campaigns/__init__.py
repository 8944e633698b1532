"""``campaign`` and ``today``: campaigns, the people in them, and whom to call.

Public names, each a module with ``register``, loaded when its verb is asked for: campaigns, today.
Read in this order: campaigns, ambassadors, deals, today.
"""

__all__ = ["ambassadors", "campaigns", "deals", "today"]

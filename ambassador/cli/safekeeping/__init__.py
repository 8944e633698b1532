"""``backup`` and ``restore``: what keeps a workspace safe.

Public names, each a module with ``register``, loaded when its verb is asked for: backups.
Read in this order: backups.
"""

__all__ = ["backups"]

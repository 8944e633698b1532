"""``backup``, ``restore`` and ``doctor``: what keeps a workspace safe.

Public names, each a module with ``register``, loaded when its verb is asked for: backups, doctor.
Read in this order: backups, doctor.
"""

__all__ = ["backups", "doctor"]

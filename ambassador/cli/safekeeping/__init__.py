"""``backup``, ``restore``, ``export`` and ``doctor``: what keeps a workspace safe.

Public names, each a module with ``register``, loaded when its verb is asked for: backups, doctor, exports.
Read in this order: backups, exports, doctor.
"""

__all__ = ["backups", "doctor", "exports"]

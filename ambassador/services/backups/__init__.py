"""Backups: written while people work, restored into an empty place and compared.

Public names: back_up, restore.
Read in this order: archive, making, restoring.
"""

from ambassador.services.backups.making import back_up
from ambassador.services.backups.restoring import restore

__all__ = ["back_up", "restore"]

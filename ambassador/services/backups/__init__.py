"""Backups: written while people work, restored into an empty place and compared.

Public names: back_up, restore, export_all, restore_folder.
Read in this order: archive, making, restoring, folders.
"""

from ambassador.services.backups.folders import export_all, restore_folder
from ambassador.services.backups.making import back_up
from ambassador.services.backups.restoring import restore

__all__ = ["back_up", "export_all", "restore", "restore_folder"]

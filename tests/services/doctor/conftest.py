from tests.services.backups.conftest import data_folder

__all__ = ["data_folder"]

"""Places to restore into, on both databases."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from ambassador.config import settings
from tests.databases import new_postgresql_database
from tests.store.test_releases import RELEASES


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setenv("AMBASSADOR_DATA_FOLDER", str(folder))
    monkeypatch.delenv("AMBASSADOR_DATABASE_URL", raising=False)
    settings.cache_clear()
    yield folder
    settings.cache_clear()


@pytest.fixture
def new_postgresql(postgresql_url: str) -> Iterator[str]:
    """Give the address of a PostgreSQL database without a single table."""
    with new_postgresql_database(postgresql_url) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give an empty place on each database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'place.db'}"
    return str(request.getfixturevalue("new_postgresql"))


@pytest.fixture
def launch(tmp_path: Path) -> str:
    """Give a workspace full of everything, as the release of schema 0003 left it."""
    path = tmp_path / "launch.db"
    path.write_bytes(gzip.decompress((RELEASES / "schema-0003.db.gz").read_bytes()))
    return f"sqlite:///{path}"

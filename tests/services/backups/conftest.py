"""Places to restore into, on both databases."""

import gzip
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from ambassador.config import settings
from ambassador.store.database import open_engine
from tests.store.test_releases import RELEASES

_COUNT = itertools.count(1)


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
    name = f"place{next(_COUNT)}"
    server = open_engine(postgresql_url)
    with server.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        yield postgresql_url.replace("/postgres?", f"/{name}?")
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


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

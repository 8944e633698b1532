"""Fixtures everybody shares: a unit of work on each database, a fixed clock, small networks."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Engine

from ambassador.services.work import UnitOfWork
from ambassador.store.database import open_engine
from ambassador.store.migrate import upgrade
from tests.bluesky_server import LEFT_OUT
from tests.databases import copy_sqlite, empty, migrated_sqlite, postgresql_server

settings.register_profile("suite", deadline=None)  # kernels compile at their first call
settings.load_profile("suite")

os.environ.setdefault("AMBASSADOR_BACKUPS_KEPT", "0")  # no test but those of backups leaves any behind
POSTGRESQL = {"postgresql_url", "postgresql_engine"}
NOW = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fast", action="store_true", help="leave out PostgreSQL and what is marked slow")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep what ``make test-fast`` runs: one database, and no test that takes more than a few seconds."""
    if config.getoption("--fast"):
        left_out = [item for item in items if _is_slow(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line where Bluesky's servers are missing, and how many tests were left out for it."""
    skipped = [one for one in terminalreporter.stats.get("skipped", ()) if LEFT_OUT in str(one.longrepr)]
    if skipped:
        terminalreporter.write_line(f"{len(skipped)} tests left out: {LEFT_OUT}")


def _is_slow(item: pytest.Item) -> bool:
    parameters = getattr(item, "callspec", None)
    on = parameters.params.get("engine") if parameters else None
    needs = POSTGRESQL.intersection(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("slow") or on == "postgresql" or needs)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the path of a migrated, empty SQLite file."""
    return migrated_sqlite(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """Give the address of a running PostgreSQL."""
    with postgresql_server() as url:
        yield url


@pytest.fixture(scope="session")
def postgresql_engine(postgresql_url: str) -> Iterator[Engine]:
    """Give an engine on a migrated PostgreSQL database."""
    engine = open_engine(postgresql_url)
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Give the address of a fresh migrated SQLite file."""
    return copy_sqlite(sqlite_template, tmp_path)


@pytest.fixture
def sqlite_engine(sqlite_url: str) -> Iterator[Engine]:
    """Give an engine on a fresh SQLite file."""
    engine = open_engine(sqlite_url)
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Give an engine on an empty database, once on SQLite and once on PostgreSQL."""
    found: Engine = request.getfixturevalue(f"{request.param}_engine")
    if request.param == "postgresql":
        empty(found)
    return found


@pytest.fixture
def work(engine: Engine) -> UnitOfWork:
    """Give a unit of work of @tester at a fixed moment, on both databases."""
    return UnitOfWork(engine, "tester", lambda: NOW)


@pytest.fixture
def sqlite_work(sqlite_engine: Engine) -> UnitOfWork:
    """Give a unit of work on SQLite alone, where the database makes no difference."""
    return UnitOfWork(sqlite_engine, "tester", lambda: NOW)

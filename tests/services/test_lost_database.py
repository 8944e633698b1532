"""A database deleted, replaced, damaged or read-only under the program: one line, nothing into nothing."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from ambassador.cli.main import main
from ambassador.errors import AmbassadorError
from ambassador.services.people.people import list_people
from ambassador.services.work import UnitOfWork, open_workspace
from ambassador.store.tables.people import Person
from tests.conftest import NOW


@pytest.fixture
def opened(sqlite_url: str) -> Iterator[UnitOfWork]:
    work = open_workspace(sqlite_url, actor="nina")
    yield work
    work.engine.dispose()


@pytest.fixture
def file(sqlite_url: str) -> Path:
    return Path(sqlite_url.removeprefix("sqlite:///"))


def add(work: UnitOfWork) -> None:
    with work.writing() as session:
        session.add(Person(name="Nina", created_at=NOW))


def test_nothing_is_read_or_written_once_the_file_is_gone(opened: UnitOfWork, file: Path) -> None:
    add(opened)
    file.unlink()
    for use in (add, list_people):
        with pytest.raises(AmbassadorError, match="was deleted or replaced"):
            use(opened)
    assert not file.exists()


def test_a_file_deleted_during_a_change_is_noticed_before_the_change_is_called_done(
    opened: UnitOfWork, file: Path
) -> None:
    with pytest.raises(AmbassadorError, match="nothing was written"), opened.writing() as session:
        session.add(Person(name="Nina", created_at=NOW))
        session.flush()
        file.unlink()
    assert not file.exists()


def test_a_file_put_in_its_place_is_not_written_to_unseen(opened: UnitOfWork, file: Path) -> None:
    other = file.with_name("other.db")
    other.write_bytes(file.read_bytes())
    before = other.read_bytes()
    other.replace(file)
    with pytest.raises(AmbassadorError, match="was deleted or replaced"):
        add(opened)
    assert file.read_bytes() == before


def damage(file: Path) -> None:
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
        (size,) = opened.execute("PRAGMA page_size").fetchone()
        (page,) = opened.execute("SELECT rootpage FROM sqlite_master WHERE name = 'person'").fetchone()
    content = bytearray(file.read_bytes())
    content[(page - 1) * size : page * size] = bytes([7]) * size
    file.write_bytes(content)


def test_a_damaged_page_is_one_line(
    opened: UnitOfWork, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(opened)
    opened.engine.dispose()
    damage(file)
    for use in (add, list_people):
        with pytest.raises(AmbassadorError, match=r"is damaged .*ambassador doctor"):
            use(opened)
    assert main(["--database", str(file), "--language", "en", "people", "list"]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert main(["--database", str(file), "--language", "en", "doctor"]) == 1
    assert "damaged" in capsys.readouterr().out


@contextmanager
def as_nobody() -> Iterator[None]:
    """Work as somebody who may not write: root may, whatever a folder says."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_read_only_folder_is_one_line(sqlite_url: str, file: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "team.db"
        place.write_bytes(file.read_bytes())
        place.chmod(0o444)
        Path(folder).chmod(0o555)
        with as_nobody():
            with (
                pytest.raises(AmbassadorError, match=r"team cannot be (opened|used)"),
                ExitStack() as last,
            ):
                work = open_workspace(f"sqlite:///{place}", actor="nina")
                last.callback(work.engine.dispose)
                add(work)
            with pytest.raises(AmbassadorError, match="cannot be opened"):
                open_workspace(f"sqlite:///{folder}/new/new.db", actor="nina")
        Path(folder).chmod(0o755)
        assert sorted(path.name for path in Path(folder).iterdir()) == ["team.db"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://db"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("DATABASE_URL", ":memory:"),
        ("DATABASE_URL", " "),
        ("LANGUAGE", "klingon"),
        ("TIERS", "many"),
        ("TIERS", "[3,2,1]"),
        ("TIERS", "[1,2]"),
        ("SCHEDULER", "http://x"),
        ("BACKUPS_KEPT", "-1"),
        ("BACKUPS_KEPT", "some"),
    ],
)
def test_a_bad_setting_is_one_line(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from ambassador.config import settings

    monkeypatch.setenv(f"AMBASSADOR_{name}", value)
    settings.cache_clear()
    try:
        assert main(["people", "list"]) == 1
    finally:
        settings.cache_clear()
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "did not expect" not in said
    assert f"AMBASSADOR_{name}" in said or repr(value) in said

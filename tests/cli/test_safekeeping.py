"""Backup and restore from the shell."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ambassador.cli.main import main
from ambassador.config import settings
from ambassador.services.work import UnitOfWork
from ambassador.store.stale import mark_stale
from tests.services.story import tell


@pytest.fixture
def url(sqlite_work: UnitOfWork) -> str:
    tell(sqlite_work)
    return str(sqlite_work.engine.url)


def test_a_workspace_goes_into_a_file_and_comes_back(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, place = tmp_path / "team.zip", tmp_path / "again.db"
    assert main(["--database", url, "backup", str(file), "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert (made["path"], made["bytes"]) == (str(file), file.stat().st_size)
    assert made["rows"] == sum(table["rows"] for table in made["tables"].values())
    assert main(["--database", str(place), "restore", str(file), "--json"]) == 0
    done = json.loads(capsys.readouterr().out)
    assert all(table["same"] for table in done["tables"])
    assert {table["table"]: table["sha256"] for table in done["tables"]} == {
        name: table["sha256"] for name, table in made["tables"].items()
    }


def test_each_table_is_told_with_its_count_and_checksum(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, place = tmp_path / "team.zip", tmp_path / "again.db"
    assert main(["--database", url, "--language", "en", "backup", str(file)]) == 0
    assert "Backed up" in capsys.readouterr().out
    assert main(["--database", str(place), "--language", "en", "restore", str(file)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("\t")[1] for line in lines if line.startswith("person\t")] == ["4"]
    assert "every row is the one that was backed up" in lines[-1]
    assert main(["--database", str(place), "--language", "en", "restore", str(file)]) == 1
    assert "again is not empty" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["backup", "/no/such/folder/x.zip"], "cannot be written: No such file or directory"),
        (["restore", "/no/such.zip"], "There is no file"),
        (["restore", __file__], "is no backup of this program"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    url: str, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    database = url if arguments[0] == "backup" else str(tmp_path / "new.db")
    assert main(["--database", database, "--language", "en", *arguments]) == 1
    printed = capsys.readouterr()
    assert printed.err.count("\n") == 1
    assert said in printed.err
    assert not (tmp_path / "new.db").exists()


def test_the_doctor_says_one_thing_and_its_exit_code_the_same(
    sqlite_work: UnitOfWork,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AMBASSADOR_DATA_FOLDER", str(tmp_path / "data"))
    settings.cache_clear()
    url = str(sqlite_work.engine.url)
    assert main(["--database", url, "--language", "en", "doctor"]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("Nothing wrong: 0 rows in ")
    assert (printed.out.count("\n"), printed.err) == (1, "")
    with sqlite_work.writing() as session:
        mark_stale(session)
    assert main(["--database", url, "doctor", "--json"]) == 1
    (fault,) = json.loads(capsys.readouterr().out)["faults"]
    assert (fault["fault"], fault["mend"]) == ("stale", "ambassador mentions match")
    assert main(["--database", url, "doctor", "--mend", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["faults"] == []
    settings.cache_clear()


@pytest.fixture
def backups_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Keep backups of every day in a folder of this test."""
    with monkeypatch.context() as patched:
        patched.setenv("AMBASSADOR_DATA_FOLDER", str(tmp_path))
        patched.setenv("AMBASSADOR_BACKUPS_KEPT", "7")
        settings.cache_clear()
        yield
    settings.cache_clear()


def test_whoever_is_erased_leaves_the_backups_too(
    url: str, backups_kept: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--database", url, "--language", "en", "people", "erase", "#1", "--yes", "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["backups_holding_them"] == 1
    assert "1 backups still hold them" in told.err
    assert main(["--database", url, "--language", "en", "backup", "--renew"]) == 1
    assert "say --yes" in capsys.readouterr().err
    assert main(["--database", url, "--language", "en", "backup", "--renew", "--yes"]) == 0
    assert "1 older backups were deleted" in capsys.readouterr().err
    erase = ["--database", url, "people", "erase", "#2", "--yes", "--renew-backups", "--json"]
    assert main(erase) == 0
    done = json.loads(capsys.readouterr().out)
    assert (done["backups_deleted"], "backups_holding_them" in done) == (2, False)  # today's was made anew
    assert main(["--database", url, "--language", "en", "backup", "x.zip", "--renew"]) == 1
    assert "Say a FILE" in capsys.readouterr().err

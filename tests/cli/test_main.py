import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from typer.main import get_command

from ambassador.cli.main import VERBS, build_app, main
from ambassador.config import settings


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AMBASSADOR_DATA_FOLDER", str(tmp_path))
    monkeypatch.delenv("AMBASSADOR_DATABASE_URL", raising=False)
    monkeypatch.setenv("AMBASSADOR_LANGUAGE", "en")
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


def test_a_new_workspace_is_made_where_there_is_none(
    own_data_folder: Path, capsys: pytest.CaptureFixture
) -> None:
    assert main(["db", "upgrade", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"database": "ambassador", "upgraded": True}
    assert (own_data_folder / "ambassador.db").is_file()


def test_the_database_before_the_verb_wins(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    assert main(["--database", str(tmp_path / "deep" / "team.db"), "db", "upgrade"]) == 0
    assert capsys.readouterr().out == "team is up to date.\n"
    assert (tmp_path / "deep" / "team.db").is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["db", "upgrad"], "upgrad"),
        (["--nonsense"], "--nonsense"),
        (["--database", "mysql://x", "db", "upgrade"], "mysql://x"),
        (["--database", __file__, "db", "upgrade"], "not a database"),
        (["--database", "postgresql://", "db", "upgrade"], "cannot be opened"),
        (["--database", "/no\0where.db", "db", "upgrade"], "cannot be opened"),
        (["run", "--port", "many"], "--port"),
        (["import", "people", "."], "is a folder"),
        (["pick", "--count", "2"], "import people or ties first"),
        (["pick", "--count", "2", "--budget", "1e400"], "no amount of money"),
        (["pick", "--count", "2", "--budget", "5", "--currency", "euros"], "euros is no currency"),
        (["pick", "--count", "2", "--certificate", "1.5"], "--certificate"),
        (["pick", "--count", "2", "--certificate", "nan"], "--certificate"),
        (["forecast", "--pick", "9" * 30], "as large as that"),
        (["people", "list", "--fee", "nan"], "no amount of money"),
        (
            ["campaign", "create", "Q1", "--starts", "2026-05-01", "--ends", "2026-05-02", "--budget", "nan"],
            "nan",
        ),
    ],
)
def test_bad_input_is_one_line_on_stderr_and_exit_code_one(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture
) -> None:
    assert main(arguments) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert said in printed.err


def test_a_refusal_speaks_the_language_asked_for(capsys: pytest.CaptureFixture) -> None:
    assert main(["--language", "xx", "--database", "mysql://x", "db", "upgrade"]) == 1
    assert capsys.readouterr().err.startswith("⟦")


def test_help_speaks_the_language_asked_for(capsys: pytest.CaptureFixture) -> None:
    assert main(["--language", "xx", "run", "--help"]) == 0
    assert "⟦" in capsys.readouterr().out


def test_without_a_verb_the_program_explains_itself(capsys: pytest.CaptureFixture) -> None:
    assert main([]) == 0
    assert "run" in capsys.readouterr().out


def test_a_database_somebody_else_holds_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ambassador.store.database._BUSY_SECONDS", 0)
    monkeypatch.setattr("ambassador.services.work.LOCK_SECONDS", 1)
    path = tmp_path / "team.db"
    assert main(["--database", str(path), "db", "upgrade"]) == 0
    capsys.readouterr()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert main(["--database", str(path), "device", "add", "Q1", "--serial", "S1"]) == 1
    printed = capsys.readouterr()
    assert printed.err == (
        "Somebody else has been writing to the database team for 1 seconds. "
        "Nothing of this change is in: try again in a moment\n"
    )
    assert main(["--database", str(path), "device", "add", "Q1", "--serial", "S1"]) == 0


def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    path = tmp_path / "team.db"
    assert main(["--database", str(path), "db", "upgrade"]) == 0
    capsys.readouterr()
    with closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
        other.commit()
    assert main(["--database", str(path), "db", "upgrade"]) == 1
    assert "newer version of the program (9999)" in capsys.readouterr().err


def test_every_verb_is_found_in_the_module_it_is_listed_with() -> None:
    everything = get_command(build_app())
    assert set(everything.list_commands(None)) == set(VERBS)
    for verb in VERBS:
        assert verb in get_command(build_app(verb)).list_commands(None)


@pytest.mark.parametrize("before", [[], ["--language", "it"], ["--database=x.db", "--language", "en"]])
def test_only_the_module_of_the_verb_asked_for_is_loaded(before: list[str]) -> None:
    script = (
        "import sys; from ambassador.cli.main import main; code = main(sys.argv[1:]); "
        "print('ambassador.cli.results.reports' in sys.modules, "
        "'ambassador.cli.calibration.evaluate' in sys.modules, code)"
    )
    command = [sys.executable, "-c", script, *before, "report", "--help"]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert printed.splitlines()[-1] == "True False 0"

"""``ambassador calibration`` from the shell."""

import json

import pytest

from ambassador.cli.main import main
from ambassador.services.work import UnitOfWork
from tests.services.habits import by_habit


def test_the_shell_says_how_often_ranges_held(
    sqlite_work: UnitOfWork, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = ["--database", sqlite_url, "--language", "en", "calibration"]
    assert main(before) == 0
    assert "Too few cascades" in capsys.readouterr().out
    by_habit(sqlite_work)
    assert main([*before, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["cascades"] == 22
    past = answer["ways"]["past results"]
    assert [one["level"] for one in past["coverage"]] == [50, 80, 90]
    assert past["interval_score"] < answer["ways"]["past sizes, whoever starts"]["interval_score"]
    assert set(answer["evaluate"]) == {"influence", "size", "parents", "missing"}
    assert set(answer["evaluate"]["parents"]) >= {"accuracy", "always_root", "previous_event"}
    assert (
        answer["evaluate"]["size"]["1h"] is None and answer["evaluate"]["missing"]["cascades_by_hours"]["1h"]
    )
    assert main([*before, "--stored", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == answer
    assert main(before) == 0
    assert "80% ranges held" in capsys.readouterr().out

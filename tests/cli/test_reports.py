"""Results, outcomes and reports from the shell."""

import csv
import json
from pathlib import Path

import pytest

from ambassador.cli.main import main
from ambassador.services.work import UnitOfWork
from ambassador.values.forecasts.standing import TIES_WON
from tests.services.story import Story, freeze_forecast, tell

Captured = pytest.CaptureFixture


@pytest.fixture
def story(sqlite_work: UnitOfWork) -> Story:
    told = tell(sqlite_work)
    freeze_forecast(sqlite_work, told, nina=[1, 2])
    return told


def _run(url: str, *arguments: str) -> int:
    return main(["--database", url, "--language", "en", *arguments])


@pytest.mark.parametrize("ending", ["xlsx", "html", "csv"])
def test_a_report_is_written_in_the_form_its_name_ends_in(
    story: Story, sqlite_url: str, tmp_path: Path, capsys: Captured, ending: str
) -> None:
    target = tmp_path / f"report.{ending}"
    assert _run(sqlite_url, "report", "--campaign", "Q1 Launch", "--output", str(target), "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["output"], said["format"], said["bytes"]) == (str(target), ending, target.stat().st_size)


def test_another_ending_is_refused_before_anything_is_written(
    story: Story, sqlite_url: str, tmp_path: Path, capsys: Captured
) -> None:
    assert _run(sqlite_url, "report", "--campaign", "1", "--output", str(tmp_path / "r.pdf")) == 1
    assert "r.pdf should end in .xlsx, .html or .csv" in capsys.readouterr().err
    assert not (tmp_path / "r.pdf").exists()


def test_a_folder_that_is_not_there_is_one_clear_line(
    story: Story, sqlite_url: str, tmp_path: Path, capsys: Captured
) -> None:
    assert _run(sqlite_url, "report", "--campaign", "1", "--output", str(tmp_path / "no" / "r.csv")) == 1
    printed = capsys.readouterr()
    assert "cannot be written" in printed.err
    assert printed.out == ""


def test_an_unknown_campaign_is_one_clear_line(story: Story, sqlite_url: str, capsys: Captured) -> None:
    assert _run(sqlite_url, "results", "--campaign", "Q9") == 1
    assert "Q9" in capsys.readouterr().err


def test_results_are_one_json_value_or_a_line_and_what_leads_in_the_forecast(
    story: Story, sqlite_url: str, capsys: Captured
) -> None:
    assert _run(sqlite_url, "results", "--campaign", "q1 launch", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["total"]["talkers"] == 5
    assert said["total"]["views"]["value"] == 91_000
    assert said["led_by"] == TIES_WON
    assert _run(sqlite_url, "results", "--campaign", "1") == 0
    assert capsys.readouterr().out.splitlines()[1:] == [TIES_WON]


def test_an_outcome_is_logged_once_per_token_and_listed(
    story: Story, sqlite_url: str, capsys: Captured
) -> None:
    order = ["outcome", "add", "--campaign", "1", "--kind", "orders", "--quantity", "4", "--value", "1200,50"]
    order += ["--code", "NINA10", "--day", "2026-05-03", "--token", "t1", "--json"]
    assert _run(sqlite_url, *order) == 0
    first = json.loads(capsys.readouterr().out)
    assert _run(sqlite_url, *order) == 0
    assert json.loads(capsys.readouterr().out) == first
    assert _run(sqlite_url, "outcome", "list", "--campaign", "1", "--json") == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["quantity"], row["value"]["amount"], row["name"]) == (4, 1200.5, "Nina")


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--value", "a lot", "is no amount"),
        ("--day", "12/5", "is no day"),
        ("--quantity", "-2", "below zero"),
    ],
)
def test_bad_values_are_refused_by_name(
    story: Story, sqlite_url: str, capsys: Captured, option: str, value: str, said: str
) -> None:
    arguments = ["outcome", "add", "--campaign", "1", "--kind", "orders", "--quantity", "1", option, value]
    assert _run(sqlite_url, *arguments) == 1
    assert said in capsys.readouterr().err


def test_the_plain_table_has_one_row_per_ambassador_nobodys_and_the_total(
    story: Story, sqlite_url: str, tmp_path: Path
) -> None:
    target = tmp_path / "r.csv"
    assert _run(sqlite_url, "report", "--campaign", "1", "--output", str(target)) == 0
    rows = list(csv.reader(target.read_text(encoding="utf-8-sig").splitlines()))
    assert [row[0] for row in rows[-2:]] == ["Not attributable to anyone", "Total"]
    assert len(rows) == 1 + 4 + 2
    assert {len(row) for row in rows} == {len(rows[0])}

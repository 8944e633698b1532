"""``ambassador case`` from the first word to the solution, in words and as JSON."""

import json
from typing import Any

import pytest

from ambassador.cli.main import main
from ambassador.services.work import UnitOfWork
from tests.services.care.desk import posts


@pytest.fixture
def said(sqlite_work: UnitOfWork, capsys: pytest.CaptureFixture[str]):
    """Give a function that runs a verb with --json and gives the answer, or what was refused."""

    def run(*arguments: str, code: int = 0, plain: bool = False, verb: str = "case") -> Any:
        url, json_too = str(sqlite_work.engine.url), [] if plain else ["--json"]
        capsys.readouterr()
        assert main(["--database", url, "--language", "en", verb, *arguments, *json_too]) == code
        spoken = capsys.readouterr()
        if code:
            return spoken.err
        return spoken.out if plain else json.loads(spoken.out)

    return run


def test_a_case_is_opened_answered_waited_for_and_solved(said) -> None:
    said("hours", "mon-sun 0:00-24:00", "--zone", "Europe/Rome", "--closed", "2026-12-24 Eve")
    assert said("promise", "--first", "2h", "--solution", "2d")[0]["first_minutes"] == 120
    made = said("add", "Where is my parcel?", "--customer", "Ida Neri", "--at", "2026-05-04T09:00+02:00")
    assert (made["id"], made["status"], made["due"]) == (1, "new", "first")
    assert made["due_at"] == "2026-05-04T09:00:00+00:00"
    assert made["late_minutes"] > 0
    answered = said("answer", "1", "On its way", "--wait", "--at", "2026-05-04T10:00+02:00")
    assert (answered["status"], answered["due_at"]) == ("waiting", None)
    shown = said("show", "1")
    assert [one["minutes"] for one in shown["clocks"]] == [60, 60]
    assert shown["clocks"][0]["is_kept"] is True
    assert said("said", "1", "Thanks")["status"] == "open"
    assert said("solve", "1", "--note", "by telephone")["status"] == "solved"
    assert said("rate", "1", "5", "--note", "quick")["satisfaction"] == 5
    assert said("list")["cases"] == []
    assert [one["id"] for one in said("list", "--status", "all")["cases"]] == [1]
    assert "cannot become" in said("wait", "1", code=1)
    assert said("reopen", "1")["status"] == "reopened"
    said(verb="undo")
    assert said("show", "1")["status"] == "solved"
    said("minutes", "1", "9")
    said("minutes", "1", "20", "--entry", "2")
    assert [one["minutes"] for one in said("show", "1")["events"] if one["minutes"]] == [20, 9]
    assert "whole minutes" in said("minutes", "1", "0", code=1)


def test_cases_come_from_mentions_and_are_merged_split_and_linked(said, sqlite_work: UnitOfWork) -> None:
    posts(sqlite_work)
    assert "--waiting" in said("open", code=1)
    opened = said("open", "--waiting", "--owner", "sara")
    assert said("open", "--waiting") == []
    assert [one["mention"] for one in opened] == [1, 2, 4]
    assert [(one["case"], one["is_new"]) for one in opened] == [(1, True), (2, True), (3, True)]
    assert said("edit", "3", "--priority", "high", "--owner", "none", "--private")["owner"] == ""
    assert said("merge", "1", "2")["id"] == 1
    events = [one["id"] for one in said("show", "1")["events"] if one["from_case"] == 2]
    assert said("split", "1", str(events[0]))["id"] == 4
    said("link", "1", "3")
    assert said("show", "3")["linked"] == [1]
    assert said("note", "3", "Ask the shop")["id"] == 3
    assert "1  complaint  new" in said("list", plain=True)
    assert "It does not start" in said("show", "1", plain=True)


def test_hours_and_promises_are_told_and_mistakes_in_them_too(said) -> None:
    assert "always open" in said("hours", plain=True)
    assert "Nothing is promised yet." in said("promises", plain=True)
    assert "says no days" in said("hours", "workdays 9-5", code=1)
    assert "is no length of time" in said("promise", "--first", "soon", code=1)
    said("promise", "--kind", "crisis", "--first", "30m", "--wall")
    assert "crisis: first answer within 30m (by the clock)" in said("promises", plain=True)
    assert said("promise", "--kind", "crisis", "--remove") == []
    assert said("hours", "mon-fri 9-13, 14-18")["hours"].startswith("mon 09:00-13:00, 14:00-18:00; tue")
    assert said("hours", "none")["hours"] == ""
    assert "not both" in said("answer", "1", "x", "--wait", "--solve", code=1)


def test_answers_are_kept_ready_in_two_languages_and_filled_for_a_case(said) -> None:
    said("add", "Where?", "--customer", "Ida Neri")
    assert said("keep", "Parcel", "Dear {customer}, case {case}: {subject}")["is_new"] is True
    assert said("keep", "parcel", "Gentile {customer}", "--in", "it")["is_new"] is True
    assert said("keep", "Parcel", "Dear {customer}, case {case} {subject}")["is_new"] is False
    assert said("ready", "Parcel", "--case", "1")["text"] == "Dear Ida Neri, case 1 {subject}"
    assert said("ready", "Parcel", "--case", "1", "--in", "it")["text"] == "Gentile Ida Neri"
    assert len(said("ready")) == 2
    assert "Nothing fills {x}" in said("keep", "Parcel", "Dear {x}", code=1)
    assert "no language" in said("keep", "Parcel", "Dear", "--in", "xx", code=1)
    said("drop", "Parcel", "--in", "it")
    assert "Gentile" not in said("ready", plain=True)


def test_waits_are_told_by_week_and_before_and_after_a_change(said) -> None:
    for day, hours in ((4, 6), (5, 7), (6, 8), (18, 1), (19, 2), (20, 3)):
        number = said(
            "add", "Where?", "--customer", f"c{day}", "--owner", "sara", "--at", f"2026-05-{day:02}T08:00"
        )
        said("answer", str(number["id"]), "Here", "--at", f"2026-05-{day:02}T{8 + hours:02}:00")
    days = ("--since", "2026-05-04", "--until", "2026-05-24", "--clock", "first")
    found = said("waits", *days, "--changed", "2026-05-11")
    assert [(row["group"], row["began"], row["median_hours"]) for row in found["rows"]] == [
        ("2026-05-04", 3, 7.0),
        ("2026-05-18", 3, 2.0),
    ]
    (change,) = found["changes"]
    assert (change["verdict"], change["before"]["median_hours"]) == ("shorter", 7.0)
    assert "half within 7.0 h" in said("waits", *days, plain=True)
    assert "sara  first answer" in said("waits", *days, "--by", "owner", plain=True)
    assert "is later than" in said("waits", "--since", "2026-06-01", "--until", "2026-05-01", code=1)


def test_a_file_of_messages_is_brought_in_once_and_taken_back(said, tmp_path) -> None:
    file = tmp_path / "today.csv"
    file.write_text("customer,email,message,channel\nIda,i@example.org,Where?,email\nUgo,,Hm?,pigeon\n")
    found = said("import", str(file), "--owner", "sara")
    assert (found["opened"], found["known"], [row["line"] for row in found["rejected"]]) == ([1], 0, [3])
    assert "no column says when they came: taken as now" in found["notes"]
    assert (said("import", str(file))["known"], said("show", "1")["owner"]) == (1, "sara")
    assert "could not be used" in said("import", str(file), plain=True)
    assert "cannot be read" in said("import", str(tmp_path / "none.csv"), code=1)


def test_cases_of_a_file_are_taken_back_together(said, tmp_path) -> None:
    file = tmp_path / "today.csv"
    file.write_text("customer,message\nIda,Where?\nUgo,When?\n")
    assert said("import", str(file))["opened"] == [1, 2]
    said(verb="undo")
    assert said("list", "--status", "all")["cases"] == []
    assert said("import", str(file))["known"] == 0

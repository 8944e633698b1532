"""The verbs about people."""

import json
from typing import Any

import pytest

from ambassador.cli.main import main
from ambassador.services.work import UnitOfWork, open_workspace
from tests.people_samples import made


@pytest.fixture
def shop(sqlite_url: str) -> UnitOfWork:
    work = open_workspace(sqlite_url, actor="tester")
    made(work, "anna", city="Bari", fee_minor=20_000, fee_currency="EUR", figures={"followers": 900})
    made(work, "bea", city="Roma")
    yield work
    work.engine.dispose()


def _said(capsys: pytest.CaptureFixture[str], url: str, *arguments: str, code: int = 0) -> Any:
    assert main(["--database", url, "people", *arguments, "--json"]) == code
    out = capsys.readouterr().out
    return json.loads(out) if code == 0 else out


def test_people_are_listed_and_unknown_is_null(
    shop: UnitOfWork, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = _said(capsys, sqlite_url, "list")
    assert [(row["name"], row["followers"], row["fee"]) for row in rows] == [
        ("Anna", 900, {"amount": 200.0, "currency": "EUR"}),
        ("Bea", None, None),
    ]
    assert [row["name"] for row in _said(capsys, sqlite_url, "list", "--city", "Bari", "--fee", "200")] == [
        "Anna"
    ]
    assert _said(capsys, sqlite_url, "list", "--search", "nobody") == []


def test_one_person_is_shown_by_handle_or_number(
    shop: UnitOfWork, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _said(capsys, sqlite_url, "show", "instagram:anna")["row"]["city"] == "Bari"
    assert _said(capsys, sqlite_url, "show", "#2")["row"]["name"] == "Bea"


def test_people_are_merged_into_the_first(
    shop: UnitOfWork, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _said(capsys, sqlite_url, "merge", "anna", "bea", "--reason", "same mail") == {
        "kept": 1,
        "merges": [1],
    }
    assert [row["handles"] for row in _said(capsys, sqlite_url, "list")] == [
        ["instagram:anna", "instagram:bea"]
    ]


def test_erasing_asks_first(shop: UnitOfWork, sqlite_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--database", sqlite_url, "people", "erase", "anna"]) == 1
    assert "--yes" in capsys.readouterr().err
    assert _said(capsys, sqlite_url, "erase", "anna", "--yes") == {"erased": 1, "posts": 0}
    assert [row["name"] for row in _said(capsys, sqlite_url, "list")] == ["Bea"]


@pytest.mark.parametrize(
    "arguments", [["show", "zoe"], ["show", "#99"], ["list", "--fee", "much"], ["merge", "anna"]]
)
def test_bad_input_is_one_clear_line(
    shop: UnitOfWork, sqlite_url: str, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert main(["--database", sqlite_url, "people", *arguments]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1

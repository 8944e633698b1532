"""Perimeters and views from the shell."""

import json

import pytest

from ambassador.cli.main import main
from tests.services.talk import Talk


@pytest.fixture
def said(sqlite_url, capsys):
    """Give a function that runs a verb with --json and gives the answer."""

    def run(*arguments: str, code: int = 0):
        assert main(["--database", sqlite_url, "--language", "en", *arguments, "--json"]) == code
        spoken = capsys.readouterr()
        return json.loads(spoken.out) if code == 0 else spoken.err

    return run


@pytest.fixture
def talk(sqlite_work):
    talk = Talk(sqlite_work)
    talk.post("a", "lia", "#q1brezza la brezza")
    talk.post("b", "ugo", "brezze!", at=1)
    talk.post("c", "eva", "una camera", at=30)
    return talk


def test_a_perimeter_is_previewed_made_edited_counted_and_archived(talk, said) -> None:
    found = said("perimeter", "preview", "--words", "brezza", "--languages", "it")
    assert (found["mentions"], found["of"], found["without_language"]) == (0, 3, 3)
    added = said("perimeter", "add", "Ours", "--kind", "product", "--words", "brezza, so light")
    assert (added["ref"], added["mentions"], added["kind"]) == ("1", 2, "product")
    edited = said("perimeter", "edit", "ours", "--hashtags", "Q1brezza", "--words", "none")
    assert edited["rule"]["hashtags"] == ["#q1brezza"] and edited["rule"]["words"] == []
    assert [one["version"] for one in edited["versions"]] == [2, 1]
    assert [row["handle"] for row in said("mentions", "list", "--perimeter", "Ours")] == ["lia"]
    (row,) = said("mentions", "list", "--search", "@lia")
    assert row["perimeters"] == ["Ours"]
    counts = said("perimeter", "counts", "--since", "2026-05-01", "--until", "2026-05-31")
    assert [(one["name"], one["in_days"]) for one in counts["perimeters"]] == [("Ours", 1), ("Q1 Launch", 1)]
    said("undo")
    assert said("perimeter", "show", "1")["version"] == 1
    said("perimeter", "archive", "Ours")
    assert [one["name"] for one in said("perimeter", "list")] == ["Q1 Launch"]
    assert said("perimeter", "list", "--archived")[0]["archived_at"]


def test_the_rule_of_a_campaign_is_edited_by_its_name(talk, said) -> None:
    said("perimeter", "edit", "Q1 Launch", "--words", "una camera")
    said("mentions", "match")
    assert {row["handle"] for row in said("mentions", "list", "--perimeter", "q1 launch")} == {"lia", "eva"}
    assert said("campaign", "show", "Q1 Launch")["rule"]["rule"]["keywords"] == ["una camera"]


def test_a_view_is_kept_listed_used_and_let_go(talk, said) -> None:
    said("perimeter", "add", "Ours", "--words", "brezza")
    kept = said("view", "save", "Here", "--perimeter", "Ours", "--search", "la")
    assert (kept["perimeter"], kept["search"]) == ("1", "la")
    assert [row["handle"] for row in said("mentions", "list", "--view", "here")] == ["lia"]
    assert [row["handle"] for row in said("mentions", "list", "--view", "here", "--search", "brezze")] == [
        "ugo",
        "lia",
    ]
    assert said("view", "remove", "Here")["removed"]
    assert said("view", "list") == []


def test_what_cannot_be_watched_says_what_to_do(talk, said) -> None:
    assert "name words, hashtags" in said("perimeter", "add", "Ours", code=1)
    assert "no perimeter or campaign" in said("mentions", "list", "--perimeter", "nope", code=1)
    assert said("perimeter", "add", "All", "--everything")["mentions"] == 3
    assert "There is no view called nope" in said("mentions", "list", "--view", "nope", code=1)

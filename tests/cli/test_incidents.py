"""Incidents from the shell."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from ambassador.cli.main import main
from ambassador.services.mentions.refresh import refresh_mentions
from tests.services.incidents.worlds import BEGINS, BURST, World, hours


@pytest.fixture
def said(sqlite_url, capsys):
    """Give a function that runs a verb, in words or with --json, and gives the answer."""

    def run(*arguments: str, code: int = 0, as_json: bool = True):
        more = ("--json",) if as_json else ()
        assert main(["--database", sqlite_url, "--language", "en", *arguments, *more]) == code
        spoken = capsys.readouterr()
        if code:
            return spoken.err
        return json.loads(spoken.out) if as_json else spoken.out

    return run


def test_preview_watch_list_show_dismiss_reopen_close_and_undo(sqlite_work, said) -> None:
    world = World(replace(sqlite_work, now=lambda: BEGINS + timedelta(days=60)))
    assert "Nothing is watched yet" in said("incident", "list", as_json=False)
    assert "Too little past" in said("incident", "preview", "Brand", as_json=False)
    world.past(50.6, 1)
    world.posts([BURST], "brezza: lo schermo si rompe", authors=("zoe",))
    world.burst(30, at=BURST + hours(0.1), parent=f"p{world.count}", text="brezza, anche a me lo schermo")
    refresh_mentions(world.work)
    spike = said("incident", "preview", "Brand", "--kinds", "spike")["kinds"][0]
    assert len(spike["alarms"]) >= 1 and 0 < spike["false_share"] <= 1
    assert said("incident", "list")["incidents"] == []
    watched = said("incident", "watch", "Brand", "--kinds", "spike")
    assert [list(one["since"]) for one in watched["versions"]] == [["spike"]]
    (card,) = said("incident", "list")["incidents"]
    assert (card["posts"], card["handle"]) == (31, "zoe")
    number = str(card["id"])
    shown = said("incident", "show", number)
    assert shown["people"] == 5 and "schermo" in shown["words"] and shown["outlook"]["seen"] == 31
    assert "Words that lead" in said("incident", "show", number, as_json=False)
    assert "why" in said("incident", "dismiss", number, " ", code=1)
    assert said("incident", "dismiss", number, "a test")["status"] == "dismissed"
    assert said("incident", "reopen", number)["status"] == "open"
    assert said("incident", "close", number, "--note", "answered")["reason"] == "answered"
    said("undo")
    assert said("incident", "show", number)["status"] == "open"
    assert said("incident", "watch", "Brand", "--off")["versions"][0]["since"] == {}
    assert "no incident number 99" in said("incident", "show", "99", code=1)

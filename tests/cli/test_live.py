"""``ambassador watch``, ``fetch`` and ``follow``, in the shell."""

import json
import os
import signal
import subprocess
import sys
from typing import Any

import pytest

from ambassador.cli.main import main
from ambassador.services.live import list_watches
from ambassador.services.work import UnitOfWork
from tests.live_server import comments, live_server


@pytest.fixture
def said(sqlite_work: UnitOfWork, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """Give a function that runs a verb with --json and gives the answer, or what was refused."""
    monkeypatch.setenv("AMBASSADOR_YOUTUBE_KEY", "hidden")

    def run(*arguments: str, code: int = 0, plain: bool = False) -> Any:
        url, json_too = str(sqlite_work.engine.url), [] if plain else ["--json"]
        capsys.readouterr()
        assert main(["--database", url, "--language", "en", *arguments, *json_too]) == code
        spoken = capsys.readouterr()
        if code and not spoken.out:
            return spoken.err
        return spoken.out if plain else json.loads(spoken.out)

    return run


def test_what_is_followed_is_added_run_listed_and_removed(said) -> None:
    assert {"name": "youtube"}.items() <= next(
        one for one in said("watch", "sources") if one["name"] == "youtube"
    ).items()
    with live_server(comments(14)) as server:
        made = said(
            "watch", "add", "youtube", "video", "vid-brezza1", "--server", server.url, "--every", "30"
        )
        assert (made["id"], made["every_minutes"], made["rows"]) == (1, 30, 0)
        assert "not run yet" in said("watch", "list", plain=True)
        (ran,) = said("fetch")
    assert (ran["rows"], ran["added"], ran["refused"], ran["failure"], ran["stopped"]) == (
        27,
        27,
        0,
        None,
        False,
    )
    assert "27 rows: 27 added" in said("watch", "list", plain=True)
    assert said("watch", "remove", "1") == {"id": 1, "removed": True}
    assert said("watch", "list") == []
    assert "no live source number 7" in said("fetch", "7", code=1)


def test_a_run_that_fails_says_why_and_ends_with_one(said) -> None:
    with live_server(lambda _: (403, {}, {"echo": "hidden"})) as server:
        said("watch", "add", "youtube", "video", "vid-brezza1", "--server", server.url)
        told = said("fetch", code=1)
    assert "does not let you in (answer 403)" in told[0]["failure"]


@pytest.mark.slow
def test_following_ends_cleanly_when_it_is_asked_to(said, sqlite_work: UnitOfWork) -> None:
    with live_server(comments(14)) as server:
        said("watch", "add", "youtube", "video", "vid-brezza1", "--server", server.url)
        command = [
            sys.executable,
            "-m",
            "ambassador",
            "--database",
            str(sqlite_work.engine.url),
            "follow",
            "--json",
        ]
        with subprocess.Popen(
            command, env=os.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as running:
            assert running.stdout is not None and running.stderr is not None
            line = json.loads(running.stdout.readline())
            running.send_signal(signal.SIGTERM)
            assert running.wait(20) == 0
            assert running.stderr.read().strip() in {"Stopped.", "Fermato."}
    assert line["added"] == 27
    assert list_watches(sqlite_work)[0].ended_at is not None

"""Every secret of every live source is looked for wherever something is kept or shown."""

import logging
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from ambassador.cli.main import main
from ambassador.services.live import add_watch, list_sources, list_watches
from ambassador.ui.kit.workspace import current_work
from ambassador.values.live import Watched
from tests.live_server import Asked, LiveServer, Said, live_server
from tests.services.live.bluesky_view import TOKEN
from tests.ui.conftest import OpenApp
from tests.ui.imports.test_imports_page import _PATIENCE, button

SECRETS = {
    "AMBASSADOR_BLUESKY_PASSWORD": "b1uesky-that-nobody-may-see",
    "AMBASSADOR_MASTODON_TOKEN": "m4stodon-that-nobody-may-see",
    "AMBASSADOR_YOUTUBE_KEY": "y0utube-that-nobody-may-see",
}
NAMES = {"AMBASSADOR_BLUESKY_HANDLE", "AMBASSADOR_BLUESKY_SERVER", "AMBASSADOR_MASTODON_SERVER"}
"""What is set beside them and is no secret."""
LOOKED_FOR = (*SECRETS.values(), TOKEN)
FOLLOWED = (
    ("bluesky", "hashtag", "brezza"),
    ("mastodon", "hashtag", "brezza"),
    ("mastodon", "followers", "nina"),
    ("youtube", "video", "vid-brezza1"),
)
ECHOES = (401, 302, 200, 404)


@pytest.fixture
def echo(monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveServer]:
    """Serve what answers with the secrets it was given, in ever another way, and lets in whoever logs in."""
    asked: list[Asked] = []

    def answer(one: Asked) -> Said:
        if one.path.endswith("createSession"):
            return 200, {}, {"accessJwt": TOKEN, "password": one.body}
        asked.append(one)
        status = ECHOES[len(asked) % len(ECHOES)]
        told = f"{one.headers} {LOOKED_FOR}"
        return status, {"X-Echo": told, "Location": f"http://127.0.0.1/{LOOKED_FOR[0]}"}, told.encode()

    with live_server(answer) as server:
        for name, value in SECRETS.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("AMBASSADOR_BLUESKY_HANDLE", "nina.example")
        monkeypatch.setenv("AMBASSADOR_BLUESKY_SERVER", server.url)
        monkeypatch.setenv("AMBASSADOR_MASTODON_SERVER", server.url)
        yield server


def shown(app: AppTest) -> str:
    """Give all that a page holds: what was sent to the browser, tables too."""

    def walk(node: Any) -> Iterator[str]:
        if hasattr(node, "proto"):
            yield str(node.proto)
        for one in getattr(node, "children", {}).values():
            yield from walk(one)

    return "".join(walk(app._tree))


def test_every_secret_is_looked_for() -> None:
    named = {name for one in list_sources() for name in one.settings}
    assert named == SECRETS.keys() | NAMES


def test_no_secret_is_kept_told_logged_or_shown(
    open_app: OpenApp,
    echo: LiveServer,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
    workspace: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    app = open_app("imports")
    for source, what, target in FOLLOWED:
        add_watch(current_work(), Watched(source, what, target, echo.url))
    seen = ""
    for _ in ECHOES:
        button(app.run(), "Run all now").click().run()
        for _ in range(_PATIENCE):
            if app.warning or app.error or app.success:
                break
            time.sleep(0.05)
            app.run()
        seen += shown(app)
    for verb in (["watch", "list"], ["fetch"], ["watch", "sources"]):
        main(["--database", workspace, *verb, "--json"])
        main(["--database", workspace, *verb])
    told = "".join(capsys.readouterr())
    sent = "".join(f"{one.headers} {one.query} {one.body}" for one in echo.asked)
    assert all(one in sent for one in LOOKED_FOR), "each has to have been used"
    assert all(watch.failure for watch in list_watches(current_work()))
    assert "brezza" in seen and "brezza" in told
    for secret in LOOKED_FOR:
        assert secret not in seen, "on the page"
        assert secret not in told, "by the shell"
        assert secret not in caplog.text, "in a log"
        for path in tmp_path.rglob("*"):
            assert not path.is_file() or secret.encode() not in path.read_bytes(), path

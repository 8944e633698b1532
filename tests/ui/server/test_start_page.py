"""An address nobody serves leads to the start page, with its query; nothing else is touched."""

import asyncio
from typing import Any

import pytest

from ambassador.ui.server.start_page import StartPage

DOCUMENT = "text/html,application/xhtml+xml"


async def _app(_scope: dict[str, Any], _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"page"})


def answer(path: str, *, accept: str = DOCUMENT, base: str = "", query: str = "") -> tuple[int, str]:
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    scope: dict[str, Any] = {"type": "http", "method": "GET", "path": path, "query_string": query.encode()}
    scope["headers"] = [(b"accept", accept.encode())]
    asyncio.run(StartPage(_app, pages=["people"], base=base)(scope, receive, send))
    return sent[0]["status"], dict(sent[0]["headers"]).get(b"location", b"").decode()


@pytest.mark.parametrize("path", ["/home", "/home/", "/nothing", "/people/nina", "/%3Cscript%3E", "//evil"])
def test_an_unknown_page_is_the_start_page(path: str) -> None:
    assert answer(path) == (307, "/")


def test_the_query_goes_along_and_so_does_the_place_the_app_is_mounted_at() -> None:
    assert answer("/home", query="campaign=2") == (307, "/?campaign=2")
    assert answer("/team/home", base="team") == (307, "/team/")
    assert answer("/team/people", base="team")[0] == 200
    assert answer("/team", base="team")[0] == 200


@pytest.mark.parametrize(
    "path", ["/", "/people", "/people/", "/_stcore/health", "/media/report.html", "/static/js/a.js", "/a.png"]
)
def test_what_is_served_is_served(path: str) -> None:
    assert answer(path)[0] == 200


def test_what_a_page_fetches_is_left_alone() -> None:
    assert answer("/home/_stcore/health", accept="*/*")[0] == 200

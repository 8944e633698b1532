"""Who is let in: the app's own pages under its own names, and nobody else."""

import asyncio
import socket
from typing import Any

import pytest

from ambassador.ui.server.admission import Admission, may_enter


async def _app(scope: dict[str, Any], _receive: Any, send: Any) -> None:
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"people"})
    else:
        await send({"type": "websocket.accept"})


def answer(kind: str, **headers: str) -> list[dict[str, Any]]:
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": f"{kind}.connect"}

    given = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": kind, "path": "/", "method": "GET", "headers": given}
    asyncio.run(Admission(_app, names=["Team.Example"])(scope, receive, send))
    return sent


@pytest.mark.parametrize(
    ("host", "origin", "enters"),
    [
        ("localhost:8501", None, True),
        ("localhost:8501", "http://localhost:8501", True),
        ("127.0.0.1:8501", "http://127.0.0.1:8501", True),
        ("[::1]:8501", "http://[::1]:8501", True),
        ("192.168.1.7", "http://192.168.1.7", True),
        (socket.gethostname() + ":8501", None, True),
        ("team.example", "https://team.example", True),
        ("localhost:8501", "https://team.example", True),  # a proxy that does not keep the name
        ("rebound.example:8501", None, False),
        ("rebound.example:8501", "http://rebound.example:8501", False),
        ("localhost.rebound.example", None, False),
        ("127.0.0.1.rebound.example", None, False),
        ("localhost:8501", "http://localhost:3000", False),
        ("localhost:8501", "http://127.0.0.1:8501", False),
        ("localhost:8501", "https://elsewhere.example", False),
        ("localhost:8501", "null", False),
        ("localhost:8501", "", False),
        ("", None, False),
        ("[::1", None, False),
        ("localhost@rebound.example", None, False),
    ],
)
def test_only_the_apps_own_pages_under_its_own_names_enter(
    host: str, origin: str | None, *, enters: bool
) -> None:
    assert may_enter(host, origin, {"team.example"}) is enters


def test_a_stranger_gets_no_page_and_no_socket() -> None:
    page = answer("http", host="rebound.example")
    assert page[0]["status"] == 403
    assert b"people" not in page[1]["body"]
    assert answer("websocket", host="localhost", origin="http://localhost:3000")[0]["code"] == 1008


def test_every_answer_forbids_frames_and_pictures_from_elsewhere() -> None:
    start = answer("http", host="team.example")[0]
    headers = dict(start["headers"])
    assert start["status"] == 200
    policy = headers[b"content-security-policy"].decode()
    assert "frame-ancestors 'self'" in policy
    assert "img-src 'self' data: blob:" in policy
    assert headers[b"x-frame-options"] == b"SAMEORIGIN"
    assert headers[b"referrer-policy"] == b"no-referrer"


def test_the_apps_own_socket_opens() -> None:
    assert answer("websocket", host="localhost:8501", origin="http://localhost:8501")[0]["type"] == (
        "websocket.accept"
    )

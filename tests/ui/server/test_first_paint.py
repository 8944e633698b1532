"""The first answer of the server shows the product's name by itself; every other answer is left as it was."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
import streamlit

from ambassador.ui.server import app as served
from ambassador.ui.server.first_paint import EMPTY, NAME, PAGE, UNNAMED, FirstPaint

INDEX = (Path(streamlit.__file__).parent / "static" / "index.html").read_bytes()
HTML = "text/html; charset=utf-8"


def answer(
    body: bytes, kind: str = HTML, *, accept: str = "text/html,*/*", method: str = "GET", pieces: int = 2
) -> tuple[dict[bytes, bytes], bytes, dict[bytes, bytes]]:
    """Give the headers and the body that come out, and the headers the app was asked with."""
    sent: list[dict[str, Any]] = []
    asked: dict[bytes, bytes] = {}

    async def app(scope: dict[str, Any], _receive: Any, send: Any) -> None:
        asked.update(scope["headers"])
        headers = [(b"content-type", kind.encode()), (b"etag", b'"1"'),
                   (b"content-length", str(len(body)).encode())]  # fmt: skip
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        size = -(-len(body) // pieces)
        for place in range(pieces):
            piece = body[place * size : (place + 1) * size]
            await send({"type": "http.response.body", "body": piece, "more_body": place + 1 < pieces})

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    scope: dict[str, Any] = {"type": "http", "method": method, "path": "/"}
    scope["headers"] = [(b"accept", accept.encode()), (b"if-none-match", b'"1"')]
    asyncio.run(FirstPaint(app)(scope, receive, send))
    return dict(sent[0]["headers"]), b"".join(message["body"] for message in sent[1:]), asked


def test_the_page_of_streamlit_has_the_places_the_paint_goes_to() -> None:
    assert INDEX.count(EMPTY) == 1
    assert INDEX.count(UNNAMED) == 1


@pytest.mark.parametrize("pieces", [1, 3])
def test_the_page_shows_the_name_before_any_script(pieces: int) -> None:
    headers, body, asked = answer(INDEX, pieces=pieces)
    assert PAGE in body
    assert f"<title>{NAME}</title>".encode() in body
    assert int(headers[b"content-length"]) == len(body)
    assert b"etag" not in headers, "an older page must not be taken for this one"
    assert b"if-none-match" not in asked


@pytest.mark.parametrize(
    ("body", "kind", "accept", "method"),
    [
        (INDEX, "text/plain", "text/html", "GET"),
        (INDEX, HTML, "*/*", "GET"),
        (INDEX, HTML, "text/html", "POST"),
        (b"<p>a report</p>", HTML, "text/html", "GET"),
    ],
)
def test_what_is_not_the_page_is_handed_on(body: bytes, kind: str, accept: str, method: str) -> None:
    headers, came, _ = answer(body, kind, accept=accept, method=method)
    assert came == body
    assert headers[b"etag"] == b'"1"'


def test_no_folder_of_pages_stands_beside_the_script_that_is_served() -> None:
    folder = Path(served.__file__).parent
    assert (folder / "front_script.py").is_file()
    assert not (folder / "pages").exists()

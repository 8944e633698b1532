"""A small server on this machine that answers as somebody scripted it, and remembers what it was asked."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Said = tuple[int, dict[str, str], Any]
"""Status, headers, and what is written as JSON, or bytes as they are."""


@dataclass
class Asked:
    """One request."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]
    lists: dict[str, list[str]] = field(default_factory=dict)
    """All values of each name of the query."""
    body: str = ""


@dataclass
class LiveServer:
    """The server: ``answer`` says what comes back."""

    answer: Callable[[Asked], Said] = lambda _: (404, {}, {})
    asked: list[Asked] = field(default_factory=list)
    url: str = ""


@contextmanager
def live_server(answer: Callable[[Asked], Said]) -> Iterator[LiveServer]:
    """Serve on loopback for a while."""
    kept = LiveServer(answer)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            lists = parse_qs(parts.query)
            query = {name: values[0] for name, values in lists.items()}
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length", "0"))).decode()
            one = Asked(parts.path, query, headers, lists, body)
            kept.asked.append(one)
            status, told, said = kept.answer(one)
            found = said if isinstance(said, bytes) else json.dumps(said).encode()
            self.send_response(status)
            for name, value in {"Content-Length": str(len(found)), **told}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(found)

        do_POST = do_GET  # noqa: N815 - the name of the library

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        kept.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield kept
        finally:
            server.shutdown()
            thread.join()


def comments(
    count: int, *, per_page: int = 4, video: str = "vid-brezza1", newest_first: bool = False
) -> Callable[[Asked], Said]:
    """Answer as YouTube documents it: threads page by page, with some of the answers, all when asked for."""

    def comment(name: str, author: str, minute: int, parent: str = "") -> dict[str, Any]:
        said = {
            "authorDisplayName": f"@{author}",
            "authorChannelId": {"value": f"UC{author}"},
            "textOriginal": f"{name} of #brezza",
            "publishedAt": f"2026-05-03T10:{minute:02d}:00Z",
            "likeCount": minute,
            "videoId": video,
        }
        return {"id": name, "snippet": said | ({"parentId": parent} if parent else {})}

    def answers(number: int) -> list[dict[str, Any]]:
        above = f"c{number}"
        return [comment(f"{above}.{n}", f"b{n}", number + n + 1, above) for n in range(number % 3)]

    def thread(number: int) -> dict[str, Any]:
        top, below = comment(f"c{number}", f"a{number % 5}", number), answers(number)
        snippet = {"topLevelComment": top, "videoId": video, "totalReplyCount": len(below)}
        return {"snippet": snippet} | ({"replies": {"comments": below[:1]}} if below else {})

    def answer(asked: Asked) -> Said:
        if asked.path.endswith("/comments"):
            return 200, {}, {"items": answers(int(asked.query["parentId"][1:]))}
        first = int(asked.query.get("pageToken", "0"))
        order = list(reversed(range(count)) if newest_first else range(count))
        page: dict[str, Any] = {"items": [thread(n) for n in order[first : first + per_page]]}
        return 200, {}, page | ({"nextPageToken": str(first + per_page)} if first + per_page < count else {})

    return answer

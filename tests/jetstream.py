"""What Jetstream says, after its documentation, from a server on this machine."""

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from websockets.sync.server import ServerConnection, serve

from tests.services.live.bluesky_view import POST, REPOST, address, did

Said = str | bytes | None
"""A message, or None where the server ends the stream."""


def posted(name: str, key: str, number: int, text: str, **more: Any) -> str:
    """Tell of a post."""
    value = {"$type": POST, "text": text, "createdAt": f"2026-05-03T10:{number:02d}:00Z", **more}
    return _made(name, key, number, POST, value)


def shared(name: str, key: str, number: int, subject: str) -> str:
    """Tell of a share."""
    value = {"$type": REPOST, "subject": {"uri": subject}, "createdAt": f"2026-05-03T10:{number:02d}:00Z"}
    return _made(name, key, number, REPOST, value)


def _made(name: str, key: str, number: int, collection: str, value: Any) -> str:
    commit = {"operation": "create", "collection": collection, "rkey": key, "record": value, "cid": key}
    return json.dumps({"did": did(name), "time_us": moment(number), "kind": "commit", "commit": commit})


def moment(number: int) -> int:
    """Give the place of a message in the stream."""
    return 1_777_802_400_000_000 + 60_000_000 * number


def talk() -> list[str]:
    """Tell of a talk under a hashtag, and of what has nothing to do with it."""
    first = address("nina", "3a")
    under = {"parent": {"uri": first}, "root": {"uri": first}}
    deeper = {"parent": {"uri": address("leo", "3c")}, "root": {"uri": first}}
    return [
        posted("nina", "3a", 1, "hello #Brezza"),
        posted("ugo", "3b", 2, "nothing of it"),
        posted("leo", "3c", 3, "so nice", reply=under),
        posted("eva", "3d", 4, "yes", reply=deeper),
        posted("pia", "3e", 5, "look", embed={"record": {"uri": first}}),
        shared("ida", "3f", 6, first),
        posted("ugo", "3g", 7, "marked", facets=[{"features": [{"tag": "brezza"}]}]),
        shared("ida", "3h", 8, address("ugo", "3b")),
    ]


@dataclass
class Stream:
    """The server."""

    messages: Sequence[Said]
    asked: list[dict[str, list[str]]] = field(default_factory=list)
    url: str = ""


@contextmanager
def jetstream(messages: Sequence[Said]) -> Iterator[Stream]:
    """Serve messages to whoever asks, those after the cursor."""
    kept = Stream(messages)

    def tell(connection: ServerConnection) -> None:
        query = parse_qs(urlsplit(connection.request.path if connection.request else "").query)
        kept.asked.append(query)
        after = int(query.get("cursor", ["0"])[0])
        for one in kept.messages:
            if one is None:
                return
            known = json.loads(one).get("time_us", after) if isinstance(one, str) and one[0] == "{" else after
            if known >= after:
                connection.send(one)
        for _ in connection:
            pass

    with serve(tell, "127.0.0.1", 0) as server:
        kept.url = f"http://127.0.0.1:{server.socket.getsockname()[1]}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield kept
        finally:
            server.shutdown()
            thread.join()

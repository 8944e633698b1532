"""Bluesky's own servers, a directory and a PDS, on this machine; accounts talk there as programs do."""

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

HERE = Path(__file__).with_name("bluesky")
LEFT_OUT = "Bluesky's servers are not here: Node 20 and `npm ci` in tests/bluesky bring them"
PASSWORD = "p4ss-that-nobody-may-see"  # noqa: S105 - of accounts of a test


def packages() -> Path | None:
    """Find the folder under which npm put the servers; None where it or Node is missing."""
    place = Path(os.environ.get("BLUESKY_SERVERS") or HERE)
    found = (place / "node_modules" / "@atproto" / "pds" / "package.json").is_file()
    return place if found and shutil.which("node") else None


@dataclass
class Bluesky:
    """The PDS."""

    url: str

    def ask(self, method: str, body: Mapping[str, Any], token: str = "") -> dict[str, Any]:
        """Call a procedure of the server."""
        headers = {"Content-Type": "application/json"} | (
            {"Authorization": f"Bearer {token}"} if token else {}
        )
        request = Request(f"{self.url}/xrpc/{method}", json.dumps(body).encode(), headers)  # noqa: S310
        with urlopen(request, timeout=30) as answer:  # noqa: S310 - on this machine
            found: dict[str, Any] = json.load(answer)
        return found

    def member(self, name: str) -> "Member":
        """Open an account."""
        account = {"handle": f"{name}.test", "email": f"{name}@example.org", "password": PASSWORD}
        told = self.ask("com.atproto.server.createAccount", account)
        return Member(self, str(told["did"]), f"{name}.test", str(told["accessJwt"]))


@dataclass
class Member:
    """An account and what it does."""

    server: Bluesky
    did: str
    handle: str
    token: str

    def post(self, text: str, minute: int, **more: Any) -> dict[str, str]:
        """Post something, and give its address and hash, by which others point at it."""
        return self.put("app.bsky.feed.post", {"text": text, **more}, minute)

    def reply(
        self, text: str, minute: int, parent: Mapping[str, str], root: Mapping[str, str]
    ) -> dict[str, str]:
        """Answer a post."""
        return self.post(text, minute, reply={"root": root, "parent": parent})

    def quote(self, text: str, minute: int, quoted: Mapping[str, str]) -> dict[str, str]:
        """Post something with another post in it."""
        return self.post(text, minute, embed={"$type": "app.bsky.embed.record", "record": quoted})

    def repost(
        self, shared: Mapping[str, str], minute: int, via: Mapping[str, str] | None = None
    ) -> dict[str, str]:
        """Share a post."""
        record = {"subject": shared} | ({"via": via} if via else {})
        return self.put("app.bsky.feed.repost", record, minute)

    def follow(self, other: "Member", minute: int) -> dict[str, str]:
        """Follow somebody."""
        return self.put("app.bsky.graph.follow", {"subject": other.did}, minute)

    def like(self, liked: Mapping[str, str], minute: int) -> dict[str, str]:
        """Like a post."""
        return self.put("app.bsky.feed.like", {"subject": liked}, minute)

    def put(self, collection: str, record: Mapping[str, Any], minute: int) -> dict[str, str]:
        """Write a record into the account's repository."""
        made = {"$type": collection, "createdAt": f"2026-05-03T10:{minute:02d}:00.000Z", **record}
        body = {"repo": self.did, "collection": collection, "record": made}
        told = self.server.ask("com.atproto.repo.createRecord", body, self.token)
        return {"uri": str(told["uri"]), "cid": str(told["cid"])}

    def remove(self, record: Mapping[str, str]) -> None:
        """Delete a record."""
        collection, key = record["uri"].split("/")[-2:]
        body = {"repo": self.did, "collection": collection, "rkey": key}
        self.server.ask("com.atproto.repo.deleteRecord", body, self.token)


@contextmanager
def bluesky_servers(place: Path) -> Iterator[Bluesky]:
    """Start a directory and a PDS, both empty, and end them."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["node", str(HERE / "servers.cjs"), str(place), str(port)]
    environment = {**os.environ, "LOG_ENABLED": "false", "NODE_ENV": "production"}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True
    ) as process:
        assert process.stdin and process.stdout
        try:
            yield Bluesky(json.loads(process.stdout.readline())["pds"])
        finally:
            process.stdin.close()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()

"""What the two streams of Bluesky say: the firehose in frames of CBOR, Jetstream in JSON, read alike."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from ambassador.errors import SourceError
from ambassador.i18n import mark
from ambassador.intake.dag_cbor import UNREADABLE, DamageError, blocks_of, decoded, decoded_at, varint

COLLECTIONS: Final = ("app.bsky.feed.post", "app.bsky.feed.repost", "app.bsky.graph.follow")
_ERROR: Final = -1
_PLAIN_WORD: Final = re.compile(r"^\w{1,40}$")
_MILLION: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Event:
    """One message: where it stands in the stream, when, and what was made."""

    cursor: int | None = None
    at: float | None = None
    """Seconds of the epoch."""
    records: tuple[Mapping[str, Any], ...] = ()
    """Address and value of each record that was made."""
    named: tuple[str, str] | None = None
    """A DID and the handle it has from now on."""
    missing: tuple[str, ...] = field(default=())
    """Addresses of records that were made and are not told."""


def event_of_firehose(message: str | bytes, server: str) -> Event | None:
    """Read a frame of ``com.atproto.sync.subscribeRepos``; None where it cannot be read."""
    try:
        data = message if isinstance(message, bytes) else b""
        header, at = decoded_at(data, 0)
        body, _ = decoded_at(data, at)
        if not isinstance(header, dict) or not isinstance(body, dict):
            return None
        if header.get("op") == _ERROR:
            raise _ended(server, body.get("error"))
        return _of_frame(str(header.get("t") or ""), body)
    except (DamageError, *UNREADABLE):
        return None


def _of_frame(kind: str, body: Mapping[str, Any]) -> Event:
    cursor, at = _whole(body.get("seq")), _epoch(body.get("time"))
    if kind == "#identity" and body.get("handle"):
        return Event(cursor, at, named=(str(body.get("did")), str(body["handle"])))
    if kind != "#commit":
        return Event(cursor, at)
    ops = body.get("ops")
    paths = {
        str(one.get("path")): one.get("cid")
        for one in (ops if isinstance(ops, list) else ())
        if isinstance(one, dict) and one.get("action") == "create"
    }
    wanted = {path: link for path, link in paths.items() if path.partition("/")[0] in COLLECTIONS}
    blocks = _blocks(body.get("blocks")) if wanted else {}
    records, missing = [], []
    for path, link in wanted.items():
        address, block = (
            f"at://{body.get('repo')}/{path}",
            blocks.get(link) if isinstance(link, bytes) else None,
        )
        if block is None:
            missing.append(address)
        else:
            records.append({"uri": address, "value": decoded(block)})
    return Event(cursor, at, tuple(records), missing=tuple(missing))


def _blocks(data: object) -> dict[bytes, bytes]:
    if not isinstance(data, bytes) or not data:
        return {}
    length, at = varint(data, 0)
    return blocks_of(data, at + length)


def event_of_jetstream(message: str | bytes, server: str) -> Event | None:
    """Read a message of Jetstream; None where it cannot be read."""
    del server
    try:
        said = json.loads(message)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict):
        return None
    cursor = _whole(said.get("time_us"))
    at = cursor / _MILLION if cursor is not None else None
    identity, commit = said.get("identity"), said.get("commit")
    if isinstance(identity, dict) and identity.get("handle"):
        return Event(cursor, at, named=(str(said.get("did")), str(identity["handle"])))
    if not isinstance(commit, dict) or commit.get("operation") != "create":
        return Event(cursor, at)
    if commit.get("collection") not in COLLECTIONS:
        return Event(cursor, at)
    address = f"at://{said.get('did')}/{commit['collection']}/{commit.get('rkey')}"
    return Event(cursor, at, ({"uri": address, "value": commit.get("record")},))


def _ended(server: str, kind: object) -> SourceError:
    word = kind if isinstance(kind, str) and _PLAIN_WORD.match(kind) else "-"
    return SourceError(mark("{server} has ended the stream ({kind})"), server=server, kind=word)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _epoch(text: object) -> float | None:
    try:
        return datetime.fromisoformat(str(text)).timestamp()
    except (ValueError, OverflowError):
        return None

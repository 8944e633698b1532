"""Bluesky's records as their owner's repository holds them: posts and reposts, no handles and no figures.

They come from ``listRecords``, one by one from ``getRecord``, and whole in the CAR file of an account.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ambassador.i18n import mark
from ambassador.intake.cells import Cell
from ambassador.intake.flat import flat
from ambassador.intake.formats.bluesky import quoted_in
from ambassador.intake.formats.format import Format, Record, records_of
from ambassador.intake.words import NO_POST
from ambassador.values.status import ImportKind, MentionKind

_POST, _REPOST = "app.bsky.feed.post", "app.bsky.feed.repost"


def _records(documents: Sequence[Any]) -> Iterator[Mapping[str, Cell]]:
    for document in documents:
        for record in records_of([document]):
            value = record.get("value")
            yield _laid_out(_text(record.get("uri")), value if isinstance(value, dict) else {})


def _laid_out(uri: str, value: Record) -> dict[str, Cell]:
    kind = _text(value.get("$type"))
    said = flat(value)
    cells: dict[str, Cell] = {
        "uri": uri,
        "did": uri.removeprefix("at://").partition("/")[0],
        "createdAt": said.get("createdAt"),
        "kind": "" if kind == _POST else MentionKind.REPOST.value if kind == _REPOST else NO_POST,
    }
    if kind == _POST:
        return cells | {
            "text": said.get("text"),
            "langs": said.get("langs"),
            "parent": said.get("reply.parent.uri"),
            "root": said.get("reply.root.uri"),
            "quoted": quoted_in(value),
        }
    if kind == _REPOST:
        shared = said.get("subject.uri")
        return cells | {"shared": said.get("via.uri") or shared, "root": shared}
    return cells


def _text(value: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    return value if isinstance(value, str) else ""


BLUESKY_RECORDS = Format(
    key="bluesky-records",
    name=mark("Bluesky, records of one account"),
    kind=ImportKind.MENTIONS,
    has=("uri", "value.$type", "value.createdAt|value.record_type|value.displayName|value.text"),
    platform="bluesky",
    columns={
        "post_id": "uri",
        "author_id": "did",
        "created_at": "createdAt",
        "kind": "kind",
        "text": "text",
        "parent_id": "parent",
        "repost_of": "shared",
        "quote_of": "quoted",
        "root_id": "root",
        "language": "langs",
    },
    unfold=_records,
    real_file="a post, a like and a list of posts, each by itself, kept by the library for the AT protocol",
)

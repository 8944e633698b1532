"""Mastodon's archive of one account: what it wrote and boosted, in ``outbox.json``."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ambassador.i18n import mark
from ambassador.intake.cells import Cell
from ambassador.intake.formats.format import Format, Record, records_of
from ambassador.intake.formats.mastodon import words_of
from ambassador.values.status import ImportKind


def _activities(documents: Sequence[Any]) -> Iterator[Mapping[str, Cell]]:
    for record in records_of(documents):
        status, actor = record.get("object"), _text(record, "actor")
        if isinstance(status, str):
            yield {
                "id": _text(record, "id").removesuffix("/activity"),
                "actor": actor,
                "published": _text(record, "published"),
                "boost of": _number(status),
            }
        elif isinstance(status, dict):
            yield {
                "id": _text(status, "id"),
                "url": _text(status, "url"),
                "actor": actor,
                "published": _text(status, "published"),
                "words": words_of(_text(status, "content")),
                "answers": _number(_text(status, "inReplyTo")),
            }


def _text(record: Record, name: str) -> str:
    value = record.get(name)
    return value if isinstance(value, str) else ""


def _number(address: str) -> str:
    """Take the number of a status out of its address."""
    return address.rstrip("/").rpartition("/")[2]


MASTODON_ARCHIVE = Format(
    key="mastodon-archive",
    name=mark("Mastodon archive, posts of one account"),
    kind=ImportKind.MENTIONS,
    has=("actor", "object|object.content", "published", "type"),
    platform="mastodon",
    columns={
        "post_id": "id",
        "url": "url",
        "author": "actor",
        "created_at": "published",
        "text": "words",
        "parent_id": "answers",
        "repost_of": "boost of",
    },
    unfold=_activities,
)

"""Bluesky's posts as its API gives them: search, feeds and author views."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ambassador.i18n import mark
from ambassador.intake.cells import Cell
from ambassador.intake.flat import flat
from ambassador.intake.formats.format import Format, Record, records_of
from ambassador.values.status import ImportKind


def _posts(documents: Sequence[Any]) -> Iterator[Mapping[str, Cell]]:
    for record in records_of(documents):
        inside = record.get("post")
        post = inside if isinstance(inside, dict) else record
        yield flat(post) | {"quote of": _quoted(post)}


def _quoted(post: Record) -> str:
    """Find the address of the post a post quotes, with a picture beside it or not."""
    place: Any = post.get("record")
    for name in ("embed", "record"):
        place = place.get(name) if isinstance(place, dict) else None
    if isinstance(place, dict) and isinstance(place.get("record"), dict):
        place = place["record"]
    address = place.get("uri") if isinstance(place, dict) else None
    return address if isinstance(address, str) and "/app.bsky.feed.post/" in address else ""


BLUESKY_POSTS = Format(
    key="bluesky",
    name=mark("Bluesky posts"),
    kind=ImportKind.MENTIONS,
    has=(
        "uri|post.uri",
        "author.did|author.handle|post.author.handle",
        "record.createdAt|post.record.createdAt",
    ),
    platform="bluesky",
    columns={
        "post_id": "uri",
        "author": "author.handle",
        "author_id": "author.did",
        "author_name": "author.displayName",
        "created_at": "record.createdAt",
        "text": "record.text",
        "parent_id": "record.reply.parent.uri",
        "root_id": "record.reply.root.uri",
        "quote_of": "quote of",
        "language": "record.langs",
        "likes": "likeCount",
        "replies": "replyCount",
        "reposts": "repostCount",
        "quotes": "quoteCount",
    },
    unfold=_posts,
    real_file="a post with a picture, in a thread kept by the library for the AT protocol",
    reads=("record.embed.record.uri", "record.embed.record.record.uri"),
)

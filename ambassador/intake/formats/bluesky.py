"""Bluesky as its API shows it: posts of searches, feeds and threads, and who follows whom."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ambassador.i18n import mark
from ambassador.intake.cells import Cell
from ambassador.intake.flat import flat
from ambassador.intake.formats.format import Format, Record, flat_records, records_of
from ambassador.values.status import ImportKind


def _posts(documents: Sequence[Any]) -> Iterator[Mapping[str, Cell]]:
    for record in records_of(documents):
        thread = record.get("thread")
        yield from _of_thread(thread) if isinstance(thread, dict) else _of_feed(record)


def _of_feed(record: Record) -> Iterator[dict[str, Cell]]:
    """Lay out a post and, where a feed shows it because somebody shared it, that share."""
    inside = record.get("post")
    post = inside if isinstance(inside, dict) else record
    shown = flat(post)
    yield shown | {"quote of": quoted_in(post.get("record")), "shared": ""}
    reason = record.get("reason")
    why = flat(reason) if isinstance(reason, dict) else {}
    if why.get("by.did"):
        yield {
            "uri": why.get("uri") or f"at://{why['by.did']}/app.bsky.feed.repost/of/{shown.get('cid', '')}",
            "author.did": why["by.did"],
            "author.handle": why.get("by.handle"),
            "author.displayName": why.get("by.displayName"),
            "record.createdAt": why.get("indexedAt"),
            "shared": shown.get("uri"),
        }


def _of_thread(thread: Record) -> Iterator[dict[str, Cell]]:
    for post in posts_of_thread(thread):
        yield from _of_feed({"post": post})


def posts_of_thread(thread: Record) -> Iterator[Record]:
    """Give the posts of a thread: what a post answers, itself, and its answers, however many storeys."""
    waiting: list[Any] = [thread]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, dict):
            continue
        if isinstance(node.get("post"), dict):
            yield node["post"]
        replies = node.get("replies")
        waiting += reversed(replies) if isinstance(replies, list) else []
        waiting.append(node.get("parent"))


def quoted_in(record: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    """Find the address of the post that a record quotes, with a picture beside it or not."""
    place = record
    for name in ("embed", "record"):
        place = place.get(name) if isinstance(place, dict) else None
    if isinstance(place, dict) and isinstance(place.get("record"), dict):
        place = place["record"]
    address = place.get("uri") if isinstance(place, dict) else None
    return address if isinstance(address, str) and "/app.bsky.feed.post/" in address else ""


def _ties(documents: Sequence[Any]) -> Iterator[Mapping[str, Cell]]:
    """Lay out who hears from whom: followers hear from the subject, the subject from those it follows."""
    for document in documents:
        subject = document.get("subject") if isinstance(document, dict) else None
        owner = flat(subject).get("handle") if isinstance(subject, dict) else None
        follows = isinstance(document, dict) and "follows" in document
        for person in flat_records([document]):
            handle = person.get("handle")
            yield {"source": handle, "target": owner} if follows else {"source": owner, "target": handle}


BLUESKY_POSTS = Format(
    key="bluesky",
    name=mark("Bluesky posts"),
    kind=ImportKind.MENTIONS,
    has=(
        "uri|post.uri|thread.post.uri",
        "author.did|author.handle|post.author.handle|thread.post.author.handle",
        "record.createdAt|post.record.createdAt|thread.post.record.createdAt",
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
        "repost_of": "shared",
        "quote_of": "quote of",
        "language": "record.langs",
        "likes": "likeCount",
        "replies": "replyCount",
        "reposts": "repostCount",
        "quotes": "quoteCount",
    },
    unfold=_posts,
    real_file="a thread of one post with a picture, kept by the library for the AT protocol",
    reads=("record.embed.record.uri", "record.embed.record.record.uri"),
)
_FOLLOWS = ("did", "handle", "subject", "follows|followers")
BLUESKY_PEOPLE = Format(
    key="bluesky-people",
    name=mark("Bluesky, followers or followed"),
    kind=ImportKind.PEOPLE,
    has=_FOLLOWS,
    platform="bluesky",
    columns={"handle": "handle", "native_id": "did", "name": "displayName"},
    unfold=flat_records,
    real_file="the accounts that one follows, kept by the library for the AT protocol",
)
BLUESKY_FOLLOWS = Format(
    key="bluesky-follows",
    name=mark("Bluesky, who follows whom"),
    kind=ImportKind.TIES,
    has=_FOLLOWS,
    platform="bluesky",
    columns={"source": "source", "target": "target"},
    unfold=_ties,
    tells_direction=True,
    real_file="the accounts that one follows, kept by the library for the AT protocol",
)

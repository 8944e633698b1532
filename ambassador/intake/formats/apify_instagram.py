"""Apify's Instagram scrapers: comments with the replies inside them, and posts."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ambassador.i18n import mark
from ambassador.intake.cells import Cell
from ambassador.intake.flat import flat
from ambassador.intake.formats.format import Format, Record, beside_the_longest, records_of
from ambassador.intake.json_documents import lists_within
from ambassador.values.imports.imports import Note
from ambassador.values.status import ImportKind


def _comments(documents: Sequence[Any]) -> Iterator[Mapping[str, Cell]]:
    for record in records_of(documents):
        yield from _with_replies(record, record.get("postUrl"))


def _with_replies(record: Record, parent: Cell, post: Cell = None) -> Iterator[Mapping[str, Cell]]:
    """Return a comment and what answers it: a reply's parent is the comment, its first post the post."""
    post = post or parent
    cells = flat(record) | {"answers": parent, "first": post, "written": "comment"}
    yield cells
    replies = record.get("replies")
    for reply in replies if isinstance(replies, list) else []:
        if isinstance(reply, dict):
            yield from _with_replies({**reply, "replies": []}, flat(record).get("id"), post)


def _posts(documents: Sequence[Any]) -> Iterator[Mapping[str, Cell]]:
    for record in records_of(documents):
        yield flat(record)


def _left(documents: Sequence[Any]) -> Iterator[Note]:
    """Tell of the newest comments, of which a post shows a few: its comments have a scraper of their own."""
    yield from beside_the_longest(documents)
    yield from lists_within(records_of(documents), ("latestComments",))


APIFY_INSTAGRAM_COMMENTS = Format(
    key="apify-instagram-comments",
    name=mark("Apify, Instagram comments"),
    kind=ImportKind.MENTIONS,
    has=("postUrl", "ownerUsername", "text", "timestamp"),
    platform="instagram",
    columns={
        "post_id": "id",
        "url": "commentUrl",
        "author": "ownerUsername",
        "author_id": "owner.id|ownerId",
        "author_name": "owner.full_name",
        "created_at": "timestamp",
        "kind": "written",
        "text": "text",
        "parent_id": "answers|postUrl",
        "root_id": "first|postUrl",
        "likes": "likesCount",
        "replies": "repliesCount",
    },
    values={"kind": "comment"},
    unfold=_comments,
    is_table_too=True,
    reads=("postUrl",),
)
APIFY_INSTAGRAM_POSTS = Format(
    key="apify-instagram-posts",
    name=mark("Apify, Instagram posts"),
    kind=ImportKind.MENTIONS,
    has=("shortCode", "ownerUsername", "timestamp"),
    platform="instagram",
    columns={
        "post_id": "shortCode",
        "url": "url",
        "author": "ownerUsername",
        "author_id": "ownerId",
        "author_name": "ownerFullName",
        "created_at": "timestamp",
        "text": "caption",
        "likes": "likesCount",
        "replies": "commentsCount",
        "views": "videoPlayCount|videoViewCount",
    },
    unfold=_posts,
    leaves=_left,
    is_table_too=True,
)

"""Talkwalker: posts by address; ``parent_url`` of an original is its own.

Its API streams the same, a chunk a line; chunks that only say how far the stream is hold no post.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ambassador.i18n import mark
from ambassador.intake.cells import Cell
from ambassador.intake.flat import flat
from ambassador.intake.formats.format import Format, records_of
from ambassador.values.status import ImportKind

TALKWALKER = Format(
    key="talkwalker",
    name=mark("Talkwalker"),
    kind=ImportKind.MENTIONS,
    has=("url", "published", "parent_url", "extra_author_attributes.name"),
    columns={
        "url": "url",
        "author": "extra_author_attributes.short_name",
        "author.2": "extra_author_attributes.url",
        "author.3": "extra_author_attributes.name",
        "author_id": "extra_author_attributes.id",
        "author_name": "extra_author_attributes.name",
        "author_followers": "source_extended_attributes.twitter_followers"
        "|source_extended_attributes.instagram_followers",
        "created_at": "published",
        "text": "content",
        "text.2": "title",
        "parent_id": "parent_url",
        "language": "lang",
        "likes": "article_extended_attributes.twitter_likes|article_extended_attributes.instagram_likes"
        "|article_extended_attributes.facebook_likes",
        "replies": "article_extended_attributes.num_comments",
        "reposts": "article_extended_attributes.twitter_retweets|article_extended_attributes.facebook_shares",
        "reach": "reach",
    },
)


def _chunks(documents: Sequence[Any]) -> Iterator[Mapping[str, Cell]]:
    for chunk in records_of(documents):
        found = chunk.get("chunk_result")
        while isinstance(found, dict) and isinstance(found.get("data"), dict):
            found = found["data"]
        if isinstance(found, dict):
            yield flat(found)


TALKWALKER_STREAM = replace(
    TALKWALKER,
    key="talkwalker-stream",
    name=mark("Talkwalker, stream of results"),
    has=("chunk_type", "chunk_result"),
    unfold=_chunks,
    reads=("chunk_result",),
)

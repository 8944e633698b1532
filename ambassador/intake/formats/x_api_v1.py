"""X API v1.1: each post with its user inside, and whole inside it the post that it shares or quotes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ambassador.i18n import mark
from ambassador.intake.cells import Cell
from ambassador.intake.flat import flat
from ambassador.intake.formats.format import Format, records_of
from ambassador.values.status import ImportKind


def _posts(documents: Sequence[Any]) -> Iterator[Mapping[str, Cell]]:
    for record in records_of(documents):
        cells = flat(record)
        longest = ("extended_tweet.full_text", "full_text", "text")
        yield cells | {"words": next((cells[name] for name in longest if cells.get(name)), None)}


X_API_V1 = Format(
    key="x-api-v1",
    name=mark("X API v1.1, posts"),
    kind=ImportKind.MENTIONS,
    has=("id_str", "created_at", "user.screen_name", "full_text|text"),
    platform="x",
    columns={
        "post_id": "id_str",
        "author": "user.screen_name",
        "author_id": "user.id_str",
        "author_name": "user.name",
        "author_followers": "user.followers_count",
        "created_at": "created_at",
        "text": "words",
        "parent_id": "in_reply_to_status_id_str",
        "repost_of": "retweeted_status.id_str",
        "quote_of": "quoted_status_id_str|quoted_status.id_str",
        "parent_author": "in_reply_to_screen_name",
        "parent_author.2": "retweeted_status.user.screen_name",
        "parent_author.3": "quoted_status.user.screen_name",
        "language": "lang",
        "likes": "favorite_count",
        "replies": "reply_count",
        "reposts": "retweet_count",
        "quotes": "quote_count",
    },
    unfold=_posts,
    reads=("full_text", "text", "extended_tweet.full_text"),
    real_file="a hundred and fifty posts with names made unreadable",
)

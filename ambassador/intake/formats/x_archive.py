"""X's data download: the posts of one account in ``tweets.js``."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ambassador.i18n import mark
from ambassador.intake.cells import Cell
from ambassador.intake.flat import flat
from ambassador.intake.formats.format import Format, records_of
from ambassador.values.status import ImportKind


def _posts(documents: Sequence[Any]) -> Iterator[Mapping[str, Cell]]:
    for record in records_of(documents):
        post = record.get("tweet")
        yield flat(post) if isinstance(post, dict) else flat(record)


X_ARCHIVE = Format(
    key="x-archive",
    name=mark("X data download, posts of one account"),
    kind=ImportKind.MENTIONS,
    has=("tweet.id_str", "tweet.full_text", "tweet.created_at"),
    platform="x",
    columns={
        "post_id": "id_str",
        "created_at": "created_at",
        "text": "full_text",
        "parent_id": "in_reply_to_status_id_str",
        "parent_author": "in_reply_to_screen_name",
        "language": "lang",
        "likes": "favorite_count",
        "reposts": "retweet_count",
    },
    unfold=_posts,
)

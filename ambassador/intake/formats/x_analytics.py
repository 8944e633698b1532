"""X Analytics: the posts of one account with their figures, the export of today and the one before."""

from ambassador.i18n import mark
from ambassador.intake.formats.format import Format
from ambassador.values.status import ImportKind

_ADDRESS = "Post Link|Tweet permalink"

X_ANALYTICS = Format(
    key="x-analytics",
    name=mark("X Analytics, posts of one account"),
    kind=ImportKind.MENTIONS,
    has=("Post id|Tweet id", _ADDRESS, "Impressions"),
    platform="x",
    columns={
        "post_id": "Post id|Tweet id",
        "url": _ADDRESS,
        "author": _ADDRESS,
        "created_at": "time|Date",
        "text": "Post text|Tweet text",
        "likes": "Likes",
        "replies": "Replies",
        "reposts": "Reposts|Retweets",
        "quotes": "Quote tweets|Quotes",
        "saves": "Bookmarks",
        "views": "Impressions",
    },
)

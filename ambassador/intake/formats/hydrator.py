"""DocNow Hydrator: posts of X with one column for each kind of parent."""

from ambassador.i18n import mark
from ambassador.intake.formats.format import Format
from ambassador.values.status import ImportKind

HYDRATOR = Format(
    key="hydrator",
    name=mark("DocNow Hydrator, X posts"),
    kind=ImportKind.MENTIONS,
    has=("retweet_id", "quote_id", "in_reply_to_status_id", "user_screen_name"),
    platform="x",
    columns={
        "post_id": "id",
        "url": "tweet_url",
        "author": "user_screen_name",
        "author_id": "user_id",
        "author_name": "user_name",
        "author_followers": "user_followers_count",
        "created_at": "created_at",
        "text": "text",
        "parent_id": "in_reply_to_status_id",
        "repost_of": "retweet_id",
        "quote_of": "quote_id",
        "parent_author": "in_reply_to_screen_name",
        "parent_author.2": "retweet_screen_name",
        "language": "lang",
        "likes": "favorite_count",
        "reposts": "retweet_count",
    },
)

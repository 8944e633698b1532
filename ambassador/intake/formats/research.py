"""What researchers collect posts of X with: twarc, twint, DMI-TCAT, snscrape."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ambassador.i18n import mark
from ambassador.intake.cells import Cell
from ambassador.intake.flat import flat
from ambassador.intake.formats.format import Format, Record, records_of
from ambassador.values.status import ImportKind

TWARC = Format(
    key="twarc",
    name=mark("twarc, X posts"),
    kind=ImportKind.MENTIONS,
    has=("author.username", "public_metrics.like_count", "referenced_tweets.replied_to.id", "text"),
    platform="x",
    columns={
        "post_id": "id",
        "author": "author.username",
        "author_id": "author_id",
        "author_name": "author.name",
        "author_followers": "author.public_metrics.followers_count",
        "created_at": "created_at",
        "text": "text",
        "parent_id": "referenced_tweets.replied_to.id",
        "repost_of": "referenced_tweets.retweeted.id",
        "quote_of": "referenced_tweets.quoted.id",
        "root_id": "conversation_id",
        "parent_author": "in_reply_to_username",
        "parent_author.2": "retweeted_username",
        "parent_author.3": "quoted_username",
        "language": "lang",
        "likes": "public_metrics.like_count",
        "replies": "public_metrics.reply_count",
        "reposts": "public_metrics.retweet_count",
        "quotes": "public_metrics.quote_count",
        "saves": "public_metrics.bookmark_count",
        "views": "public_metrics.impression_count",
        "read_at": "__twarc.retrieved_at",
    },
)
TWINT = Format(
    key="twint",
    name=mark("twint, X posts"),
    kind=ImportKind.MENTIONS,
    has=("conversation_id", "username", "tweet", "link", "likes_count"),
    platform="x",
    columns={
        "post_id": "id",
        "url": "link",
        "author": "username",
        "author_id": "user_id",
        "author_name": "name",
        "created_at": "created_at",
        "text": "tweet",
        "repost_of": "retweet_id",
        "quote_of": "quote_url",
        "root_id": "conversation_id",
        "parent_author": "user_rt",
        "language": "language",
        "likes": "likes_count",
        "replies": "replies_count",
        "reposts": "retweets_count",
    },
)
TCAT = Format(
    key="tcat",
    name=mark("DMI-TCAT, X posts"),
    kind=ImportKind.MENTIONS,
    has=("from_user_name", "from_user_id", "to_user_name", "text"),
    platform="x",
    columns={
        "post_id": "id",
        "author": "from_user_name",
        "author_id": "from_user_id",
        "author_name": "from_user_realname",
        "author_followers": "from_user_followercount",
        "created_at": "time|created_at",
        "text": "text",
        "parent_id": "in_reply_to_status_id",
        "repost_of": "retweet_id",
        "quote_of": "quoted_status_id",
        "parent_author": "to_user_name",
        "language": "lang",
        "likes": "favorite_count",
        "reposts": "retweet_count",
    },
)


def _scraped(documents: Sequence[Any]) -> Iterator[Mapping[str, Cell]]:
    for record in records_of(documents):
        yield flat(record) | {
            "words": _words(record),
            "shares": _id_in(record, "retweetedTweet"),
            "quotes": _id_in(record, "quotedTweet"),
        }


def _words(record: Record) -> str:
    found = (record.get(name) for name in ("rawContent", "content", "renderedContent"))
    return next((text for text in found if isinstance(text, str) and text), "")


def _id_in(record: Record, name: str) -> str:
    inside = record.get(name)
    return str(inside.get("id") or "") if isinstance(inside, dict) else ""


SNSCRAPE = Format(
    key="snscrape",
    name=mark("snscrape, X posts"),
    kind=ImportKind.MENTIONS,
    has=("user.username", "date", "url", "likeCount", "rawContent|content|renderedContent"),
    platform="x",
    columns={
        "post_id": "id",
        "url": "url",
        "author": "user.username",
        "author_id": "user.id",
        "author_name": "user.displayname",
        "author_followers": "user.followersCount",
        "created_at": "date",
        "text": "words",
        "parent_id": "inReplyToTweetId",
        "repost_of": "shares",
        "quote_of": "quotes",
        "root_id": "conversationId",
        "parent_author": "inReplyToUser.username",
        "language": "lang",
        "likes": "likeCount",
        "replies": "replyCount",
        "reposts": "retweetCount",
        "quotes": "quoteCount",
        "views": "viewCount",
    },
    unfold=_scraped,
    reads=("rawContent", "content", "renderedContent", "retweetedTweet.id", "quotedTweet.id"),
)

"""X API v2: pages with their users beside them, and posts flattened one to a line."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ambassador.i18n import mark
from ambassador.intake.cells import Cell
from ambassador.intake.flat import flat
from ambassador.intake.formats.format import Format, Record
from ambassador.intake.json_documents import lists_left
from ambassador.values.imports.imports import Note
from ambassador.values.status import ImportKind

_PARENTS = {"replied_to": "replied_to", "quoted": "quoted", "retweeted": "retweeted"}


def _posts(documents: Sequence[Any]) -> Iterator[Mapping[str, Cell]]:
    for page in _pages(documents):
        data = page.get("data", page)
        includes = page.get("includes")
        users = _users(includes if isinstance(includes, dict) else {})
        for post in data if isinstance(data, list) else [data]:
            if isinstance(post, dict) and "text" in post:
                yield _post(post, users)


def _pages(documents: Sequence[Any]) -> Iterator[Record]:
    for document in documents:
        yield from (
            one for one in (document if isinstance(document, list) else [document]) if isinstance(one, dict)
        )


def _errors(documents: Sequence[Any]) -> Iterator[Note]:
    """Tell of posts and accounts that X says it does not give: taken down, or protected."""
    told = [page["errors"] for page in _pages(documents) if isinstance(page.get("errors"), list)]
    if count := sum(map(len, told)):
        yield from lists_left({"errors": count})


def _users(includes: Record) -> dict[str, Record]:
    users = includes.get("users")
    return (
        {str(one.get("id")): one for one in users if isinstance(one, dict)} if isinstance(users, list) else {}
    )


def _post(post: Record, users: Mapping[str, Record]) -> Mapping[str, Cell]:
    author = post.get("author") or users.get(str(post.get("author_id")), {})
    cells = flat({**post, "author": author if isinstance(author, dict) else {}})
    referenced = post.get("referenced_tweets")
    for one in referenced if isinstance(referenced, list) else []:
        if isinstance(one, dict) and str(one.get("type")) in _PARENTS:
            cells[_PARENTS[str(one["type"])]] = str(one.get("id", ""))
    return cells


_COLUMNS = {
    "post_id": "id",
    "author": "author.username",
    "author_id": "author_id",
    "author_name": "author.name",
    "author_followers": "author.public_metrics.followers_count",
    "created_at": "created_at",
    "text": "text",
    "parent_id": "replied_to",
    "repost_of": "retweeted",
    "quote_of": "quoted",
    "root_id": "conversation_id",
    "language": "lang",
    "likes": "public_metrics.like_count",
    "replies": "public_metrics.reply_count",
    "reposts": "public_metrics.retweet_count",
    "quotes": "public_metrics.quote_count",
    "saves": "public_metrics.bookmark_count",
    "views": "public_metrics.impression_count",
}


def _accounts(documents: Sequence[Any]) -> Iterator[Mapping[str, Cell]]:
    for page in _pages(documents):
        data = page.get("data", page)
        yield from (
            flat(one) for one in (data if isinstance(data, list) else [data]) if isinstance(one, dict)
        )


X_API_USERS = Format(
    key="x-api-users",
    name=mark("X API v2, accounts"),
    kind=ImportKind.PEOPLE,
    has=("username|data.username", "public_metrics|public_metrics.followers_count|data.public_metrics"),
    lacks=("text", "data.text"),
    platform="x",
    columns={
        "handle": "username",
        "native_id": "id",
        "name": "name",
        "followers": "public_metrics.followers_count",
        "following": "public_metrics.following_count",
        "posts": "public_metrics.tweet_count",
        "city": "location",
    },
    unfold=_accounts,
    leaves=_errors,
    real_file="a page of a hundred accounts, kept by twarc",
)
X_API_POSTS = Format(
    key="x-api",
    name=mark("X API v2, posts"),
    kind=ImportKind.MENTIONS,
    has=("author_id", "text", "created_at", "public_metrics|public_metrics.like_count"),
    platform="x",
    columns=_COLUMNS,
    unfold=_posts,
    leaves=_errors,
    real_file="an answer with a hundred posts, kept by twarc; edited, shared and quoted ones",
)
X_API_PAGES = Format(
    key="x-api-pages",
    name=mark("X API v2, pages of posts"),
    kind=ImportKind.MENTIONS,
    has=("data", "includes|meta|errors"),
    platform="x",
    columns=_COLUMNS,
    unfold=_posts,
    leaves=_errors,
)

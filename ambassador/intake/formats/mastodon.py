"""Mastodon's statuses as its API gives them: boosts are shares of what stands inside them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from ambassador.i18n import mark
from ambassador.intake.cells import Cell
from ambassador.intake.flat import flat
from ambassador.intake.formats.format import Format, Record, records_of
from ambassador.values.status import ImportKind

_BREAK = re.compile(r"<br\s*/?>|</p>\s*<p>", re.IGNORECASE)
_MARKUP = re.compile(r"<[^<>]{0,2000}>")


def _statuses(documents: Sequence[Any]) -> Iterator[Mapping[str, Cell]]:
    for record in records_of(documents):
        boosted = record.get("reblog")
        inside = boosted if isinstance(boosted, dict) else {}
        content = inside.get("content") or record.get("content")
        yield flat(record) | {
            "member": _member(record.get("account")),
            "address": _text(record.get("url")) or _text(record.get("uri")),
            "words": words_of(content if isinstance(content, str) else ""),
            "boost of": _id(inside),
            "boosted": _member(inside.get("account")),
            "quote of": _quoted(record),
        }


def _member(account: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    name = account.get("acct") if isinstance(account, dict) else None
    return f"@{name}" if isinstance(name, str) and name else ""


def _text(value: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    return value if isinstance(value, str) else ""


def words_of(html: str) -> str:
    """Take the words out of a text with markup.

    >>> words_of("<p>Two &amp; <a href='x'>#three</a></p>")
    'Two & #three'
    """
    return unescape(_MARKUP.sub("", _BREAK.sub("\n", html))).strip()


def _quoted(record: Record) -> str:
    quote = record.get("quote")
    status = quote.get("quoted_status") if isinstance(quote, dict) else None
    return _id(status if isinstance(status, dict) else {})


def _id(record: Record) -> str:
    return str(record.get("id") or "")


MASTODON_STATUSES = Format(
    key="mastodon",
    name=mark("Mastodon statuses"),
    kind=ImportKind.MENTIONS,
    has=("reblogs_count", "content", "account.acct|account"),
    platform="mastodon",
    columns={
        "post_id": "id",
        "url": "address",
        "author": "member",
        "author_id": "account.id",
        "author_name": "account.display_name",
        "author_followers": "account.followers_count",
        "created_at": "created_at",
        "text": "words",
        "parent_id": "in_reply_to_id",
        "repost_of": "boost of",
        "quote_of": "quote of",
        "parent_author": "boosted",
        "language": "language",
        "likes": "favourites_count",
        "replies": "replies_count",
        "reposts": "reblogs_count",
        "quotes": "quotes_count",
    },
    unfold=_statuses,
    real_file="answers of two servers: a status, and one with what it answers and its answers",
    reads=(
        "url",
        "uri",
        "content",
        "account.acct",
        "reblog.id",
        "reblog.content",
        "reblog.account.acct",
        "quote.quoted_status.id",
    ),
)

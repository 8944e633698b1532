"""Zeeschuimer: items as a browser received them, a line each, of Instagram, TikTok, its comments, and X.

4CAT makes tables of the same; here they come as the extension saves them (NDJSON).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from ambassador.i18n import mark
from ambassador.intake.cells import Cell
from ambassador.intake.flat import flat
from ambassador.intake.formats.format import Format, Record, records_of
from ambassador.values.identity import canonical_platform
from ambassador.values.status import ImportKind

_FIGURES: Final = ("likes", "replies", "reposts", "quotes", "saves", "views")


def _items(documents: Sequence[Any]) -> Iterator[Mapping[str, Cell]]:
    for record in records_of(documents):
        data = record.get("data")
        source = str(record.get("source_platform") or "").removesuffix("-comments").removesuffix(".com")
        about = data if isinstance(data, dict) else {}
        lay_out = _LAID_OUT.get(str(record.get("source_platform") or ""))
        start: dict[str, Cell] = {"platform": canonical_platform(source), "id": record.get("item_id")}
        yield start | (lay_out(about) if lay_out else {})


def _instagram(data: Record) -> dict[str, Cell]:
    said = flat(data)
    code = said.get("code") or said.get("shortcode")
    return {
        "url": f"https://www.instagram.com/p/{code}/" if code else "",
        "author": said.get("user.username") or said.get("owner.username"),
        "author_id": said.get("user.pk") or said.get("user.id") or said.get("owner.id"),
        "author_name": said.get("user.full_name") or said.get("owner.full_name"),
        "at": _at(said.get("taken_at") or said.get("taken_at_timestamp")),
        "text": said.get("caption.text"),
        "likes": said.get("like_count"),
        "replies": said.get("comment_count"),
        "views": said.get("play_count") or said.get("view_count"),
    }


def _tiktok(data: Record) -> dict[str, Cell]:
    said = flat(data)
    named = data.get("author")
    author = named if isinstance(named, str) else said.get("author.uniqueId")
    return {
        "id": said.get("id"),
        "url": f"https://www.tiktok.com/@{author}/video/{said.get('id')}",
        "author": author,
        "author_id": said.get("author.id"),
        "author_name": said.get("author.nickname"),
        "followers": said.get("authorStats.followerCount"),
        "at": _at(said.get("createTime")),
        "text": said.get("desc"),
        "likes": said.get("stats.diggCount"),
        "replies": said.get("stats.commentCount"),
        "reposts": said.get("stats.shareCount"),
        "saves": said.get("stats.collectCount"),
        "views": said.get("stats.playCount"),
    }


def _tiktok_comment(data: Record) -> dict[str, Cell]:
    said = flat(data)
    above = str(said.get("reply_id") or "0")
    return {
        "id": said.get("cid"),
        "author": said.get("user.unique_id"),
        "author_id": said.get("user.uid"),
        "author_name": said.get("user.nickname"),
        "at": _at(said.get("create_time")),
        "text": said.get("text"),
        "kind": "comment",
        "parent": above if above != "0" else said.get("aweme_id"),
        "root": said.get("aweme_id"),
        "likes": said.get("digg_count"),
        "replies": said.get("reply_comment_total"),
    }


def _x(data: Record) -> dict[str, Cell]:
    said, inside = flat(_within(data.get("legacy"))), data.get("core")
    user = _within(inside, "user_results", "result")
    named, old = _within(user, "core"), _within(user, "legacy")
    shared = _within(data.get("legacy"), "retweeted_status_result", "result")
    return {
        "id": data.get("rest_id") or said.get("id_str") or data.get("id"),
        "author": named.get("screen_name") or old.get("screen_name"),
        "author_id": user.get("rest_id") or said.get("user_id_str"),
        "author_name": named.get("name") or old.get("name"),
        "followers": old.get("followers_count"),
        "at": said.get("created_at"),
        "text": said.get("full_text"),
        "language": said.get("lang"),
        "parent": said.get("in_reply_to_status_id_str"),
        "shared": shared.get("rest_id"),
        "quoted": said.get("quoted_status_id_str"),
        "root": said.get("conversation_id_str"),
        "likes": said.get("favorite_count"),
        "replies": said.get("reply_count"),
        "reposts": said.get("retweet_count"),
        "quotes": said.get("quote_count"),
        "saves": said.get("bookmark_count"),
        "views": _within(data.get("views")).get("count"),
    }


def _within(value: Any, *names: str) -> Record:  # noqa: ANN401 - whatever JSON holds
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def _at(seconds: Cell) -> str:
    """Write the seconds of an epoch as a moment; whatever else it is stays."""
    text, digits = str(seconds if seconds is not None else ""), 10  # seconds have ten until 2286
    is_epoch = text.isascii() and text.isdigit() and len(text) <= digits
    return datetime.fromtimestamp(int(text), UTC).isoformat() if is_epoch else text


_LAID_OUT: Final[Mapping[str, Callable[[Record], dict[str, Cell]]]] = {
    "instagram.com": _instagram,
    "tiktok.com": _tiktok,
    "tiktok-comments": _tiktok_comment,
    "twitter.com": _x,
    "x.com": _x,
}
ZEESCHUIMER = Format(
    key="zeeschuimer",
    name=mark("Zeeschuimer, items of Instagram, TikTok or X"),
    kind=ImportKind.MENTIONS,
    has=("item_id", "source_platform", "timestamp_collected"),
    columns={
        "post_id": "id",
        "platform": "platform",
        "url": "url",
        "author": "author",
        "author_id": "author_id",
        "author_name": "author_name",
        "author_followers": "followers",
        "created_at": "at",
        "kind": "kind",
        "text": "text",
        "parent_id": "parent",
        "repost_of": "shared",
        "quote_of": "quoted",
        "root_id": "root",
        "language": "language",
        **{name: name for name in _FIGURES},
    },
    unfold=_items,
)

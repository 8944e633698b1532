"""YouTube's API: threads of comments with some replies inside, and the replies by themselves."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ambassador.i18n import mark
from ambassador.intake.cells import Cell
from ambassador.intake.flat import flat
from ambassador.intake.formats.format import Format, Record, records_of
from ambassador.values.status import ImportKind

_ABOUT = ("authorDisplayName", "publishedAt", "likeCount", "parentId", "videoId")


def _comments(documents: Sequence[Any]) -> Iterator[Mapping[str, Cell]]:
    for document in documents:
        for record in records_of([document]):
            thread = _inside(record, "snippet")
            top = _inside(thread, "topLevelComment")
            if not top:
                yield _comment(record, {})
                continue
            yield _comment(top, thread) | {"replies": _whole(thread.get("totalReplyCount"))}
            replies = _inside(record, "replies").get("comments")
            for reply in replies if isinstance(replies, list) else []:
                if isinstance(reply, dict):
                    yield _comment(reply, thread)


def _comment(record: Record, thread: Record) -> dict[str, Cell]:
    said = flat(_inside(record, "snippet"))
    words = said.get("textOriginal") or said.get("textDisplay")
    video = said.get("videoId") or flat(thread).get("videoId")
    cells = {name: said.get(name) for name in _ABOUT}
    return cells | {
        "id": flat(record).get("id"),
        "videoId": video,
        "channel": said.get("authorChannelId.value"),
        "words": words,
    }


def _inside(record: Record, name: str) -> Record:
    found = record.get(name)
    return found if isinstance(found, dict) else {}


def _whole(value: Any) -> Cell:  # noqa: ANN401 - whatever JSON holds
    return value if isinstance(value, int | str) else None


YOUTUBE_THREADS = Format(
    key="youtube-api",
    name=mark("YouTube API, comments"),
    kind=ImportKind.MENTIONS,
    has=(
        "snippet.topLevelComment.snippet.authorDisplayName|snippet.authorDisplayName",
        "snippet.topLevelComment.snippet.publishedAt|snippet.publishedAt",
    ),
    platform="youtube",
    values={"kind": "comment"},
    columns={
        "post_id": "id",
        "author": "authorDisplayName",
        "author_id": "channel",
        "created_at": "publishedAt",
        "text": "words",
        "parent_id": "parentId",
        "parent_id.2": "videoId",
        "root_id": "videoId",
        "likes": "likeCount",
        "replies": "replies",
    },
    unfold=_comments,
)
YOUTUBE_DATA_TOOLS = Format(
    key="youtube-data-tools",
    name=mark("YouTube Data Tools, comments of one video"),
    kind=ImportKind.MENTIONS,
    has=("id", "authorName", "isReplyTo", "publishedAt"),
    lacks=("videoId|video_id",),
    platform="youtube",
    values={"kind": "comment"},
    columns={
        "post_id": "id",
        "author": "authorName",
        "author_id": "authorChannelId",
        "created_at": "publishedAt",
        "text": "text",
        "parent_id": "isReplyTo",
        "likes": "likeCount",
        "replies": "replyCount",
    },
)

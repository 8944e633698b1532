"""YouTube: the comments under a video or under all videos of a channel, over plain HTTP."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from ambassador.errors import BadInputError, SourceError
from ambassador.i18n import mark
from ambassador.intake.live.records import batch_of, json_of
from ambassador.intake.live.source import Batch, Means
from ambassador.intake.live.web import checked_address
from ambassador.values.addresses import post_of_address
from ambassador.values.live import Cursor, Watched

_SERVER: Final = "https://www.googleapis.com"
_PAGE: Final = 100
_DAYS: Final = 7
"""For how long a thread is looked at again."""
_FOUND: Final = 200
_BAD, _GONE = 400, 404
_ID: Final = re.compile(r"^[\w-]{5,40}$")
Record = Mapping[str, Any]


class YouTubeSource:
    """Follows comments; each is a post of its own that answers the video or another comment."""

    name = "youtube"
    label = "YouTube"
    offers: Mapping[str, str] = {
        "video": mark("Comments under a video"),
        "channel": mark("Comments under all videos of a channel"),
    }
    settings = ("AMBASSADOR_YOUTUBE_KEY",)
    per_minute = 60

    def checked(self, watched: Watched) -> Watched:
        """Take a video by its id or its address, a channel by its id."""
        text = watched.target.strip()
        post = post_of_address(text) if "/" in text else None
        target = post.post_id if post else text
        if not _ID.match(target):
            message = mark("{value} is no id of a video or channel of YouTube")
            raise BadInputError(message, value=watched.target)
        return Watched(self.name, watched.what, target, checked_address(watched.server or _SERVER))

    def batches(self, watched: Watched, cursor: Cursor, means: Means) -> Iterator[Batch]:
        """Yield comments page by page, the newest threads first: all of them once, then what is new.

        A later walk ends with the first page whose comments are all here, but not before it has looked at
        the threads of a week: answers come to young ones.
        """
        page, was_walked = cursor.get("page"), bool(cursor.get("walked"))
        while True:
            answer = _ask(watched, means, "commentThreads", _query(watched, page))
            if answer is None and page:  # its token is too old: from the top again
                page = None
                continue
            found = answer or {}
            page = found.get("nextPageToken") or None
            threads = found.get("items") or []
            records = [one for thread in threads for one in _thread(watched, means, thread)]
            if was_walked and page and _is_here(records, means) and not _is_young(threads, means):
                page = None
            walked = {"walked": True} if was_walked or page is None else {}
            batch = batch_of("youtube-comments", records, walked | ({"page": page} if page else {}))
            yield replace(batch, is_last=page is None)
            if page is None:
                return


def _query(watched: Watched, page: str | None) -> dict[str, Any]:
    asked = "videoId" if watched.what == "video" else "allThreadsRelatedToChannelId"
    query = {"part": "snippet,replies", asked: watched.target, "maxResults": _PAGE, "order": "time"}
    return query | {"textFormat": "plainText"} | ({"pageToken": page} if page else {})


def _is_here(records: Sequence[Record], means: Means) -> bool:
    ids = {str(one["commentId"]) for one in records if one["commentId"]}
    return ids <= set(means.known(ids))


def _is_young(threads: Sequence[Record], means: Means) -> bool:
    """Tell whether a thread of a page was begun in the last days; of one that does not say when, too."""
    since = datetime.fromtimestamp(means.web.now(), UTC) - timedelta(_DAYS)
    tops = [((one.get("snippet") or {}).get("topLevelComment") or {}).get("snippet") or {} for one in threads]
    return any((begun := _moment(one.get("publishedAt"))) is None or begun > since for one in tops)


def _moment(text: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _ask(watched: Watched, means: Means, what: str, query: Mapping[str, Any]) -> dict[str, Any] | None:
    """Ask for a page; None where its token is not taken."""
    key = means.secret("AMBASSADOR_YOUTUBE_KEY")
    if not key:
        raise BadInputError(mark("Set {name} in the environment first"), name="AMBASSADOR_YOUTUBE_KEY")
    url = f"{watched.server}/youtube/v3/{what}?{urlencode(query)}"
    answer = means.web.send("GET", url, {"X-Goog-Api-Key": key, "Accept": "application/json"})
    if answer.status == _BAD and "pageToken" in query:
        return None
    if answer.status != _FOUND:
        message = mark("YouTube does not tell of {target} (answer {status})")
        raise SourceError(message, target=watched.target, status=answer.status)
    found = json_of(answer.body, "YouTube")
    return found if isinstance(found, dict) else {}


def _thread(watched: Watched, means: Means, thread: Record) -> Iterator[Record]:
    """Give a comment and its answers; where the page holds only some of them, all are asked for."""
    above = thread.get("snippet") or {}
    top = above.get("topLevelComment") or {}
    video = above.get("videoId") or (top.get("snippet") or {}).get("videoId") or watched.target
    total = above.get("totalReplyCount") or 0
    yield _comment(top, video, total)
    answers = (thread.get("replies") or {}).get("comments") or []
    if total > len(answers):
        answers = list(_answers(watched, means, str(top.get("id") or "")))
    for one in answers:
        yield _comment(one, video, None)


def _answers(watched: Watched, means: Means, above: str) -> Iterator[Record]:
    page: str | None = None
    while True:
        query = {"part": "snippet", "parentId": above, "maxResults": _PAGE, "textFormat": "plainText"}
        found = _ask(watched, means, "comments", query | ({"pageToken": page} if page else {})) or {}
        yield from found.get("items") or []
        page = found.get("nextPageToken") or None
        if page is None:
            return


def _comment(comment: Record, video: str, answers: int | None) -> Record:
    """Lay a comment out under the headings of the file that holds the same."""
    said = comment.get("snippet") or {}
    return {
        "commentId": comment.get("id"),
        "author": said.get("authorDisplayName"),
        "authorChannelId": (said.get("authorChannelId") or {}).get("value"),
        "publishedAt": said.get("publishedAt"),
        "text": said.get("textOriginal") or said.get("textDisplay"),
        "parentId": said.get("parentId"),
        "videoId": video,
        "likeCount": said.get("likeCount"),
        "replyCount": answers,
    }

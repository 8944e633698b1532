"""Instagram's data download: the posts of one account in ``posts_1.json`` or the older ``media.json``."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from ambassador.i18n import mark
from ambassador.intake.cells import Cell
from ambassador.intake.formats.format import Format
from ambassador.intake.formats.instagram_download import whole_letters
from ambassador.intake.json_documents import lists_left
from ambassador.values.imports.imports import Note
from ambassador.values.status import ImportKind, MentionKind

_OLD_LISTS = {"photos": MentionKind.ORIGINAL, "videos": MentionKind.ORIGINAL, "stories": MentionKind.STORY}
"""Lists of ``media.json`` that were public; ``direct`` are private messages, ``profile`` is the portrait."""
_NOT_PUBLIC = "archived"


def posts_of_download(documents: Sequence[Any]) -> Iterator[Mapping[str, Cell]]:
    """Lay out one post a record: of several pictures the words and the moment stand beside them."""
    for record in _lists(documents):
        media = [one for one in _entries(record.get("media")) if "creation_timestamp" in one]
        said = [record, *media]
        moment = next((at for one in said if (at := _moment(one.get("creation_timestamp")))), None)
        words = next((text for one in said if (text := _text(one.get("title")))), "")
        yield {"creation_timestamp": moment, "title": words, "kind": MentionKind.ORIGINAL.value}


def _stories(documents: Sequence[Any]) -> Iterator[Mapping[str, Cell]]:
    for record in _lists(documents):
        moment = _moment(record.get("creation_timestamp"))
        kind = MentionKind.STORY.value
        yield {"creation_timestamp": moment, "title": _text(record.get("title")), "kind": kind}


def _old_media(documents: Sequence[Any]) -> Iterator[Mapping[str, Cell]]:
    for whole in documents:
        lists = whole if isinstance(whole, dict) else {}
        for name, kind in _OLD_LISTS.items():
            for record in _entries(lists.get(name)):
                caption, at = _text(record.get("caption")), _text(record.get("taken_at"))
                yield {"taken_at": _in_utc(at), "caption": caption, "kind": kind.value}


def _lists(documents: Sequence[Any]) -> Iterator[Mapping[str, Any]]:
    """List the records of a file: a list, or those under each public name of an object."""
    for whole in documents:
        if isinstance(whole, list):
            yield from _entries(whole)
        elif isinstance(whole, dict) and "media" not in whole and "uri" not in whole:
            for name, entries in whole.items():
                if _NOT_PUBLIC not in name:
                    yield from _entries(entries)
        elif isinstance(whole, dict):
            yield whole


def archived_posts(documents: Sequence[Any]) -> Iterator[Note]:
    """Tell of posts that were taken from view."""
    yield from _lists_but(documents, lambda name: _NOT_PUBLIC not in name)


def _not_posts(documents: Sequence[Any]) -> Iterator[Note]:
    """Tell of what the older file holds beside posts: pictures of private messages, of the profile."""
    yield from _lists_but(documents, lambda name: name in _OLD_LISTS)


def _lists_but(documents: Sequence[Any], is_read: Callable[[str], bool]) -> Iterator[Note]:
    for whole in documents:
        named = whole.items() if isinstance(whole, dict) and "uri" not in whole else ()
        found = {name: len(_entries(entries)) for name, entries in named if not is_read(name)}
        yield from lists_left({name: count for name, count in found.items() if count})


def _entries(value: Any) -> list[Mapping[str, Any]]:  # noqa: ANN401 - whatever JSON holds
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _moment(value: Any) -> Cell:  # noqa: ANN401 - whatever JSON holds
    """Write seconds since 1970 as an instant; what is none stays as it stands, to be refused with its row."""
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        try:
            return datetime.fromtimestamp(value, UTC).isoformat()
        except (OverflowError, OSError, ValueError):
            return str(value)
    return _text(value)


def _in_utc(text: str) -> str:
    """Name the zone of an instant of the older file, which it leaves out."""
    return f"{text}+00:00" if len(text) == len("2019-05-01T10:00:00") else text


def _text(value: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    return whole_letters(value) if isinstance(value, str) else ""


INSTAGRAM_POSTS = Format(
    key="instagram-posts",
    name=mark("Instagram data download, posts of one account"),
    kind=ImportKind.MENTIONS,
    has=("media.uri", "media.creation_timestamp"),
    platform="instagram",
    columns={"created_at": "creation_timestamp", "text": "title", "kind": "kind"},
    unfold=posts_of_download,
    leaves=archived_posts,
)
INSTAGRAM_STORIES = Format(
    key="instagram-stories",
    name=mark("Instagram data download, stories of one account"),
    kind=ImportKind.MENTIONS,
    has=("uri", "creation_timestamp", "title"),
    lacks=("media.uri",),
    platform="instagram",
    columns={"created_at": "creation_timestamp", "text": "title", "kind": "kind"},
    unfold=_stories,
    leaves=archived_posts,
)
INSTAGRAM_MEDIA = Format(
    key="instagram-media",
    name=mark("Instagram data download of before 2021, posts of one account"),
    kind=ImportKind.MENTIONS,
    has=("caption", "taken_at", "path"),
    platform="instagram",
    columns={"created_at": "taken_at", "text": "caption", "kind": "kind"},
    unfold=_old_media,
    leaves=_not_posts,
)

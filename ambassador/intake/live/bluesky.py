"""Bluesky: accounts, hashtags, who follows whom, whose posts somebody likes, and the streams."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.intake.formats.bluesky import posts_of_thread
from ambassador.intake.live.bluesky_records import heard_in, named_batch, subject_of, tie_batch
from ambassador.intake.live.bluesky_stream import checked_stream, stream
from ambassador.intake.live.bluesky_talk import HOME, Record, Talk, did_in, key_of
from ambassador.intake.live.records import BatchMarks, batch_of, ties_of
from ambassador.intake.live.source import Batch, Means
from ambassador.intake.live.web import checked_address
from ambassador.values.live import Cursor, Watched

POST: Final = "app.bsky.feed.post"
REPOST: Final = "app.bsky.feed.repost"
LIKE: Final = "app.bsky.feed.like"
FOLLOW: Final = "app.bsky.graph.follow"
_TIES: Final[Mapping[str, tuple[str, str]]] = {"follows": (FOLLOW, "follow"), "likes": (LIKE, "reaction")}
"""What is followed -> the collection it is read from, and what its ties are called."""
_STREAMS: Final = ("jetstream", "firehose")
_HANDLE: Final = re.compile(r"^(?:[a-z0-9][a-z0-9-]*\.)+[a-z][a-z0-9-]*$")
_DID: Final = re.compile(r"^did:(?:plc:[a-z2-7]{1,64}|web:[a-z0-9.-]{1,253})$")
_PAGE: Final = 100
_REVISITED: Final = 50
"""Posts that are looked at again for answers and figures: the latest ones, for so many days."""
_DAYS: Final = 7
_OVERLAP: Final = timedelta(hours=1)
"""A search may learn of a post later than it was made."""


class BlueskySource:
    """Follows what servers of Bluesky know."""

    name = "bluesky"
    label = "Bluesky"
    offers: Mapping[str, str] = {
        "account": mark("An account"),
        "hashtag": mark("A hashtag"),
        "follows": mark("Whom an account follows"),
        "followers": mark("Followers of an account"),
        "likes": mark("Whose posts an account likes"),
        "jetstream": mark("Hashtags in the stream of all posts (Jetstream)"),
        "firehose": mark("Hashtags in the stream of all records (firehose)"),
    }
    settings = ("AMBASSADOR_BLUESKY_HANDLE", "AMBASSADOR_BLUESKY_PASSWORD", "AMBASSADOR_BLUESKY_SERVER")
    per_minute = 300  # 3,000 in five minutes is what servers allow

    def checked(self, watched: Watched) -> Watched:
        """Take a handle, a DID or the address of a profile; a hashtag without its sign."""
        if watched.what in _STREAMS:
            return checked_stream(watched)
        target = watched.target.strip()
        if watched.what == "hashtag":
            target = target.lstrip("#").casefold()
            if not target or any(sign.isspace() or sign in "#/?" for sign in target):
                raise BadInputError(mark("{value} is no hashtag"), value=watched.target)
        else:
            target = _account_in(target)
        return Watched(self.name, watched.what, target, checked_address(watched.server or HOME))

    def batches(self, watched: Watched, cursor: Cursor, means: Means) -> Iterator[Batch]:
        """Yield what came since the cursor."""
        talk = Talk(means, watched.server)
        if watched.what in _STREAMS:
            yield from stream(watched, cursor, means)
        elif watched.what == "hashtag":
            yield from _hashtag(talk, watched.target, cursor)
        elif watched.what == "account":
            yield from _account(talk, watched.target, cursor)
        elif watched.what == "followers":
            yield from _followers(talk, watched.target, cursor)
        else:
            yield from _own_ties(talk, watched, cursor)


def _account_in(text: str) -> str:
    """Find the handle or DID in what somebody typed.

    >>> _account_in("https://bsky.app/profile/Nina.bsky.social"), _account_in("@nina.bsky.social")
    ('nina.bsky.social', 'nina.bsky.social')
    """
    parts = urlsplit(text)
    place = [part for part in parts.path.split("/") if part] if parts.scheme in {"http", "https"} else []
    name = place[1] if len(place) > 1 and place[0] == "profile" else text
    name = name.strip().lstrip("@").lower()
    if not _HANDLE.match(name) and not _DID.match(name):
        message = mark("{value} is no account of Bluesky: write it like nina.bsky.social")
        raise BadInputError(message, value=text)
    return name


# An account: the records of its own, with figures and answers where an AppView knows them


def _account(talk: Talk, target: str, cursor: Cursor) -> Iterator[Batch]:
    did = str(cursor.get("did") or talk.did_of(target))
    home = talk.home_of(did)
    cursor = {"after": {}, "recent": {}, **cursor, "did": did}
    cursor = yield from _again(talk, cursor)
    for collection in (POST, REPOST):
        cursor = yield from _collection(talk, home, collection, cursor)


def _collection(talk: Talk, home: str, collection: str, cursor: Cursor) -> "_Walk":
    """Yield what was made in a collection since it was read, and say how far it is read now."""
    did = str(cursor["did"])
    while page := talk.records(home, did, collection, str(cursor["after"].get(collection, ""))):
        own = [str(one["uri"]) for one in page if collection == POST]
        shared = [address for one in page if (address := subject_of(one)) and collection == REPOST]
        shown = talk.posts(own + shared)
        steps = BatchMarks(cursor)
        yield from _around(talk, [one for one in shown if did_in(one.get("uri")) == did], steps)
        if shown and not steps.has(key_of(page[-1])):
            yield steps.take(batch_of("bluesky", shown, cursor), key_of(page[-1]))
        known = {str(one.get("uri")) for one in shown}
        rest = [one for one in page if str(one["uri"]) not in known]
        after = {**cursor["after"], collection: key_of(page[-1])}
        cursor = {"did": did, "after": after, "recent": _latest(cursor["recent"], shown)}
        yield named_batch(talk, rest, cursor)
        if len(page) < _PAGE:
            break
    return cursor


# What comes to posts later: answers, quotes, shares, figures

_Walk = Any  # a generator of batches that returns a cursor


def _again(talk: Talk, cursor: Cursor) -> _Walk:
    """Yield what has come to the latest posts that were read before, and say what is known of them now."""
    recent = dict(cursor["recent"])
    changed = [one for one in talk.posts(list(recent)) if _seen(one) != recent.get(str(one.get("uri")))]
    if changed:
        yield from _around(talk, changed, BatchMarks(cursor))
        rest = {name: value for name, value in cursor.items() if name != "done"}
        cursor = {**rest, "recent": _latest(recent, changed)}
        yield batch_of("bluesky", changed, cursor)
    return cursor


def _around(talk: Talk, posts: Sequence[Record], steps: BatchMarks) -> Iterator[Batch]:
    """Yield answers and quotes of some posts, and who shared them; the cursor stays where it is."""
    for one in posts:
        about = str(one.get("uri")), _seen(one)
        for number, batch in enumerate(_surroundings(talk, one)):
            if not steps.has(*about, number):
                yield steps.take(batch, *about, number)


def _surroundings(talk: Talk, post: Record) -> Iterator[Batch]:
    address = str(post.get("uri"))
    if post.get("replyCount"):
        found = posts_of_thread(talk.thread(address) or {})
        below = [one for one in found if one.get("uri") != address]
        yield from (batch_of("bluesky", below[at : at + _PAGE], {}) for at in range(0, len(below), _PAGE))
    if post.get("quoteCount"):
        for page in talk.pages_of_view("app.bsky.feed.getQuotes", {"uri": address}, "posts"):
            yield batch_of("bluesky", page, {})
    author = _handle(post.get("author"))
    if post.get("repostCount") and author:
        for page in talk.pages_of_view("app.bsky.feed.getRepostedBy", {"uri": address}, "repostedBy"):
            pairs = [(author, name) for person in page if (name := _handle(person))]
            yield ties_of(pairs, "bluesky", "repost", {})


def _handle(person: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    name = person.get("handle") if isinstance(person, dict) else None
    return name if isinstance(name, str) and name != "handle.invalid" else ""


def _seen(post: Record) -> list[Any]:
    """Give what is kept of a post to see whether something has come to it."""
    counts = [post.get(name) or 0 for name in ("replyCount", "repostCount", "quoteCount", "likeCount")]
    return [str(post.get("indexedAt") or ""), *counts]


def _latest(recent: Mapping[str, Any], shown: Sequence[Record]) -> dict[str, Any]:
    """Keep the latest posts, so many and of so many days before the last of them."""
    kept = {**recent, **{str(one.get("uri")): _seen(one) for one in shown}}
    moments = {key: found for key, (at, *_) in kept.items() if (found := _moment(at))}
    last = max(moments.values(), default=datetime.now(UTC))
    young = sorted(
        (key for key, at in moments.items() if last - at < timedelta(_DAYS)), key=moments.__getitem__
    )
    return {key: kept[key] for key in young[-_REVISITED:]}


def _moment(text: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


# A hashtag, by search


def _hashtag(talk: Talk, tag: str, cursor: Cursor) -> Iterator[Batch]:
    """Walk through what was posted since the last walk, newest first."""
    cursor = {"since": "", "top": "", "page": None, "recent": {}, **cursor}
    if not cursor["page"]:
        cursor = yield from _again(talk, cursor)
    while True:
        found = talk.search(tag, cursor["since"], cursor["page"])
        if found is None:  # its page is too old: from the top again
            cursor = {**cursor, "page": None}
            continue
        posts, page = found
        yield from _around(talk, posts, BatchMarks(cursor))
        moments = [one for post in posts if (one := _sorted_at(post))]
        top = max([*moments, *filter(None, [_moment(cursor["top"])])], default=None)
        cursor = {
            "since": cursor["since"],
            "top": top.isoformat() if top else "",
            "page": page,
            "recent": _latest(cursor["recent"], posts),
        }
        if page is None or not posts:
            since = (top - _OVERLAP).isoformat() if top else cursor["since"]
            ended = {"since": since, "top": "", "page": None, "recent": cursor["recent"]}
            yield replace(batch_of("bluesky", posts, ended), is_last=True)
            return
        yield batch_of("bluesky", posts, cursor)


def _sorted_at(post: Record) -> datetime | None:
    """Give the moment by which a search sorts a post: when it was made, or learnt of if that was earlier."""
    record = post.get("record")
    made = _moment(record.get("createdAt")) if isinstance(record, dict) else None
    learnt = _moment(post.get("indexedAt"))
    return min(made, learnt) if made and learnt else made or learnt


# Ties


def _own_ties(talk: Talk, watched: Watched, cursor: Cursor) -> Iterator[Batch]:
    """Yield whom an account follows, or whose posts it likes: it hears from them."""
    collection, kind = _TIES[watched.what]
    did = str(cursor.get("did") or talk.did_of(watched.target))
    home = talk.home_of(did)
    after = str(cursor.get("after", ""))
    while page := talk.records(home, did, collection, after):
        after = key_of(page[-1])
        heard = [heard_in(one) for one in page]
        yield tie_batch(talk, [(one, did) for one in heard], kind, {"did": did, "after": after})
        if len(page) < _PAGE:
            return


def _followers(talk: Talk, target: str, cursor: Cursor) -> Iterator[Batch]:
    """Yield the followers page by page; a walk that came to its end begins anew the next time."""
    did = talk.did_of(target)
    page = cursor.get("page")
    owner = talk.profiles([did]).get(did)
    name = owner.handle if owner else target
    while True:
        people, further = talk.followers(did, page)
        page = further if people and further != page else None
        pairs = [(name, handle) for one in people if (handle := _handle(one))]
        batch = ties_of(pairs, "bluesky", "follow", {"page": page} if page else {})
        yield replace(batch, is_last=page is None)
        if page is None:
            return

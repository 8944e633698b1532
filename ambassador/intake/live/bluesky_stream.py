"""The streams of Bluesky: what is posted under hashtags, and what is said to it, while it happens."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.intake.formats.bluesky import quoted_in
from ambassador.intake.live.bluesky_events import COLLECTIONS, Event, event_of_firehose, event_of_jetstream
from ambassador.intake.live.bluesky_records import heard_in, named_batch, subject_of, tie_batch
from ambassador.intake.live.bluesky_talk import HOME, Record, Talk, did_in
from ambassador.intake.live.source import Batch, Means
from ambassador.intake.live.web import Hear, checked_address
from ambassador.values.imports.imports import RejectedRow
from ambassador.values.live import Cursor, Watched

RELAY: Final = "https://bsky.network"
JETSTREAM: Final = "https://jetstream2.us-east.bsky.network"
EVERYTHING: Final = "*"
QUIET: Final = 3.0
"""Seconds without a message after which all that is there was read."""
_AT_ONCE: Final = 500
"""Records that are looked through at once."""
_LONGEST: Final = 10.0
"""Seconds after which what came is written, and how far the stream was read."""
_BEFORE: Final = 5_000_000
"""Microseconds by which Jetstream is asked again for what was read: its servers differ by as much."""
_TAG: Final = re.compile(r"[#\uff03]([^\s#\uff03.,;:!?()\[\]{}\"']+)")
_POST, _REPOST, _FOLLOW = COLLECTIONS
_UNREADABLE: Final = mark("a message of the stream cannot be read")
_NOT_TOLD: Final = mark("the stream does not say what the record holds")


def checked_stream(watched: Watched) -> Watched:
    """Take hashtags; everything only from a server of one's own."""
    words = watched.target.replace(",", " ").split()
    tags = sorted({word.lstrip("#").casefold() for word in words} - {""})
    server = watched.server or (RELAY if watched.what == "firehose" else JETSTREAM)
    server = checked_address(server).replace("wss://", "https://").replace("ws://", "http://")
    if EVERYTHING in tags and server in (RELAY, JETSTREAM):
        message = mark(
            "Name hashtags: all that is said on Bluesky is too much; a server of your own may be read whole"
        )
        raise BadInputError(message)
    target = EVERYTHING if EVERYTHING in tags else " ".join(tags)
    if not target:
        raise BadInputError(mark("{value} is no hashtag"), value=watched.target)
    return replace(watched, target=target, server=server)


def stream(watched: Watched, cursor: Cursor, means: Means) -> Iterator[Batch]:
    """Yield what is said in a stream since the cursor, until all that is there was read."""
    host = urlsplit(watched.server).hostname or ""
    talk = Talk(means, watched.server)
    if not talk.is_here:
        talk.server = HOME  # of a relay nobody's name can be asked
    read = event_of_firehose if watched.what == "firehose" else event_of_jetstream
    gathered = _Gathered(cursor, cursor.get("seq"))
    with means.web.listening(_address(watched, gathered.cursor)) as hear:
        for event in _events(hear, lambda message: read(message, host), means):
            gathered.take(event, talk)
            if len(gathered.records) >= _AT_ONCE or means.web.clock() - gathered.since > _LONGEST:
                yield from gathered.batches(watched, talk, means)
                gathered = _Gathered(gathered.ended, gathered.cursor)
        yield from gathered.batches(watched, talk, means)


def _address(watched: Watched, cursor: int | None) -> str:
    server = watched.server.replace("https://", "wss://").replace("http://", "ws://")
    if watched.what == "firehose":
        return f"{server}/xrpc/com.atproto.sync.subscribeRepos?cursor={cursor or 0}"
    query: dict[str, Any] = {
        "wantedCollections": COLLECTIONS if watched.target == EVERYTHING else (_POST, _REPOST)
    }
    query |= {"cursor": max(0, cursor - _BEFORE)} if cursor else {}
    return f"{server}/subscribe?{urlencode(query, doseq=True)}"


def _events(hear: Hear, read: Callable[[str | bytes], Event | None], means: Means) -> Iterator[Event | None]:
    """Give messages until those of the moment at which it began are there, and for as long as it lingers."""
    web = means.web
    began, until, is_read = web.now(), web.clock() + means.lingers, False
    while not is_read or web.clock() < until:
        message = hear(QUIET if not is_read else max(0.0, min(QUIET, until - web.clock())))
        if message is None:
            is_read = True
            yield Event()
            continue
        event = read(message)
        yield event
        is_read = is_read or (event is not None and event.at is not None and event.at >= began)


@dataclass
class _Gathered:
    """What came since it was last written."""

    before: Cursor
    """How far it was read when this began."""
    cursor: int | None
    since: float = float("inf")
    records: list[Record] = field(default_factory=list)
    rejected: list[RejectedRow] = field(default_factory=list)

    def take(self, event: Event | None, talk: Talk) -> None:
        """Keep what a message says."""
        self.since = min(self.since, talk.means.web.clock())
        if event is None:
            self.rejected.append(RejectedRow(len(self.rejected) + 1, "", "", _UNREADABLE))
            return
        read = event.cursor is not None and event.cursor <= self.before.get("follows", 0)
        self.records += [one for one in event.records if not read or _collection(one) != _FOLLOW]
        self.rejected += [
            RejectedRow(len(self.rejected) + number, "", address, _NOT_TOLD)
            for number, address in enumerate(event.missing, start=1)
        ]
        if event.named:
            talk.note_handle(*event.named)
        if event.cursor is not None:
            self.cursor = max(event.cursor, self.cursor or 0)

    @property
    def ended(self) -> Cursor:
        """How far the stream is read with this."""
        return {"seq": self.cursor} if self.cursor is not None else self.before

    def batches(self, watched: Watched, talk: Talk, means: Means) -> Iterator[Batch]:
        """Yield what is wanted of it; the cursor goes with the last."""
        found = self._wanted(watched, means)
        follows = [one for one in found if _collection(one) == _FOLLOW]
        posts = [one for one in found if _collection(one) != _FOLLOW]
        if follows:
            pairs = [(heard_in(one), did_in(one["uri"])) for one in follows]
            yield tie_batch(talk, pairs, "follow", {**self.before, "follows": self.cursor})
        batch = named_batch(talk, posts, self.ended)
        yield replace(batch, rejected=(*batch.rejected, *self.rejected))

    def _wanted(self, watched: Watched, means: Means) -> list[Record]:
        if watched.target == EVERYTHING:
            return self.records
        tags = set(watched.target.split())
        about = [_points_at(one) for one in self.records]
        known = set(means.known({address for some in about for address in some}))
        taken: list[Record] = []
        for record, others in zip(self.records, about, strict=True):
            if tags & tags_in(_value(record)) or not known.isdisjoint(others):
                taken.append(record)
                known.add(str(record["uri"]))
        return taken


def _value(record: Record) -> Mapping[str, Any]:
    value = record.get("value")
    return value if isinstance(value, dict) else {}


def _collection(record: Record) -> str:
    return str(record["uri"]).split("/")[3]


def _points_at(record: Record) -> Collection[str]:
    """List the posts that a record answers, quotes or shares."""
    value, found = _value(record), [quoted_in(record.get("value")), subject_of(record)]
    reply, via = value.get("reply"), value.get("via")
    above = [reply.get("parent"), reply.get("root")] if isinstance(reply, dict) else []
    found += [str(one.get("uri")) for one in (*above, via) if isinstance(one, dict)]
    return {one for one in found if one.startswith("at://")}


def tags_in(value: Mapping[str, Any]) -> set[str]:
    """List the hashtags of a post: those it marks, those it names beside and those its text has.

    >>> sorted(tags_in({"text": "so #Brezza, wow", "tags": ["Fans"]}))
    ['brezza', 'fans']
    """
    found: set[str] = set()
    with suppress(TypeError, AttributeError):  # whatever JSON holds
        found |= {str(one) for one in value.get("tags") or ()}
    with suppress(TypeError, AttributeError):
        features = [one for facet in value.get("facets") or () for one in facet.get("features") or ()]
        found |= {str(one["tag"]) for one in features if "tag" in one}
    found |= set(_TAG.findall(str(value.get("text") or "")))
    return {one.lstrip("#").casefold() for one in found}

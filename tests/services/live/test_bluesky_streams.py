"""Jetstream on both databases, and streams that break or lie."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from ambassador.errors import BadInputError, SourceError
from ambassador.intake.live import bluesky_stream
from ambassador.intake.live import web as module
from ambassador.intake.live.bluesky_events import event_of_firehose, event_of_jetstream
from ambassador.services.live import add_watch, fetch_watch
from ambassador.services.live.fetching import FetchOptions
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.mentions import Mention
from ambassador.values.live import RunCounts, Watched
from tests.intake.formats.repositories import cbor
from tests.jetstream import jetstream, moment, posted, talk

WAY = FetchOptions(secret=lambda _: "")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take half a second of silence for the end of what is there."""
    monkeypatch.setattr(bluesky_stream, "QUIET", 0.5)


def follow(work: UnitOfWork, server: str, target: str = "#brezza", what: str = "jetstream") -> int:
    return add_watch(work, Watched("bluesky", what, target, server))


def texts(work: UnitOfWork) -> set[str]:
    with work.reading() as session:
        return {one.text or one.kind.value for one in session.exec(select(Mention))}


def test_a_hashtag_comes_with_answers_quotes_and_shares(work: UnitOfWork) -> None:
    with jetstream(talk()) as server:
        report = fetch_watch(work, follow(work, server.url), WAY)
    assert report.watch.failure is None
    assert report.watch.counts == RunCounts(added=6)
    assert texts(work) == {"hello #Brezza", "so nice", "yes", "look", "repost", "marked"}
    assert "cursor" not in server.asked[0]


def test_it_goes_on_where_it_was_and_knows_what_was_there_in_an_earlier_run(work: UnitOfWork) -> None:
    said = talk()
    with jetstream(said[:2]) as server:
        number = follow(work, server.url)
        assert fetch_watch(work, number, WAY).watch.counts == RunCounts(added=1)
        server.messages = said
        assert fetch_watch(work, number, WAY).watch.counts == RunCounts(added=5)
    assert server.asked[1]["cursor"] == [str(moment(2) - 5_000_000)]  # five seconds before


def test_many_messages_are_written_in_pieces(work: UnitOfWork, monkeypatch) -> None:
    monkeypatch.setattr(bluesky_stream, "_AT_ONCE", 3)
    with jetstream(talk()) as server:
        report = fetch_watch(work, follow(work, server.url), WAY)
    assert report.batches == 3
    assert texts(work) == {"hello #Brezza", "so nice", "yes", "look", "repost", "marked"}


def test_a_stream_that_ends_keeps_what_came(work: UnitOfWork, monkeypatch) -> None:
    monkeypatch.setattr(bluesky_stream, "_AT_ONCE", 1)
    with jetstream([*talk()[:1], None]) as server:
        number = follow(work, server.url)
        watch = fetch_watch(work, number, WAY).watch
        assert "has ended the stream" in str(watch.failure)
        server.messages = talk()
        fetch_watch(work, number, WAY)
    assert len(texts(work)) == 6


def test_what_cannot_be_read_is_refused_and_the_rest_comes(sqlite_work: UnitOfWork) -> None:
    broken = ["[", "[]", '{"kind": "commit", "commit": {"operation": "create", "collection": 7}}', b"\xff"]
    odd = '{"did": 7, "time_us": true, "commit": {"operation": "create", "collection": "app.bsky.feed.post"}}'
    with jetstream([*broken, odd, *talk()]) as server:
        report = fetch_watch(sqlite_work, follow(sqlite_work, server.url), WAY)
    assert report.watch.failure is None
    assert report.watch.counts == RunCounts(added=6, refused=3)


def test_a_message_that_is_too_large_ends_the_run(sqlite_work: UnitOfWork, monkeypatch) -> None:
    monkeypatch.setattr(module, "MOST_OF_MESSAGE", 10_000)
    with jetstream([posted("nina", "3a", 1, "#brezza" + "x" * 20_000)]) as server:
        watch = fetch_watch(sqlite_work, follow(sqlite_work, server.url), WAY).watch
    assert "has ended the stream" in str(watch.failure)


def test_nobody_there_is_said(sqlite_work: UnitOfWork) -> None:
    with jetstream([]) as server:
        gone = server.url
    assert "cannot be reached" in str(fetch_watch(sqlite_work, follow(sqlite_work, gone), WAY).watch.failure)


@pytest.mark.parametrize(("target", "server"), [("*", ""), ("# ,", ""), ("#a", "http://bsky.example")])
def test_everything_is_read_only_from_a_server_of_ones_own(sqlite_work, target, server) -> None:
    with pytest.raises(BadInputError):
        follow(sqlite_work, server, target)


def test_an_error_of_the_firehose_ends_the_run_without_words_of_others() -> None:
    frame = cbor({"op": -1}) + cbor({"error": "FutureCursor", "message": "hidden"})
    with pytest.raises(SourceError) as told:
        event_of_firehose(frame, "bsky.example")
    assert "FutureCursor" in str(told.value) and "hidden" not in str(told.value)


_FRAME = cbor({"op": 1, "t": "#commit"}) + cbor(
    {
        "seq": 5,
        "repo": "did:plc:ida",
        "time": "2026-05-03T10:00:00Z",
        "blocks": b"",
        "ops": [{"action": "create", "path": "app.bsky.feed.post/3a", "cid": None}],
    }
)


def test_a_record_that_the_firehose_does_not_tell_is_named() -> None:
    event = event_of_firehose(_FRAME, "")
    assert event and (event.cursor, event.missing) == (5, ("at://did:plc:ida/app.bsky.feed.post/3a",))


@given(
    st.lists(st.tuples(st.integers(0, len(_FRAME) - 1), st.integers(0, 255)), max_size=8), st.integers(0, 200)
)
def test_no_damaged_frame_breaks_the_reader(changes, end) -> None:
    frame = bytearray(_FRAME)
    for place, byte in changes:
        frame[place] = byte
    for one in (bytes(frame), bytes(frame[:end])):
        try:
            event_of_firehose(one, "")
            event_of_jetstream(one, "")
        except SourceError:
            pass

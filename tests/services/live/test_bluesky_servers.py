"""Bluesky, from its own servers on this machine: what accounts do there comes in, by their records."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from ambassador.intake.live import bluesky_stream
from ambassador.intake.live.web import Web
from ambassador.services.live import add_watch, fetch_watch, list_watches
from ambassador.services.live.fetching import FetchOptions
from ambassador.services.work import UnitOfWork
from ambassador.store.database import open_engine
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.network import Tie
from ambassador.store.tables.people import Account
from ambassador.values.live import RunCounts, RunReport, Watched
from ambassador.values.status import MentionKind
from tests.bluesky_server import LEFT_OUT, Bluesky, Member, bluesky_servers, packages

pytestmark = pytest.mark.skipif(packages() is None, reason=LEFT_OUT)
_POSTS = 104
"""More than a page."""
PASSING = "only for a test"
"""What is said and deleted by a test; the stream tells of it all the same."""
Post = Mapping[str, str]


@pytest.fixture
def work(engine: Engine) -> UnitOfWork:
    """Work at this moment: the server notes its own."""
    return UnitOfWork(engine, "tester")


@dataclass
class Talked:
    """Who said what on the server."""

    server: Bluesky
    nina: Member
    leo: Member
    eva: Member
    first: Post
    shared: Post


@pytest.fixture(scope="module")
def talk() -> Iterator[Talked]:
    """Let three accounts follow each other, post, answer, quote, share and like."""
    place = packages()
    assert place
    with bluesky_servers(place) as server:
        nina, leo, eva = (server.member(name) for name in ("nina", "leo", "eva"))
        leo.follow(nina, 0)
        eva.follow(leo, 0)
        first = nina.post("hello #brezza", 1)
        reply = leo.reply("so nice", 2, first, first)
        nina.reply("thanks", 3, reply, first)
        eva.quote("look", 4, first)
        shared = leo.repost(first, 5)
        eva.repost(first, 6, via=shared)
        eva.like(first, 7)
        for number in range(_POSTS):
            eva.post(f"post {number}", 8 + number % 50)
        yield Talked(server, nina, leo, eva, first, shared)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> FetchOptions:
    """Take a second of silence for the end of what is there."""
    monkeypatch.setattr(bluesky_stream, "QUIET", 1.0)
    return FetchOptions(secret=lambda _: "")


def fetch(work: UnitOfWork, talk: Talked, what: str, target: str) -> RunReport:
    number = add_watch(work, Watched("bluesky", what, target, talk.server.url))
    report = fetch_watch(work, number, FetchOptions(secret=lambda _: ""))
    assert report.watch.failure is None
    return report


def kept_posts(work: UnitOfWork) -> dict[tuple[str, str], Mention]:
    """Give the posts by who wrote them and their words, a share by its kind."""
    with work.reading() as session:
        names = {one.id: one.handle for one in session.exec(select(Account))}
        found = {
            (names[one.account_id], one.text or one.kind.value): one for one in session.exec(select(Mention))
        }
        session.expunge_all()
    return {key: one for key, one in found.items() if one.text != PASSING}


def kept_ties(work: UnitOfWork) -> set[tuple[str, str, str]]:
    with work.reading() as session:
        names = {one.id: one.handle for one in session.exec(select(Account))}
        return {(names[one.source_id], names[one.target_id], one.kind) for one in session.exec(select(Tie))}


def test_accounts_bring_posts_answers_quotes_and_shares_with_what_they_came_through(work, talk) -> None:
    for name, count in (("nina.test", 2), ("leo.test", 2), ("eva.test", 2 + _POSTS)):
        assert fetch(work, talk, "account", name).watch.counts == RunCounts(added=count)
    check_talk(work, talk)


def check_talk(work: UnitOfWork, talk: Talked) -> None:
    """Look at the whole talk."""
    kept = kept_posts(work)
    assert len(kept) == 6 + _POSTS
    first, reply = kept["nina.test", "hello #brezza"], kept["leo.test", "so nice"]
    thanks, look = kept["nina.test", "thanks"], kept["eva.test", "look"]
    shared, again = kept["leo.test", "repost"], kept["eva.test", "repost"]
    kinds = [one.kind for one in (first, reply, thanks, look, shared, again)]
    assert kinds == [
        MentionKind.ORIGINAL,
        MentionKind.REPLY,
        MentionKind.REPLY,
        MentionKind.QUOTE,
        MentionKind.REPOST,
        MentionKind.REPOST,
    ]
    parents = [one.parent_observed_id for one in (reply, thanks, look, shared, again)]
    assert parents == [first.id, reply.id, first.id, first.id, shared.id]
    assert first.post_id == talk.first["uri"]


def test_follows_and_likes_are_ties_towards_who_hears(work, talk) -> None:
    assert fetch(work, talk, "follows", "eva.test").watch.counts == RunCounts(added=1)
    assert fetch(work, talk, "likes", talk.eva.did).watch.counts == RunCounts(added=1)
    assert kept_ties(work) == {("leo.test", "eva.test", "follow"), ("nina.test", "eva.test", "reaction")}


def test_the_second_run_brings_only_what_is_new(work, talk) -> None:
    number = add_watch(work, Watched("bluesky", "account", "leo.test", talk.server.url))
    way = FetchOptions(secret=lambda _: "")
    fetch_watch(work, number, way)
    assert fetch_watch(work, number, way).watch.counts == RunCounts()
    gone = talk.leo.post(PASSING, 59)
    try:
        assert fetch_watch(work, number, way).watch.counts == RunCounts(added=1)
    finally:
        talk.leo.remove(gone)


def follow_stream(work: UnitOfWork, talk: Talked, target: str) -> int:
    return add_watch(work, Watched("bluesky", "firehose", target, talk.server.url))


def test_the_firehose_brings_the_same_from_its_first_message_on(work, talk, quick) -> None:
    report = fetch_watch(work, follow_stream(work, talk, "*"), quick)
    assert report.watch.failure is None
    check_talk(work, talk)
    follows = {("nina.test", "leo.test", "follow"), ("leo.test", "eva.test", "follow")}
    assert follows <= kept_ties(work)
    counts = report.watch.counts
    assert counts.rows == counts.added >= 6 + _POSTS + len(follows)


def test_of_a_hashtag_the_firehose_brings_what_is_said_to_it_as_well(work, talk, quick) -> None:
    number = follow_stream(work, talk, "#Brezza")
    assert fetch_watch(work, number, quick).watch.counts.added >= 6
    assert {text for _, text in kept_posts(work)} == {"hello #brezza", "so nice", "thanks", "look", "repost"}
    gone = talk.leo.reply(PASSING, 59, talk.first, talk.first)
    try:
        assert fetch_watch(work, number, quick).watch.counts == RunCounts(added=1)
    finally:
        talk.leo.remove(gone)


@pytest.mark.parametrize("seed", range(2))
def test_cut_off_anywhere_the_end_is_the_same(sqlite_url, talk, quick, seed, monkeypatch) -> None:
    monkeypatch.setattr(bluesky_stream, "_AT_ONCE", 20)
    work, chance, cuts = UnitOfWork(open_engine(sqlite_url), "tester"), random.Random(seed), 0

    class Dies(Web):
        def send(self, *arguments, **named):
            if chance.random() < 0.05:
                raise KeyboardInterrupt
            return super().send(*arguments, **named)

        def _heard(self, *arguments):
            if chance.random() < 0.01:
                raise KeyboardInterrupt
            return super()._heard(*arguments)

    number = follow_stream(work, talk, "*")
    add_watch(work, Watched("bluesky", "account", "eva.test", talk.server.url))
    for watch in (number, number + 1):
        while list_watches(work)[watch - number].ended_at is None:
            try:
                report = fetch_watch(work, watch, replace(quick, web=Dies))
                assert report.watch.failure is None
            except KeyboardInterrupt:
                cuts += 1
    assert cuts
    check_talk(work, talk)
    stream, account = (one.counts for one in list_watches(work))
    assert (stream.rows, stream.known) == (stream.added, 0)
    assert account == RunCounts(known=2 + _POSTS)
    work.engine.dispose()

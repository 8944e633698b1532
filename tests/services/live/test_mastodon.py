"""Mastodon, from a server of the real kind on this machine."""

import json

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from ambassador.intake.live.web import Web
from ambassador.services.imports.import_files import ImportOptions, import_file
from ambassador.services.live import add_watch, fetch_watch
from ambassador.services.live.fetching import FetchOptions
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.network import Tie
from ambassador.store.tables.people import Account
from ambassador.values.live import RunCounts, Watched
from ambassador.values.status import ImportKind, MentionKind

mock = pytest.importorskip("mastodon_mock.testing")
mastodon = pytest.importorskip("mastodon")


@pytest.fixture
def work(engine: Engine) -> UnitOfWork:
    """Work at this moment: the server dates its posts itself."""
    return UnitOfWork(engine, "tester")


@pytest.fixture
def server():
    """Serve three accounts: Alice posts, Bob answers, Alice follows Bob."""
    with mock.MockServer() as running:
        yield running


@pytest.fixture
def talk(server):
    """Let Alice, Bob and Carol talk; give what Alice posted."""
    alice, bob = (_client(server, name) for name in ("alice", "bob"))
    posts = [alice.status_post(f"hello {n} #Brezza") for n in range(42)]
    answer = bob.status_post("so nice", in_reply_to_id=posts[0]["id"])
    alice.status_post("thanks", in_reply_to_id=answer["id"])
    bob.status_reblog(posts[1]["id"])
    return posts


def _client(server, name):
    return mastodon.Mastodon(access_token=f"{name}_token", api_base_url=server.base_url)


def _way(server) -> FetchOptions:
    secrets = {"AMBASSADOR_MASTODON_TOKEN": "alice_token", "AMBASSADOR_MASTODON_SERVER": server.base_url}
    return FetchOptions(secret=lambda name: secrets.get(name, ""))


def _fetch(work: UnitOfWork, server, what: str, target: str):
    return fetch_watch(
        work, add_watch(work, Watched("mastodon", what, target, server.base_url)), _way(server)
    )


def test_a_hashtag_brings_posts_answers_and_boosts(work: UnitOfWork, server, talk) -> None:
    report = _fetch(work, server, "hashtag", "#brezza")
    assert report.watch.failure is None
    assert report.watch.counts == RunCounts(added=45)  # 42 posts, two answers below them, a tie of a boost
    with work.reading() as session:
        kept = {one.text: one for one in session.exec(select(Mention))}
        names = {one.id: one.handle for one in session.exec(select(Account))}
        ties = [(names[one.source_id], names[one.target_id], one.kind) for one in session.exec(select(Tie))]
        first, answer, thanks = kept["hello 0 #Brezza"], kept["so nice"], kept["thanks"]
        assert (answer.kind, answer.parent_observed_id) == (MentionKind.REPLY, first.id)
        assert thanks.parent_observed_id == answer.id
        assert names[first.account_id] == "alice@mock.local"
    assert ("alice@mock.local", "bob@mock.local", "repost") in ties


def test_answers_that_come_later_are_found_and_nothing_comes_twice(work: UnitOfWork, server, talk) -> None:
    number = add_watch(work, Watched("mastodon", "hashtag", "brezza", server.base_url))
    fetch_watch(work, number, _way(server))
    _client(server, "bob").status_post("later", in_reply_to_id=talk[40]["id"])
    _client(server, "alice").status_post("new #brezza")
    counts = fetch_watch(work, number, _way(server)).watch.counts
    assert counts.added == 2
    assert counts.rows == counts.added + counts.updated + counts.known


def test_an_account_brings_its_answers_and_boosts(work: UnitOfWork, server, talk) -> None:
    report = _fetch(work, server, "account", "@bob")
    with work.reading() as session:
        found = {(one.kind, one.text): one.parent_post_id for one in session.exec(select(Mention))}
    assert report.watch.failure is None
    assert found[MentionKind.REPOST, "hello 1 #Brezza"] == str(talk[1]["id"])
    assert found[MentionKind.REPLY, "so nice"] == str(talk[0]["id"])


def test_followers_are_ties_towards_those_who_hear(work: UnitOfWork, server) -> None:
    report = _fetch(work, server, "followers", "bob")
    with work.reading() as session:
        names = {one.id: one.handle for one in session.exec(select(Account))}
        (tie,) = session.exec(select(Tie)).all()
        assert (names[tie.source_id], names[tie.target_id]) == ("bob@mock.local", "alice@mock.local")
    assert report.watch.counts == RunCounts(added=1)


def test_what_a_file_brought_is_known_live(work: UnitOfWork, server, talk) -> None:
    statuses = _client(server, "alice").timeline_hashtag("brezza", limit=40)
    file = json.dumps(list(statuses), default=str).encode()
    import_file(work, ImportKind.MENTIONS, "statuses.json", file, ImportOptions())
    counts = _fetch(work, server, "hashtag", "brezza").watch.counts
    assert counts.added == 45 - 40
    assert counts.known + counts.updated == 40


def test_an_account_nobody_has_is_said(work: UnitOfWork, server) -> None:
    watch = _fetch(work, server, "account", "nobody.here").watch
    assert "nobody.here" in str(watch.failure)
    assert watch.counts.rows == 0


def test_the_token_goes_to_its_own_server_alone(work: UnitOfWork, server, talk) -> None:
    watch = add_watch(work, Watched("mastodon", "followers", "bob", server.base_url))
    heard = []

    class Heard(Web):
        def send(self, method, url, headers=None, body=None):
            heard.append(dict(headers or {}))
            return super().send(method, url, headers, body)

    elsewhere = {"AMBASSADOR_MASTODON_TOKEN": "alice_token", "AMBASSADOR_MASTODON_SERVER": "other.example"}
    fetch_watch(work, watch, FetchOptions(secret=lambda name: elsewhere.get(name, ""), web=Heard))
    assert heard and not any("alice_token" in str(one) for one in heard)

"""Bluesky with an AppView, scripted after its documentation: figures, threads, searches, logging in."""

import json
from collections.abc import Mapping

import pytest
from sqlmodel import select

from ambassador.errors import BadInputError
from ambassador.services.live import add_watch, fetch_watch, list_watches
from ambassador.services.live.fetching import FetchOptions
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.network import Tie
from ambassador.store.tables.people import Account
from ambassador.values.live import RunCounts, RunReport, Watched
from ambassador.values.status import MentionKind
from tests.live_server import LiveServer, live_server
from tests.services.live.bluesky_view import TOKEN, View, address

PASSWORD = "app-p4ssword-that-nobody-may-see"  # noqa: S105 - of a test


@pytest.fixture
def view() -> View:
    """Nina posts, Leo and Eva answer, quote and share."""
    view = View()
    first = view.say("nina", "3a", 1, "hello #brezza")
    second = view.say("nina", "3b", 2, "again #brezza")
    reply = view.say("leo", "3c", 3, "so nice", reply={"parent": {"uri": first}, "root": {"uri": first}})
    view.say("nina", "3d", 4, "thanks", reply={"parent": {"uri": reply}, "root": {"uri": first}})
    view.say("eva", "3e", 5, "look #brezza", embed={"record": {"uri": second}})
    view.share("leo", "3f", 6, second)
    return view


@pytest.fixture
def server(view: View):
    with live_server(view) as running:
        yield running


def fetch(
    work: UnitOfWork, server: LiveServer, what: str, target: str, secrets: Mapping[str, str] | None = None
) -> RunReport:
    return fetch_watch(work, follow(work, server, what, target), way(secrets))


def follow(work: UnitOfWork, server: LiveServer, what: str, target: str) -> int:
    return add_watch(work, Watched("bluesky", what, target, server.url))


def way(secrets: Mapping[str, str] | None = None) -> FetchOptions:
    given = {f"AMBASSADOR_BLUESKY_{name.upper()}": value for name, value in (secrets or {}).items()}
    return FetchOptions(secret=lambda name: given.get(name, ""))


def log_in(server: LiveServer) -> dict[str, str]:
    return {"handle": "@nina.example", "password": PASSWORD, "server": server.url}


def kept_posts(work: UnitOfWork) -> dict[str, Mention]:
    with work.reading() as session:
        found = {one.text or one.kind.value: one for one in session.exec(select(Mention))}
        session.expunge_all()
    return found


def kept_ties(work: UnitOfWork) -> set[tuple[str, str, str]]:
    with work.reading() as session:
        names = {one.id: one.handle for one in session.exec(select(Account))}
        return {(names[one.source_id], names[one.target_id], one.kind) for one in session.exec(select(Tie))}


def test_an_account_comes_with_figures_and_what_is_said_below_it(work: UnitOfWork, server) -> None:
    report = fetch(work, server, "account", "@nina.example")
    assert report.watch.failure is None
    kept = kept_posts(work)
    assert {one: post.kind for one, post in kept.items()} == {
        "hello #brezza": MentionKind.ORIGINAL,
        "again #brezza": MentionKind.ORIGINAL,
        "so nice": MentionKind.REPLY,
        "thanks": MentionKind.REPLY,
        "look #brezza": MentionKind.QUOTE,
    }
    assert kept["so nice"].parent_observed_id == kept["hello #brezza"].id
    assert kept["look #brezza"].parent_observed_id == kept["again #brezza"].id
    assert ("nina.example", "leo.example", "repost") in kept_ties(work)
    assert report.watch.counts.added == 6


def test_who_shares_brings_the_post_and_its_share(work: UnitOfWork, server) -> None:
    fetch(work, server, "account", "leo.example")
    kept = kept_posts(work)
    assert kept["repost"].parent_observed_id == kept["again #brezza"].id
    assert set(kept) == {"so nice", "thanks", "again #brezza", "repost"}


def test_the_second_run_brings_what_is_new_and_what_came_to_the_old(work: UnitOfWork, server, view) -> None:
    number = follow(work, server, "account", "nina.example")
    fetch_watch(work, number, way())
    assert fetch_watch(work, number, way()).watch.counts == RunCounts()
    first = address("nina", "3a")
    view.say("eva", "3g", 8, "late", reply={"parent": {"uri": first}, "root": {"uri": first}})
    view.say("nina", "3h", 9, "new")
    counts = fetch_watch(work, number, way()).watch.counts
    assert counts.added == 2
    assert {"late", "new"} <= set(kept_posts(work))


def test_a_hashtag_is_searched_page_by_page_and_then_only_what_is_new(work: UnitOfWork, server, view) -> None:
    number = follow(work, server, "hashtag", "#Brezza")
    assert fetch_watch(work, number, way()).watch.failure is None
    assert set(kept_posts(work)) == {
        "hello #brezza",
        "again #brezza",
        "look #brezza",
        "so nice",
        "thanks",
    }
    view.say("ugo", "3h", 50, "late #brezza")
    before = len(server.asked)
    assert fetch_watch(work, number, way()).watch.counts.added == 1
    asked = [one.query for one in server.asked[before:] if one.path.endswith("searchPosts")]
    assert asked[0]["since"] == "2026-05-03T09:05:00+00:00"  # an hour before the latest


def test_a_page_that_is_not_known_any_more_is_asked_for_from_the_top(work: UnitOfWork, server, view) -> None:
    view.forgets_page = "2"
    report = fetch(work, server, "hashtag", "brezza")
    assert report.watch.failure is None
    assert {"hello #brezza", "again #brezza", "look #brezza"} <= set(kept_posts(work))


def test_a_search_logs_in_with_the_app_password(work: UnitOfWork, server, view) -> None:
    view.asks_for_login = True
    number = follow(work, server, "hashtag", "brezza")
    assert "does not let you in" in str(fetch_watch(work, number, way()).watch.failure)
    assert fetch_watch(work, number, way(log_in(server))).watch.failure is None
    assert view.logins == [json.dumps({"identifier": "nina.example", "password": PASSWORD})]
    assert "hello #brezza" in kept_posts(work)


def test_a_login_that_has_run_out_is_made_again(work: UnitOfWork, server, view) -> None:
    view.asks_for_login, view.runs_out = True, 1
    assert fetch(work, server, "hashtag", "brezza", log_in(server)).watch.failure is None
    assert len(view.logins) == 2


def test_the_login_goes_to_its_own_server_and_into_searches_alone(work: UnitOfWork, server, view) -> None:
    elsewhere = log_in(server) | {"server": "other.example"}
    fetch(work, server, "hashtag", "brezza", elsewhere)
    fetch(work, server, "account", "nina.example", log_in(server))
    assert view.sent and not view.logins
    assert not any("authorization" in one for one in view.sent)
    with work.engine.connect():
        assert TOKEN not in repr(list_watches(work))


def test_followers_are_ties_towards_those_who_hear(work: UnitOfWork, server) -> None:
    report = fetch(work, server, "followers", "nina.example")
    assert report.watch.counts == RunCounts(added=3)
    assert kept_ties(work) == {("nina.example", f"{one}.example", "follow") for one in ("leo", "eva", "ugo")}


@pytest.mark.parametrize(
    ("target", "means"),
    [
        ("@Nina.bsky.social", "nina.bsky.social"),
        ("https://bsky.app/profile/nina.bsky.social", "nina.bsky.social"),
        ("did:plc:abc234", "did:plc:abc234"),
    ],
)
def test_an_account_is_named_by_handle_address_or_did(sqlite_work, target, means) -> None:
    add_watch(sqlite_work, Watched("bluesky", "account", target))
    (watch,) = list_watches(sqlite_work)
    assert (watch.watched.target, watch.watched.server) == (means, "https://bsky.social")


@pytest.mark.parametrize("target", ["nina", "a b.c", "did:plc:../x", "https://example.org/nina", "-"])
def test_what_is_no_account_is_refused(sqlite_work, target) -> None:
    with pytest.raises(BadInputError):
        add_watch(sqlite_work, Watched("bluesky", "account", target))

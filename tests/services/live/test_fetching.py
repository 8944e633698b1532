"""Runs of live sources on both databases: what comes, what is refused, going on, secrets."""

import logging
import random
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from ambassador.errors import BadInputError, CancelledError, ConflictError
from ambassador.intake.live.web import Web
from ambassador.services.imports.undo_import import list_imports, undo_import
from ambassador.services.live import add_watch, fetch_due, fetch_watch, follow, list_watches, remove_watch
from ambassador.services.live.fetching import FetchOptions
from ambassador.services.people import edit_people
from ambassador.services.people.erase_person import erase_person
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.people import Account
from ambassador.values.live import RunCounts, Watched
from ambassador.values.people.people import NewPerson
from ambassador.values.status import MentionKind
from tests.conftest import NOW
from tests.everything import differences, everything
from tests.live_server import Asked, LiveServer, Said, comments, live_server

KEY = "k3y-that-nobody-may-see"
VIDEO = "vid-brezza1"


def way(**changed: object) -> FetchOptions:
    return FetchOptions(**{"secret": lambda _: KEY, "web": quick, **changed})  # type: ignore[arg-type]


def quick(per_minute: int, stopped: Callable[[], None]) -> Web:
    return Web(per_minute, stopped, sleep=lambda _: None)


def ask_all(work: UnitOfWork, server: str, target: str = VIDEO) -> int:
    return add_watch(work, Watched("youtube", "video", target, server))


@pytest.fixture
def youtube() -> Iterator[LiveServer]:
    with live_server(comments(14)) as server:
        yield server


def test_comments_and_answers_come_with_all_rows_accounted_for(work: UnitOfWork, youtube: LiveServer) -> None:
    report = fetch_watch(work, ask_all(work, youtube.url), way())
    assert report.watch.counts == RunCounts(added=27)  # 14 comments, and 13 answers below them
    assert report.watch.failure is None and report.batches == 4
    with work.reading() as session:
        kept = {one.post_id: one for one in session.exec(select(Mention))}
        authors = {one.id: one.handle for one in session.exec(select(Account))}
        check_comments(kept, authors)
    (batch,) = list_imports(work)
    assert (batch.added, batch.id, batch.file_name) == (27, report.imports[0], f"youtube video {VIDEO}")


def check_comments(kept: Mapping[str, Mention], authors: Mapping[int | None, str]) -> None:
    assert {one.kind for one in kept.values()} == {MentionKind.COMMENT}
    assert kept["c5"].parent_post_id == VIDEO and kept["c5.1"].parent_post_id == "c5"
    assert kept["c5.1"].parent_observed_id == kept["c5"].id and kept["c5.1"].root_post_id == VIDEO
    assert authors[kept["c4"].account_id] == "a4"


def test_the_same_again_is_known(work: UnitOfWork, youtube: LiveServer) -> None:
    number = ask_all(work, youtube.url)
    fetch_watch(work, number, way())
    before = everything(work)
    counts = fetch_watch(work, number, way(web=week_after(START))).watch.counts
    assert counts == RunCounts(known=27)
    after = {name: rows for name, rows in everything(work).items() if name != "watch"}
    assert after == {name: rows for name, rows in before.items() if name != "watch"}
    assert len(list_imports(work)) == 1


START = datetime(2026, 5, 3, 10, tzinfo=UTC)


def week_after(moment: datetime) -> Callable[[int, Callable[[], None]], Web]:
    """Ask not quite a week after a moment."""
    at = (moment + timedelta(days=6)).timestamp()
    return lambda per_minute, stopped: Web(per_minute, stopped, sleep=lambda _: None, now=lambda: at)


def test_a_later_run_reads_what_is_new_and_the_threads_of_a_week(
    work: UnitOfWork, youtube: LiveServer
) -> None:
    number = ask_all(work, youtube.url)
    fetch_watch(work, number, way())
    asked = len(youtube.asked)
    assert fetch_watch(work, number, way()).watch.counts == RunCounts(known=7)  # the first page alone
    assert [one.path.rpartition("/")[2] for one in youtube.asked[asked:]] == ["commentThreads", "comments"]
    assert fetch_watch(work, number, way(from_start=True)).watch.counts == RunCounts(known=27)
    youtube.answer = comments(18, newest_first=True)
    counts = fetch_watch(work, number, way()).watch.counts
    assert counts.added == 9  # four threads and the answers below them
    assert fetch_watch(work, number, way(web=week_after(START))).watch.counts.rows == 36


def test_of_several_it_tells_how_many_are_done(work: UnitOfWork, youtube: LiveServer) -> None:
    for video in ("vid-brezza1", "vid-brezza2", "vid-brezza3"):
        ask_all(work, youtube.url, video)
    told = []
    fetch_due(work, way=way(), progress=lambda done, total, _: told.append((done, total)))
    assert list(dict.fromkeys(told)) == [(0, 3), (1, 3), (2, 3)]


def test_what_cannot_be_used_is_refused_with_its_reason(work: UnitOfWork) -> None:
    def answer(asked: Asked) -> Said:
        status, headers, said = comments(3)(asked)
        if asked.path.endswith("/comments"):
            return status, headers, said
        said["items"][1]["snippet"]["topLevelComment"]["snippet"]["publishedAt"] = "0001-01-01T00:00:00Z"
        return status, headers, said

    with live_server(answer) as server:
        report = fetch_watch(work, ask_all(work, server.url), way())
    counts = report.watch.counts
    assert (counts.refused, counts.rows) == (1, 6), report.watch.failure
    assert sum(report.watch.refusals.values()) == 1
    assert len(report.rejected_rows) == 1


def test_a_failure_keeps_what_came_and_the_next_run_goes_on(work: UnitOfWork) -> None:
    fails = [True]

    def answer(asked: Asked) -> Said:
        return (503, {}, {}) if fails[0] and asked.query.get("pageToken") == "8" else comments(14)(asked)

    with live_server(answer) as server:
        number = ask_all(work, server.url)
        first = fetch_watch(work, number, way()).watch
        assert "in trouble" in str(first.failure)
        assert 0 < first.counts.added < 27
        assert first.next_at == NOW + timedelta(minutes=15)
        fails[0] = False
        asked = len(server.asked)
        second = fetch_watch(work, number, way()).watch
        assert server.asked[asked].query["pageToken"] == "8"
    assert first.counts.added + second.counts.added == 27
    assert second.failure is None


def test_a_server_that_asks_for_an_hour_is_left_alone_for_an_hour(work: UnitOfWork) -> None:
    with live_server(lambda _: (429, {"Retry-After": "3600"}, {})) as server:
        watch = fetch_watch(work, ask_all(work, server.url), way()).watch
    assert watch.next_at == NOW + timedelta(hours=1)


def test_stopped_it_keeps_what_it_has(work: UnitOfWork, youtube: LiveServer) -> None:
    def stop(done: int, _total: int, _stage: str) -> None:
        if done:
            raise CancelledError("Stopped.")

    number = ask_all(work, youtube.url)
    report = fetch_watch(work, number, way(), progress=stop)
    assert report.is_stopped and 0 < report.watch.counts.added < 27
    assert report.watch.failure is None
    fetch_watch(work, number, way())
    with work.reading() as session:
        assert len(session.exec(select(Mention)).all()) == 27


@pytest.mark.parametrize("seed", range(3))
def test_cut_off_at_any_request_it_ends_as_if_it_had_not_been(sqlite_work, youtube, seed) -> None:
    chance = random.Random(seed)

    class Dies(Web):
        def send(self, *arguments, **named):
            if chance.random() < 0.4:
                raise KeyboardInterrupt
            return super().send(*arguments, **named)

    number = ask_all(sqlite_work, youtube.url)
    cuts = 0
    while (watch := list_watches(sqlite_work)[0]).began_at is None or watch.was_cut_off:
        try:
            fetch_watch(sqlite_work, number, way(web=Dies))
        except KeyboardInterrupt:
            cuts += 1
    assert cuts
    assert watch.counts == RunCounts(added=27)
    assert [batch.added for batch in list_imports(sqlite_work)] == [27]


def test_two_runs_of_one_watch_do_not_mix(sqlite_work: UnitOfWork, youtube: LiveServer) -> None:
    number = ask_all(sqlite_work, youtube.url)
    met = []

    class Overtaken(Web):
        def send(self, *arguments, **named):
            if len(youtube.asked) == 3 and not met:
                met.append(True)
                fetch_watch(sqlite_work, number, way())
            return super().send(*arguments, **named)

    with pytest.raises(ConflictError, match="fetched by somebody else"):
        fetch_watch(sqlite_work, number, way(web=Overtaken))
    with sqlite_work.reading() as session:
        assert len(session.exec(select(Mention)).all()) == 27


def test_the_erased_do_not_come_back_and_are_not_followed(work: UnitOfWork, youtube: LiveServer) -> None:
    person = edit_people.add_person(work, NewPerson("Anna", "youtube", "a4"))
    other = edit_people.add_person(work, NewPerson("Anna", "mastodon", "anna"))
    add_watch(work, Watched("mastodon", "account", "anna"))
    number = ask_all(work, youtube.url)
    erase_person(work, person)
    erase_person(work, other)
    assert [one.id for one in list_watches(work)] == [number]
    report = fetch_watch(work, number, way())
    assert report.watch.counts.refused == 2  # c4 and c9
    assert report.watch.refusals == {"this person asked to be forgotten": report.watch.counts.refused}
    with work.reading() as session:
        assert "a4" not in {one.handle for one in session.exec(select(Account))}
    with pytest.raises(BadInputError, match="asked to be forgotten"):
        add_watch(work, Watched("mastodon", "account", "anna"))


def test_taking_an_import_back_and_fetching_from_the_start(work: UnitOfWork, youtube: LiveServer) -> None:
    number = ask_all(work, youtube.url)
    (batch,) = fetch_watch(work, number, way()).imports
    undo_import(work, batch)
    with work.reading() as session:
        assert not session.exec(select(Mention)).all()
    assert fetch_watch(work, number, way(from_start=True)).watch.counts.added == 27


def test_no_secret_is_told_or_kept(sqlite_work, caplog, capfd, tmp_path) -> None:
    caplog.set_level(logging.DEBUG)

    def echo(asked: Asked) -> Said:
        return (
            random.choice([401, 403, 500, 200, 302]),
            {"X-Echo": KEY, "Location": f"http://127.0.0.1/{KEY}"},
            (f"{asked.headers} {KEY}".encode()),
        )

    class Breaks(Web):
        def send(self, *arguments, **named):
            raise RuntimeError(f"{arguments} {named} {KEY}")

    with live_server(echo) as server:
        number = ask_all(sqlite_work, server.url)
        told = [repr(fetch_watch(sqlite_work, number, way())) for _ in range(8)]
        told.append(repr(fetch_watch(sqlite_work, number, way(web=Breaks))))
    assert all("failure=Note" in one for one in told)
    said = "".join(told) + caplog.text + "".join(capfd.readouterr())
    assert KEY not in said
    for path in tmp_path.iterdir():
        if path.is_file():
            assert KEY.encode() not in path.read_bytes()


def test_without_its_key_it_says_which_one(work: UnitOfWork, youtube: LiveServer) -> None:
    watch = fetch_watch(work, ask_all(work, youtube.url), way(secret=lambda _: "")).watch
    assert str(watch.failure) == "Set AMBASSADOR_YOUTUBE_KEY in the environment first"
    assert not youtube.asked


def test_all_that_is_followed_runs_though_one_fails(work: UnitOfWork, youtube: LiveServer) -> None:
    with live_server(lambda _: (404, {}, {})) as gone:
        ask_all(work, gone.url)
        ask_all(work, youtube.url)
        reports = fetch_due(work, way=way())
    assert [one.watch.failure is None for one in reports] == [False, True]


def test_following_runs_what_is_due_until_it_is_stopped(work: UnitOfWork, youtube: LiveServer) -> None:
    ask_all(work, youtube.url)
    heard, looked = [], []

    def stop_later(_done: int, _total: int, _stage: str) -> None:
        looked.append(True)
        if heard and len(looked) > 50:
            raise CancelledError("Stopped.")

    follow(work, way=way(), progress=stop_later, heard=heard.append)
    assert len(heard) == 1  # the next is due in a quarter of an hour


def test_what_is_followed_already_or_cannot_be_is_refused(work: UnitOfWork) -> None:
    number = add_watch(work, Watched("mastodon", "hashtag", "#Brezza"))
    with pytest.raises(ConflictError):
        add_watch(work, Watched("mastodon", "hashtag", "brezza", "mastodon.social"))
    wrong: list[Mapping[str, str]] = [
        {"source": "myspace", "what": "account", "target": "ann"},
        {"source": "mastodon", "what": "video", "target": "ann"},
        {"source": "mastodon", "what": "account", "target": "a b"},
        {"source": "mastodon", "what": "account", "target": "ann", "server": "http://mastodon.example"},
        {"source": "youtube", "what": "video", "target": "?"},
    ]
    for one in wrong:
        with pytest.raises(BadInputError):
            add_watch(work, Watched(**one))
    with pytest.raises(BadInputError):
        add_watch(work, Watched("mastodon", "account", "ann"), every_minutes=1)
    remove_watch(work, number)
    assert list_watches(work) == ()


def test_killed_and_whole_are_compared_by_all_that_is_kept(sqlite_work, youtube) -> None:
    """The comparison the killing relies on sees the cursor and the counts."""
    number = ask_all(sqlite_work, youtube.url)
    before = everything(sqlite_work)
    fetch_watch(sqlite_work, number, way())
    assert "watch" in differences(before, everything(sqlite_work))

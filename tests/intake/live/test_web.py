"""Politeness and limits, against a server on this machine."""

import pytest

from ambassador.errors import BadInputError, CancelledError, SourceError
from ambassador.intake.live import web as module
from ambassador.intake.live.web import ATTEMPTS, LONGEST_WAIT, Web, checked_address
from tests.live_server import live_server


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def web(slept: list[float]) -> Web:
    """Give a way to the web whose pauses are written down and not waited for."""
    return Web(60, sleep=slept.append)


def test_a_busy_server_is_asked_again_after_what_it_says(web: Web, slept: list[float]) -> None:
    said = iter([(429, {"Retry-After": "7"}, {}), (200, {}, {"ok": 1})])
    with live_server(lambda _: next(said)) as server:
        answer = web.send("GET", server.url)
    assert answer.status == 200
    assert sum(slept) == pytest.approx(7, abs=0.1)


def test_pauses_grow_and_differ_and_end(web: Web, slept: list[float]) -> None:
    with live_server(lambda _: (503, {}, {})) as server, pytest.raises(SourceError) as told:
        web.send("GET", server.url)
    assert len(server.asked) == ATTEMPTS
    assert "answer 503" in str(told.value)
    assert 0.5 * (2 ** (ATTEMPTS - 1) - 1) <= sum(slept) <= 1.5 * (2 ** (ATTEMPTS - 1) - 1) + 0.1


def test_whoever_asks_for_a_long_pause_ends_the_run(web: Web, slept: list[float]) -> None:
    with (
        live_server(lambda _: (429, {"Retry-After": "3600"}, {})) as server,
        pytest.raises(SourceError) as told,
    ):
        web.send("GET", server.url)
    assert told.value.retry_after == 3600 > LONGEST_WAIT
    assert len(server.asked) == 1 and not slept


def test_a_limit_that_is_used_up_is_waited_for_before_the_next_request(web: Web, slept: list[float]) -> None:
    headers = {"RateLimit-Remaining": "0", "RateLimit-Reset": "30"}
    with live_server(lambda _: (200, headers, {})) as server:
        web.send("GET", server.url)
        assert not slept
        web.send("GET", server.url)
    assert sum(slept) == pytest.approx(30, abs=1)


def test_nobody_there_is_said_in_words(web: Web) -> None:
    with live_server(lambda _: (200, {}, {})) as server:
        gone = server.url
    with pytest.raises(SourceError, match="cannot be reached"):
        web.send("GET", gone)


def test_redirects_are_not_followed(web: Web) -> None:
    with (
        live_server(lambda _: (302, {"Location": "http://127.0.0.1:9/else"}, {})) as server,
        pytest.raises(SourceError, match="sends elsewhere"),
    ):
        web.send("GET", server.url, {"Authorization": "Bearer hidden"})
    assert len(server.asked) == 1


def test_a_refusal_names_no_secret(web: Web) -> None:
    with (
        live_server(lambda asked: (401, {}, {"echo": asked.headers["authorization"]})) as server,
        pytest.raises(SourceError) as told,
    ):
        web.send("GET", server.url, {"Authorization": "Bearer hidden"})
    assert "hidden" not in str(told.value) + repr(told.value) + repr(told.value.values)


def test_an_endless_answer_is_left(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 100_000)
    with live_server(lambda _: (200, {}, b"x" * 300_000)) as server, pytest.raises(SourceError):
        web.send("GET", server.url)


def test_a_stop_is_heard_while_it_waits(slept: list[float]) -> None:
    def stopped() -> None:
        if len(slept) >= 3:
            raise CancelledError("Stopped.")

    web = Web(60, stopped, sleep=slept.append)
    with live_server(lambda _: (429, {"Retry-After": "60"}, {})) as server, pytest.raises(CancelledError):
        web.send("GET", server.url)
    assert len(slept) == 3


@pytest.mark.parametrize(
    "address",
    ["http://example.org", "ftp://example.org", "https://nina:pw@example.org", "https://", "a b"],
)
def test_only_https_or_this_machine(address: str) -> None:
    with pytest.raises(BadInputError):
        checked_address(address)

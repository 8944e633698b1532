"""Ask servers politely: over https, within limits of size and time, no faster than said, again later."""

import ipaddress
import random
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPMessage
from typing import IO, Any, Final
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
)

from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from ambassador.errors import BadInputError, SourceError
from ambassador.i18n import mark

MOST_BYTES: Final = 10_000_000
"""Of one answer; a page of any of the networks has less than a tenth of it."""
MOST_SECONDS: Final = 60.0
"""For one answer, however slowly it trickles in."""
ATTEMPTS: Final = 6
LONGEST_WAIT: Final = 120.0
"""Seconds that are waited for a server; one that asks for more ends the run, and the next begins then."""
MOST_OF_MESSAGE: Final = 5_000_000
"""Bytes of one message of a stream; what Bluesky sends has at most two million."""
Hear = Callable[[float], str | bytes | None]
"""Waits so many seconds for the next message of a stream; None where none came."""
_SILENCE: Final = 20.0
"""Seconds in which a server has to say something."""
_PIECE: Final = 65_536
_FIRST_WAIT: Final = 1.0
_TOO_MANY, _SERVER_FAILS = 429, 500
_NEVER: Final = 501
"""What a server does not do: it is no use to ask again."""
_NOT_LET_IN: Final = frozenset({401, 403})
_RESETS: Final = ("ratelimit-reset", "x-ratelimit-reset")
_LEFT: Final = ("ratelimit-remaining", "x-ratelimit-remaining")
_EPOCH: Final = 10_000_000
"""From here on a number of seconds is a moment and no duration."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said."""

    status: int
    headers: Mapping[str, str]
    """By lower-case name."""
    body: bytes


class _Stay(HTTPRedirectHandler):
    """Follows no redirect: a secret would go where it was not meant to."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """Give the redirect itself as the answer."""
        del req, fp, code, msg, headers, newurl
        return None


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine itself.

    >>> is_loopback("localhost"), is_loopback("127.0.0.1"), is_loopback("mastodon.social")
    (True, True, False)
    """
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def checked_address(url: str) -> str:
    """Give the address of a server in one spelling; only https is taken, or this machine itself.

    >>> checked_address("Mastodon.Social/")
    'https://mastodon.social'
    >>> checked_address("http://127.0.0.1:3000")
    'http://127.0.0.1:3000'
    """
    text = url.strip()
    parts = urlsplit(text if "://" in text else f"https://{text}")
    host = (parts.hostname or "").lower()
    is_safe = parts.scheme in {"https", "wss"} or (parts.scheme in {"http", "ws"} and is_loopback(host))
    if not host or not is_safe or "@" in parts.netloc or any(sign.isspace() for sign in text):
        message = mark(
            "{server} cannot be used: write an address like https://example.org, no password in it"
        )
        raise BadInputError(message, server=host or "-")
    return f"{parts.scheme}://{parts.netloc.lower()}{parts.path.rstrip('/')}"


@dataclass(slots=True)
class Web:
    """Requests of one run; ``stopped`` raises when the run is to end."""

    per_minute: int
    stopped: Callable[[], None] = lambda: None
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time
    _next: float = 0.0
    _openers: dict[bool, OpenerDirector] = field(default_factory=dict)

    def send(
        self, method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Answer:
        """Ask once more after a while where a server is busy or away, ever more rarely; then give up."""
        host = urlsplit(checked_address(url)).hostname or ""
        wait, asked, answer = 0.0, 0.0, None
        for attempt in range(ATTEMPTS):
            self.wait(max(wait, self._next - self.clock()))
            answer = self._once(method, url, headers or {}, body)
            self._next = self.clock() + (0.0 if is_loopback(host) else 60.0 / self.per_minute)
            if answer is not None and not _is_passing(answer.status):
                self._note_left(answer)
                return _let_in(answer, host)
            asked = _asked_wait(answer, self.now())
            if asked > LONGEST_WAIT:
                break
            wait = max(asked, _FIRST_WAIT * 2**attempt * (0.5 + random.random()))  # noqa: S311 - no secret
        raise _given_up(answer, host, asked)

    @contextmanager
    def listening(self, url: str) -> Iterator[Hear]:
        """Listen to a stream (a websocket), by no proxy and no redirect; it ends with the block."""
        host = urlsplit(checked_address(url.partition("?")[0])).hostname or ""
        self.wait(self._next - self.clock())
        with _opened(url, host) as stream:
            yield lambda seconds: self._heard(stream, seconds, host)

    def _heard(self, stream: Any, seconds: float, host: str) -> str | bytes | None:  # noqa: ANN401 - a library's
        until = self.clock() + seconds
        while True:
            self.stopped()
            try:
                message: str | bytes = stream.recv(timeout=max(0.0, min(until - self.clock(), 1.0)))
            except TimeoutError:
                if self.clock() >= until:
                    return None
            except (OSError, WebSocketException):
                raise SourceError(mark("{server} has ended the stream"), server=host) from None
            else:
                return message

    def wait(self, seconds: float) -> None:
        """Let some seconds pass, and end at once where the run is to end."""
        self.stopped()
        while seconds > 0:
            self.sleep(min(seconds, 1.0))
            seconds -= 1.0
            self.stopped()

    def _once(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Answer | None:
        """Ask once; None where nobody answers."""
        told = {"User-Agent": "Ambassador", **headers, "Accept-Encoding": "identity"}
        request = Request(url, data=body, headers=told, method=method)  # noqa: S310 - checked above
        until, opener = self.clock() + MOST_SECONDS, self._opener(is_loopback(urlsplit(url).hostname or ""))
        try:
            with opener.open(request, timeout=_SILENCE) as opened:
                return Answer(opened.status, _lower(opened.headers), self._read(opened, until))
        except HTTPError as problem:
            with problem:
                return Answer(problem.code, _lower(problem.headers), self._read(problem, until))
        except (OSError, HTTPException, ValueError):
            return None

    def _read(self, stream: Any, until: float) -> bytes:  # noqa: ANN401 - an answer or a refusal of urllib's
        pieces, size = [], 0
        while piece := stream.read1(_PIECE) if hasattr(stream, "read1") else stream.read(_PIECE):
            pieces.append(piece)
            size += len(piece)
            self.stopped()
            if size > MOST_BYTES or self.clock() > until:
                message = mark("An answer had more than {megabytes} MB, or took more than {seconds} seconds")
                raise SourceError(message, megabytes=MOST_BYTES // 1_000_000, seconds=round(MOST_SECONDS))
        return b"".join(pieces)

    def _opener(self, loopback: bool) -> OpenerDirector:  # noqa: FBT001 - the key of a small table
        if loopback not in self._openers:
            handlers: list[Any] = [_Stay(), HTTPSHandler(context=ssl.create_default_context())]
            handlers += [ProxyHandler({})] if loopback else []
            self._openers[loopback] = build_opener(*handlers)
        return self._openers[loopback]

    def _note_left(self, answer: Answer) -> None:
        """Wait before the next request where a server says that it was the last one for a while."""
        if any(answer.headers.get(name, "").strip() == "0" for name in _LEFT):
            self._next = max(self._next, self.clock() + min(_asked_wait(answer, self.now()), LONGEST_WAIT))


def _opened(url: str, host: str) -> Any:  # noqa: ANN401 - a library's
    """Open a stream on a connection of our own: so the library asks no proxy and follows no redirect."""
    parts = urlsplit(url)
    about: dict[str, Any] = {"max_size": MOST_OF_MESSAGE, "open_timeout": _SILENCE, "close_timeout": 1}
    about |= {"ssl": ssl.create_default_context()} if parts.scheme == "wss" else {}
    try:
        port = parts.port or (443 if parts.scheme == "wss" else 80)
        return connect(url, sock=socket.create_connection((host, port), timeout=_SILENCE), **about)
    except (OSError, WebSocketException, ValueError):
        raise SourceError(mark("{server} cannot be reached"), server=host) from None


def _lower(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _is_passing(status: int) -> bool:
    """Tell whether an answer may be another one after a while."""
    return status == _TOO_MANY or (status >= _SERVER_FAILS and status != _NEVER)


def _let_in(answer: Answer, host: str) -> Answer:
    if answer.status in _NOT_LET_IN:
        message = mark(
            "{server} does not let you in (answer {status}): look at what you set in the environment for it"
        )
        raise SourceError(message, server=host, status=answer.status)
    if 300 <= answer.status < 400:  # noqa: PLR2004 - redirects
        raise SourceError(mark("{server} sends elsewhere, which is not followed"), server=host)
    return answer


def _given_up(answer: Answer | None, host: str, asked: float) -> SourceError:
    if answer is None:
        return SourceError(mark("{server} cannot be reached"), server=host)
    if answer.status == _TOO_MANY:
        message = mark("{server} asks to wait: too much was asked of it")
        return SourceError(message, retry_after=asked, server=host)
    return SourceError(mark("{server} is in trouble (answer {status})"), server=host, status=answer.status)


def _asked_wait(answer: Answer | None, now: float) -> float:
    """Say how many seconds a server asks to wait."""
    if answer is None:
        return 0.0
    found = [_seconds(answer.headers.get("retry-after", ""), now)]
    found += [_seconds(answer.headers.get(name, ""), now) for name in _RESETS]
    return max(found)


def _seconds(text: str, now: float) -> float:
    """Read a duration, a moment as a number, or a moment as any of the ways headers write one.

    >>> (
    ...     _seconds("30", 0.0),
    ...     _seconds("2026-05-12T09:30:10Z", datetime(2026, 5, 12, 9, 30, tzinfo=UTC).timestamp()),
    ... )
    (30.0, 10.0)
    """
    try:
        number = float(text)
    except ValueError:
        moment = _moment(text.strip())
        return max(moment.timestamp() - now, 0.0) if moment else 0.0
    if number != number or number == float("inf"):  # noqa: PLR0124 - not a number
        return 0.0
    return max(number - now if number > _EPOCH else number, 0.0)


def _moment(text: str) -> datetime | None:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(text)
        except ValueError:
            continue
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return None

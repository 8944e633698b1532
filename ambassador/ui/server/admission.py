"""Which requests are let in, and what every answer forbids a browser to do.

The app has no sign-in: whoever reaches it reads everything. A browser on this machine must therefore not be
made to reach it for somebody else: not by a name that is pointed at this machine after the page was loaded
(DNS rebinding), not by a page of another site or another port, not from inside a frame. And a text from
outside must not make it fetch anything: an image in a name would tell its owner who reads.
"""

import socket
from collections.abc import Collection, Iterable
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.websockets import WebSocketClose

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Streamlit draws with inline styles, compiles charts while they are shown, and works in blobs; nothing else
# may come from anywhere but the app itself.
_SOURCES: Final = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "media-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "worker-src": "'self' blob:",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
ANSWER_HEADERS: Final = {
    "Content-Security-Policy": "; ".join(f"{kind} {places}" for kind, places in _SOURCES.items()),
    "X-Frame-Options": "SAMEORIGIN",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_REFUSED = "This address is not one the app answers to. Set AMBASSADOR_ALLOWED_HOSTS to the name you use."
_GUARDED: Final = frozenset({"http", "websocket"})
_POLICY_VIOLATION: Final = 1008  # RFC 6455, section 7.4.1


class Admission:
    """Let in what comes from the app's own pages under one of its own names; refuse the rest.

    ``names`` are further host names the app is reached by, such as that of a reverse proxy.
    """

    def __init__(self, app: "ASGIApp", *, names: Iterable[str] = ()) -> None:
        self._app = app
        self._names = frozenset(name.lower() for name in names)

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer one request, or hand it on."""
        if scope["type"] not in _GUARDED:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if may_enter(headers.get("host", ""), headers.get("origin"), self._names):
            await self._app(scope, receive, _with_headers(send))
        elif scope["type"] == "websocket":
            await WebSocketClose(_POLICY_VIOLATION, _REFUSED)(scope, receive, send)
        else:
            await PlainTextResponse(_REFUSED, 403)(scope, receive, send)


def may_enter(host: str, origin: str | None, names: Collection[str] = ()) -> bool:
    """Whether a request for a host, made by a page of an origin, comes from the app's own pages.

    Examples
    --------
    >>> may_enter("localhost:8501", "http://localhost:8501"), may_enter("localhost:8501", None)
    (True, True)
    >>> may_enter("evil.example:8501", "http://evil.example:8501")
    False
    >>> may_enter("localhost:8501", "http://localhost:9000")
    False
    >>> may_enter("team.example", "https://team.example", {"team.example"})
    True
    """
    if not _is_own(_host_name(host), names):
        return False
    return origin is None or _place(origin) == host.lower() or _host_name(_place(origin)) in names


def _is_own(name: str, names: Collection[str]) -> bool:
    """Tell this machine's own names; a number cannot be rebound."""
    return _is_number(name) or name in {"localhost", socket.gethostname().lower()} or name in names


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _host_name(host: str) -> str:
    """The name without its port: ``[::1]:8501`` is ``::1``; what is no host is nobody's name."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def _place(origin: str) -> str:
    """Host and port of an origin: ``http://localhost:8501`` is ``localhost:8501``."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


def _with_headers(send: "Send") -> "Send":
    async def sending(message: "Message") -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in ANSWER_HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending

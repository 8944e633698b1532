"""Where a browser is sent that asks for a page there is not: to the start page, with what it asked of it.

Streamlit would open a box in English over the start page, also for the start page's own name.
"""

from collections.abc import Collection
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_SERVED: Final = frozenset({"_stcore", "app", "component", "media", "static", "vendor"})
"""What Streamlit serves beside pages."""


class StartPage:
    """Send whoever asks for an unknown page to the start page; ``base`` is where the app is mounted."""

    def __init__(self, app: "ASGIApp", *, pages: Collection[str], base: str = "") -> None:
        self._app = app
        self._pages = frozenset(pages)
        self._base = base.strip("/")

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer one request, or hand it on."""
        if scope["type"] == "http" and scope["method"] == "GET" and self._is_unknown(scope):
            query = scope.get("query_string", b"").decode("latin-1")
            start = f"/{self._base}/" if self._base else "/"
            await RedirectResponse(start + (f"?{query}" if query else ""))(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _is_unknown(self, scope: "Scope") -> bool:
        """Tell an address somebody typed; files and what a page fetches are not asked for as a page."""
        inside = scope["path"].strip("/").removeprefix(self._base).strip("/")
        first = inside.partition("/")[0]
        is_page = "text/html" in Headers(scope=scope).get("accept", "")
        return is_page and inside not in {"", *self._pages} and first not in _SERVED and "." not in inside

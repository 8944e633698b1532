"""What a browser paints before anything is loaded: the product's name, and the shape of a page.

Streamlit's own page is empty until its scripts have come and run. They throw away what stands here. The
browser says how wide it is at the same time, so that the first answer already fits.
"""

from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers, MutableHeaders

from ambassador.ui.kit.room import WIDTH_COOKIE

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

NAME: Final = "Ambassador"
EMPTY: Final = b'<div id="root"></div>'
UNNAMED: Final = b"<title>Streamlit</title>"
_SHAPE: Final = """
<style>
  #first { display: flex; min-height: 100vh; background: #fff; color: #1b2230;
           font-family: "Source Sans", "Source Sans Pro", system-ui, sans-serif; }
  #first aside { width: 240px; padding: 24px; box-sizing: border-box; background: #f4f5f8; font-weight: 600;
                 font-size: 20px; }
  #first main { flex: 1; padding: 72px 5vw; }
  #first i { display: block; height: 20px; margin-bottom: 20px; border-radius: 8px; background: #8884; }
  @media (prefers-color-scheme: dark) {
    #first { background: #12161c; color: #e8ecf2; } #first aside { background: #1c222b; } }
  @media (max-width: 768px) { #first { display: block; } #first aside { width: auto; background: none; } }
</style>
<div id="first" role="status"><aside>Ambassador</aside>
  <main><i style="width: 45%; height: 40px"></i><i></i><i></i><i style="width: 60%"></i></main>
</div>"""
_WIDTH: Final = """
<script>
  const sayWidth = () => { document.cookie = "COOKIE=" + innerWidth + "; path=/; SameSite=Lax"; };
  sayWidth();
  addEventListener("resize", sayWidth);
</script>""".replace("COOKIE", WIDTH_COOKIE)
"""Nobody else tells the server how much room there is."""
PAGE: Final = f'<div id="root">{_SHAPE}</div>{_WIDTH}'.encode()
_TITLE: Final = f"<title>{NAME}</title>".encode()
_ASKED_AGAIN: Final = (b"accept-encoding", b"if-none-match", b"if-modified-since")


class FirstPaint:
    """Put the first paint into the page every address of the app is answered with."""

    def __init__(self, app: "ASGIApp") -> None:
        self._app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer one request, or hand it on."""
        asks = scope["type"] == "http" and "text/html" in Headers(scope=scope).get("accept", "")
        if not asks or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        whole = [pair for pair in scope["headers"] if pair[0].lower() not in _ASKED_AGAIN]
        await self._app({**scope, "headers": whole}, receive, _Painted(send))


class _Painted:
    """An answer that is kept back until it is whole, and then painted if it is the app's page."""

    def __init__(self, send: "Send") -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: "Message") -> None:
        """Take one message of the answer."""
        if message["type"] == "http.response.start" and _is_page(message):
            self._start = message
        elif message["type"] == "http.response.body" and self._start is not None:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._end(self._start)
        else:
            await self._send(message)

    async def _end(self, start: "Message") -> None:
        body = self._body.replace(EMPTY, PAGE, 1).replace(UNNAMED, _TITLE, 1)
        headers = MutableHeaders(scope=start)
        headers["content-length"] = str(len(body))
        if body != self._body:
            del headers["etag"], headers["last-modified"]
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


def _is_page(start: "Message") -> bool:
    headers = Headers(scope=start)
    is_text = headers.get("content-type", "").startswith("text/html")
    return is_text and "content-encoding" not in headers

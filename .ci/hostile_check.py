"""Look at every page of a workspace full of hostile texts in a real browser, and try the ways in.

A page fails on a request to any other host, a script that ran, a text that was read as markup, anything in
the browser's log, or a page wider than the screen; every hostile text must have been seen letter by letter.
Then a host name pointed at this machine, a page of another port, a frame, an upload over the limit and
addresses nobody serves are tried as a browser would. Words after the command choose among the addresses.
"""

import http.server
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from browser_check import (
    PATIENCE_MS,
    Visit,
    cold_server,
    faults_on,
    opened,
    report,
    start_browser,
    wait_until_drawn,
)
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from ambassador.config import settings
from ambassador.store.database import open_engine
from ambassador.ui.kit.navigation import PAGES
from tests.hostile import FORMATTED, WORD, make_hostile

ROOT = Path(__file__).parents[1]
REBOUND = "rebound.example"
WIDE, NARROW = Visit(1280, "light", "en-GB"), Visit(400, "dark", "it-IT")
LONG = "9" * 20
FURTHER = (
    *("people?person=1", "campaigns?campaign=1", "campaigns?campaign=2", "outcomes?campaign=1"),
    *("mentions?mention=1", "cascades?campaign=2", "home", "nothing", "devices?device=**pwn**"),
    *(f"mentions?page={LONG}", f"?campaign={LONG}", f"pick?pick={LONG}", f"people?person={LONG}"),
)
MARKED = """word => [...document.querySelectorAll('.stApp *')].filter(one =>
    (/^(STRONG|EM|CODE|DEL|A|B|I|H\\d|BLOCKQUOTE|LI|S|MARK)$/.test(one.tagName) || one.style.color)
    && one.textContent.trim() === word
    || one.matches('.katex, a[href^="javascript:"], a[href*="evil.example"], img[src*="evil.example"]')
  ).map(one => one.outerHTML.slice(0, 200))"""
OPEN_ALL = "() => document.querySelectorAll('details:not([open]) > summary').forEach(it => it.click())"


def main() -> int:
    """Say what is wrong, and fail if anything is."""
    pictures = Path(os.environ.get("BROWSER_CHECK_PICTURES", ROOT / "ci-output"))
    pictures.mkdir(parents=True, exist_ok=True)
    wrong, seen = 0, set[str]()
    with sync_playwright() as playwright, hostile_workspace() as url:
        browser = start_browser(playwright)
        with cold_server(url) as server:
            wrong += report("the ways in from outside", ways_in(playwright, server))
            for visit, addresses in ((WIDE, (*page_addresses(), *FURTHER)), (NARROW, page_addresses())):
                for number, address in enumerate(addresses):
                    if chosen(address):
                        picture = pictures / f"hostile-{visit.width}-{number:02d}.png"
                        faults = look(browser, f"{server}/{address}", visit, picture, seen)
                        wrong += report(f"{picture.stem} /{address}", faults)
            wrong += report("an import of a hostile file", hostile_import(browser, server, pictures))
        if not sys.argv[1:]:
            wrong += report("each text letter by letter", [text for text in FORMATTED if text not in seen])
        with cold_server(url, "--server.maxUploadSize=1") as server:
            wrong += report("an upload over the limit", too_large_an_upload(browser, server))
        browser.close()
    print(f"{wrong} faults")
    return 1 if wrong else 0


def chosen(address: str) -> bool:
    """Tell whether an address is to be looked at."""
    return not sys.argv[1:] or any(word in address for word in sys.argv[1:])


def page_addresses() -> Sequence[str]:
    """Give every page's own address."""
    return tuple("" if entry is PAGES[0] else entry.name for entry in PAGES)


@contextmanager
def hostile_workspace() -> Iterator[str]:
    """Copy the demo and fill it with hostile texts."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "hostile.db"
        shutil.copyfile(settings().demo_url.removeprefix("sqlite:///"), file)
        engine = open_engine(f"sqlite:///{file}")
        make_hostile(engine)
        engine.dispose()
        yield f"sqlite:///{file}"


def look(browser: Browser, address: str, visit: Visit, picture: Path, seen: set[str]) -> list[str]:
    """Visit a page, list what is wrong with it, and add the hostile texts that stand on it."""
    with opened(browser, visit) as (page, faults):
        page.goto(address, timeout=PATIENCE_MS)
        wait_until_drawn(page)
        page.evaluate(OPEN_ALL)
        page.wait_for_timeout(800)
        page.screenshot(path=picture)
        faults += list(harm(page))
        found = faults_on(page, visit.width)
        faults += [fault for fault in found if not fault.startswith(("dialog", "stAlert"))]
        text = " ".join(page.locator(".stApp").inner_text().split())
        seen.update(one for one in FORMATTED if one in text)
    return faults


def harm(page: Page) -> Iterator[str]:
    """Find what a text from outside would have done."""
    for element in page.evaluate(MARKED, WORD):
        yield f"read as markup: {element}"
    if page.evaluate(f"() => window.{WORD}ed"):
        yield "a script ran"


def hostile_import(browser: Browser, server: str, pictures: Path) -> list[str]:
    """Bring in a file whose name, headings and cells are hostile, up to its questions and its report."""
    rows = [",".join(("handle", "platform", "Followers", *(f'"{text}"' for text in FORMATTED[4:8])))]
    rows += [f'"{text}",instagram,"{text}",1,2,3,4' for text in FORMATTED if '"' not in text]
    content = "\n".join(rows).encode()
    file = {"name": "![pwn](evil) **pwn** _pwn_.csv", "mimeType": "text/csv", "buffer": content}
    with opened(browser, WIDE) as (page, faults):
        page.goto(f"{server}/imports?kind=people", timeout=PATIENCE_MS)
        wait_until_drawn(page)
        page.locator("input[type=file]").first.set_input_files(file)
        page.get_by_text("**pwn** _pwn_").last.wait_for(timeout=PATIENCE_MS)
        wait_until_drawn(page)
        page.screenshot(path=pictures / "hostile-import-questions.png", full_page=True)
        faults += list(harm(page))
        button = page.get_by_role("button", name="Import", exact=False).last
        if button.is_enabled():
            button.click()
            page.wait_for_timeout(2500)
            wait_until_drawn(page)
            page.screenshot(path=pictures / "hostile-import-report.png", full_page=True)
            faults += list(harm(page))
    return [fault for fault in faults if "status of 400" not in fault]


def too_large_an_upload(browser: Browser, server: str) -> list[str]:
    """The limit stands beside the box, and a file over it is refused before it is read."""
    with opened(browser, WIDE) as (page, faults):
        page.goto(f"{server}/imports?kind=people", timeout=PATIENCE_MS)
        wait_until_drawn(page)
        said = page.get_by_test_id("stFileUploaderDropzone").first.inner_text()
        if "1MB" not in said.replace(" ", ""):
            faults.append(f"the limit is not said: {said}")
        file = {"name": "large.csv", "mimeType": "text/csv", "buffer": b"handle\n" * 300_000}
        page.locator("input[type=file]").first.set_input_files(file)
        page.get_by_text("or smaller").first.wait_for(timeout=PATIENCE_MS)
    return faults


def ways_in(playwright: Playwright, server: str) -> list[str]:
    """Try a name pointed at this machine, and a page of another port that fetches, listens and frames."""
    port = server.rpartition(":")[2]
    faults: list[str] = []
    browser = start_browser(playwright, f"--host-resolver-rules=MAP {REBOUND} 127.0.0.1")
    page = browser.new_page()
    answer = page.goto(f"http://{REBOUND}:{port}/people")
    if answer is None or answer.status != http.HTTPStatus.FORBIDDEN:
        faults.append(f"a rebound name got {answer and answer.status}")
    with other_port() as stranger:
        page.goto(stranger)
        got = page.evaluate(TRIED, [server, server.replace("http", "ws")])
        faults += [f"a page of another port got {what}" for what, happened in got.items() if happened]
        page.set_content(f'<iframe src="{server}/people"></iframe>')
        page.wait_for_timeout(3000)
        framed = [frame for frame in page.frames if frame.url.startswith(server)]
        faults += ["the app was framed" for frame in framed if frame.locator(".stApp").count()]
    browser.close()
    return faults


TRIED = """async ([server, socket]) => {
  const fetched = await fetch(server + '/people').then(it => it.text()).catch(() => '');
  const listened = await new Promise(done => {
    const one = new WebSocket(socket + '/_stcore/stream');
    one.onopen = () => done(true);
    one.onerror = one.onclose = () => done(false);
  });
  return {'a page': fetched.includes('root'), 'a socket': listened};
}"""


@contextmanager
def other_port() -> Iterator[str]:
    """Serve an empty page on a port of its own."""

    class Empty(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<p>stranger</p>")

        def log_message(self, *_said: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Empty) as stranger:
        threading.Thread(target=stranger.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{stranger.server_address[1]}/"
        stranger.shutdown()


if __name__ == "__main__":
    sys.exit(main())

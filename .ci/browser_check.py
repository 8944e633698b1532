"""Open every page by deep link in a real browser, each on a server that has served nothing yet.

The first visit (wide, light, English) meets the cold server, the second (narrow, dark, Italian) the warm one;
once on an empty workspace, once on the demo. A page fails on an exception, an error box, anything in the
browser's log but the two requests Streamlit is known to make in vain, a request to any other host, a page
wider than the screen, or a word that is cut, runs past the edge or breaks a button in two; the last also at
two more widths.
"""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlparse

from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from playwright.sync_api import Error as BrowserError

from ambassador.config import settings
from ambassador.ui.kit.navigation import PAGES

ROOT = Path(__file__).parents[1]
SERVED = "ambassador/ui/server/app.py"
CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Streamlit asks for these beside the page's address on a deep link, gets a 404, and goes on.
KNOWN_IN_VAIN = ("/_stcore/health", "/_stcore/host-config")
# What nobody understands who has not read how it works: it may stand behind "How this was computed" alone.
JARGON = re.compile(
    r"\b(rung|random key|fresh coins|node-link|reverse-reachable|kernels?|edge list|certificate|trivalency"
    r"|hop|poisson"
    r"|monte carlo|log-normal|binomial|chiave casuale|gradino|certificato|binomiale|lognormale)\b",
    re.IGNORECASE,
)
PATIENCE_MS = 60_000
HEIGHT = 900
TALLEST = 6_000
START_SECONDS = 60


@dataclass(frozen=True)
class Visit:
    """One way of looking at a page."""

    width: int
    scheme: str
    locale: str


VISITS = (Visit(1280, "light", "en-GB"), Visit(400, "dark", "it-IT"))
FURTHER_WIDTHS = {1280: (1920,), 400: (768,)}
"""Each page is also looked at so wide, without another visit."""
CUT = """() => {
  const inCanvas = e => e.closest('[data-testid=stDataFrame], svg, .stVegaLiteChart, [data-testid=stCode]')
    || e.closest('[role=tablist], [data-testid=stFileUploaderDropzone]'); // Streamlit's own: one scrolls
  const seen = e => { const r = e.getBoundingClientRect(); return r.width > 1 && r.height > 1; };
  const said = e => e.textContent.trim().slice(0, 80);
  const found = [];
  for (const e of document.querySelectorAll('[data-testid=stMain] *')) {
    if (inCanvas(e) || !seen(e) || !said(e)) continue;
    const cut = getComputedStyle(e).textOverflow === 'ellipsis' && e.scrollWidth > e.clientWidth + 1;
    const words = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (cut && e.tagName !== 'INPUT') found.push('cut: ' + said(e));
    if (words && e.getBoundingClientRect().right > innerWidth + 1) found.push('past the edge: ' + said(e));
  }
  for (const e of document.querySelectorAll('[data-testid=stMain] button p')) {
    const high = e.getBoundingClientRect().height, line = parseFloat(getComputedStyle(e).lineHeight) || 24;
    if (high > 1.6 * line && e.textContent.length < 30) found.push('broken in two: ' + said(e));
  }
  return [...new Set(found)];
}"""
"""What is cut on a page as it stands; a sentence that is a button may take two lines."""


@contextmanager
def cold_server(url: str, *further: str) -> Iterator[str]:
    """Start the app on a database and stop it at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", SERVED, "--server.headless=true"]
    options = [
        f"--server.port={port}",
        "--server.address=127.0.0.1",
        "--server.fileWatcherType=none",
        *further,
    ]
    environment = os.environ | {"AMBASSADOR_DATABASE_URL": url}
    with subprocess.Popen(
        [*command, *options, *further],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as server:
        try:
            _wait_until_up(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.communicate(timeout=30)


def _wait_until_up(address: str) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(address)


def start_browser(playwright: Playwright, *flags: str) -> Browser:
    """Start the browser."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *flags])


@contextmanager
def opened(browser: Browser, visit: Visit) -> Iterator[tuple[Page, list[str]]]:
    """Open a page of a browser of its own that keeps account of what it should not do."""
    context = browser.new_context(
        viewport={"width": visit.width, "height": HEIGHT},
        locale=visit.locale,
        color_scheme=visit.scheme,
        timezone_id="Europe/Rome",
    )
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
    page.on("dialog", lambda dialog: faults.append(f"a script opened a box: {dialog.message}"))
    page.on("console", lambda said: faults.extend(console_fault(said.type, said.text, said.location)))
    page.on("request", lambda request: faults.extend(_stranger(request.url)))
    try:
        yield page, faults
    except BrowserError as error:
        faults.append(str(error).partition("\n")[0])
    finally:
        context.close()


def look(browser: Browser, address: str, visit: Visit, picture: Path) -> list[str]:
    """Visit a page and list what is wrong with it."""
    with opened(browser, visit) as (page, faults):
        try:
            page.goto(address, timeout=PATIENCE_MS)
            wait_until_drawn(page)
            faults.extend(faults_on(page, visit.width))
            faults.extend(f"jargon at first sight: {word}" for word in jargon_on(page))
            for width in (visit.width, *FURTHER_WIDTHS.get(visit.width, ())):
                faults.extend(f"at {width} pixels, {fault}" for fault in cut_at(page, width))
            page.set_viewport_size({"width": visit.width, "height": HEIGHT})
        finally:
            page.screenshot(path=picture)
    return faults


def wait_until_drawn(page: Page) -> None:
    """Wait until a page has a title or says why not, and nothing runs any more."""
    page.wait_for_selector("h1, [data-testid=stException], [data-testid=stAlert]", timeout=PATIENCE_MS)
    page.wait_for_selector('[data-test-script-state="notRunning"]', timeout=PATIENCE_MS, state="attached")
    page.wait_for_timeout(400)


def faults_on(page: Page, width: int) -> Iterator[str]:
    """Find what a page should not show."""
    for kind in ("stException", "stAlertContentError"):
        for box in page.get_by_test_id(kind).all():
            yield f"{kind}: {box.inner_text()[:300]}"
    if not page.get_by_role("heading", level=1).count():
        yield "no title"
    if page.get_by_role("dialog").count():
        yield f"dialog: {page.get_by_role('dialog').first.inner_text()[:200]}"
    wide = page.evaluate(
        "Math.max(...[...document.querySelectorAll('[data-testid=stMain]')].map(e => e.scrollWidth))"
    )
    if wide > width:
        yield f"{wide} pixels wide on a screen of {width}"


def cut_at(page: Page, width: int) -> list[str]:
    """Find what is cut on a page so wide, all of it drawn."""
    tall = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": min(max(HEIGHT, tall), TALLEST)})
    page.wait_for_timeout(400)
    found: list[str] = page.evaluate(CUT)
    return found


def jargon_on(page: Page) -> list[str]:
    """Find words of the trade in what stands open on a page."""
    text = page.get_by_test_id("stMain").inner_text()
    return sorted({found.group().lower() for found in JARGON.finditer(text)})


def console_fault(kind: str, text: str, location: dict[str, object]) -> Iterator[str]:
    """Give an error of the browser's log, unless it is known to mean nothing."""
    in_vain = "404" in text and urlparse(str(location.get("url"))).path.endswith(KNOWN_IN_VAIN)
    if kind == "error" and not in_vain:
        yield f"console: {text} ({location.get('url')})"


def _stranger(url: str) -> Iterator[str]:
    parts = urlparse(url)
    if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname != "127.0.0.1":
        yield f"asks another host: {url}"


def report(name: str, faults: Sequence[str]) -> int:
    """Print what was tried and what is wrong."""
    print(name, "ok" if not faults else "WRONG", *faults, sep="\n  " if faults else " ", flush=True)
    return len(faults)


def main() -> int:
    """Look at every page of the workspaces named, of both without a name; say what is wrong."""
    pictures = Path(os.environ.get("BROWSER_CHECK_PICTURES", ROOT / "ci-output"))
    pictures.mkdir(parents=True, exist_ok=True)
    known = {"empty": settings().own_url, "demo": settings().demo_url}
    workspaces = {name: url for name, url in known.items() if name in (sys.argv[1:] or known)}
    if "demo" in workspaces:
        subprocess.run([sys.executable, "-m", "ambassador", "demo"], cwd=ROOT, check=True)
    wrong = 0
    with sync_playwright() as playwright:
        browser = start_browser(playwright)
        for workspace, url in workspaces.items():
            for entry in PAGES:
                address = "" if entry is PAGES[0] else entry.name
                with cold_server(url) as server:
                    for visit in VISITS:
                        name = f"{workspace}-{entry.name}-{visit.width}"
                        faults = look(browser, f"{server}/{address}", visit, pictures / f"{name}.png")
                        wrong += report(name, faults)
        browser.close()
    print(f"{len(workspaces) * len(PAGES) * len(VISITS)} visits, {wrong} faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

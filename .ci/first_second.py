"""Watch the first second of the app, frame by frame, in a real browser on a cold server.

It prints how long after the server's answer the product's name is painted, how long until the page's title,
and for how long the screen is empty while pages change. It fails where a name of a file is ever seen in the
menu, or where the page is empty between two pages. Times are printed, not judged: they are the machine's.
"""

import sys
import tempfile
from itertools import pairwise

from browser_check import VISITS, cold_server, opened, start_browser, wait_until_drawn
from playwright.sync_api import Page, sync_playwright

WATCH = """
window.frames_seen = [];
const look = () => {
  const text = (place) => (document.querySelector(place) || {innerText: ""}).innerText;
  window.frames_seen.push({
    at: performance.now(), body: document.body ? document.body.innerText.slice(0, 200) : "",
    menu: text("[data-testid=stSidebarNav]"), title: text("h1"),
    main: text("[data-testid=stMainBlockContainer]").length, address: location.pathname,
  });
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
FILE_NAMES = ("front_script", "front script", "streamlit_app", "streamlit app", ".py")
TURNS = ("People", "Campaigns", "Home")


def main() -> int:
    """Watch one visit and three turns of the page; say what was seen."""
    wrong = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = start_browser(playwright)
        with (
            cold_server(f"sqlite:///{folder}/first.db") as server,
            opened(browser, VISITS[0]) as (page, faults),
        ):
            page.add_init_script(WATCH)
            page.goto(server)
            wait_until_drawn(page)
            wrong += first_visit(page)
            for title in TURNS:
                wrong += turn(page, title)
            wrong += faults
        browser.close()
    print(*wrong, f"{len(wrong)} faults", sep="\n")
    return 1 if wrong else 0


def first_visit(page: Page) -> list[str]:
    """Say when the name and the title were there, and whether the menu ever named a file."""
    answered = page.evaluate("performance.getEntriesByType('navigation')[0].responseStart")
    frames = page.evaluate("window.frames_seen")
    paint = page.evaluate("(performance.getEntriesByName('first-contentful-paint')[0] || {}).startTime")
    named = next((one["at"] for one in frames if "Ambassador" in one["body"]), None)
    titled = next((one["at"] for one in frames if one["title"]), None)
    if named is None:
        return ["the product's name was never painted before the page"]
    print(f"after the server's answer: first paint {paint - answered:.0f} ms, product's name "
          f"{named - answered:.0f} ms, page's title {titled - answered:.0f} ms")  # fmt: skip
    menus = {one["menu"] for one in frames}
    return [f"the menu showed {menu!r}" for menu in menus if any(name in menu for name in FILE_NAMES)
            or (menu and "Whom" not in menu and "Workspace" not in menu)]  # fmt: skip


def turn(page: Page, title: str) -> list[str]:
    """Turn to another page; say for how long nothing was to be seen."""
    page.evaluate("window.frames_seen = []")
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=title).click()
    page.wait_for_timeout(300)
    wait_until_drawn(page)
    frames = page.evaluate("window.frames_seen")
    empty = [after["at"] - one["at"] for one, after in pairwise(frames) if not one["title"]]
    print(f"turning to {title}: {sum(empty):.0f} ms without a title, {len(frames)} frames")
    return [f"turning to {title}: {sum(empty):.0f} ms without a page"] if empty else []


if __name__ == "__main__":
    sys.exit(main())

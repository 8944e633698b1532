"""Type into a field and press the button at once, in a real browser: that press runs with what was typed.

What is typed reaches the program as the button goes down, and the page is drawn again under the pointer; each
form of the product is tried so, and what is stored then is compared with what was typed.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from browser_check import (
    HEIGHT,
    PATIENCE_MS,
    Visit,
    cold_server,
    opened,
    report,
    start_browser,
    wait_until_drawn,
)
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Locator, Page, sync_playwright

from ambassador.services.campaigns.campaign_view import list_campaigns, open_campaign
from ambassador.services.campaigns.campaigns import create_campaign
from ambassador.services.devices.stock import stock
from ambassador.services.imports import list_imports
from ambassador.services.picks.page_state import pick_page_state
from ambassador.services.picks.picks import pick_ambassadors
from ambassador.services.results.outcomes import list_outcomes
from ambassador.services.work import UnitOfWork, open_workspace
from ambassador.values.campaigns.campaigns import CampaignDraft
from ambassador.values.money import money
from ambassador.values.picks.picks import PickRequest
from tests.services.answers import brought_in, posts
from tests.services.crowd import CERTAIN, add_person, add_ties, follower_file

WIDE = Visit(1280, "light", "en-GB")
NARROW = 400
TYPED = 0.75
BUDGET = "1234"
POSTS = "Text,Date,Post ID\nfine,2026-05-02 10:00,71\ngood,2026-05-02 11:00,72\n"
Check = Callable[[UnitOfWork, Page, str], Iterator[str]]


def first_clicks() -> int:
    """Try every form; give how many faults there were."""
    wrong = 0
    with a_page() as (work, page, server, faults):
        for name, check in CHECKS.items():
            try:
                found = list(check(work, page, server))
            except BrowserError as problem:
                found = [str(problem)[:300]]
            wrong += report(f"typed and pressed at once: {name}", found)
        wrong += report("typed and pressed at once: what the browser says", faults)
    return wrong


@contextmanager
def a_page() -> Iterator[tuple[UnitOfWork, Page, str, Sequence[str]]]:
    """Start the app on a few people, ties, a pick and a campaign, and open a browser on it."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/first.db"
        work = open_workspace(url, actor="seed")
        add_ties(work, follower_file())
        for handle in "abc":
            add_person(work, handle, {"average_likes": 30.0})
        create_campaign(work, CampaignDraft("Launch", date(2026, 5, 1), date(2026, 5, 24)))
        pick_ambassadors(work, PickRequest(2, probabilities=CERTAIN, key=1, runs=50))
        with cold_server(url) as server, sync_playwright() as playwright:
            browser = start_browser(playwright)
            with opened(browser, WIDE) as (page, faults):
                page.set_default_timeout(PATIENCE_MS / 3)
                yield work, page, server, faults
            browser.close()
        work.engine.dispose()


def a_pick(work: UnitOfWork, page: Page, server: str) -> Iterator[str]:
    """The same for every tie: 1.00, and at once a pick."""
    turn_to(page, f"{server}/pick")
    unfold(page, "What do you want?")
    unfold(page, "Assumptions")
    field(page, "The same for every tie").fill(f"{TYPED}")
    press(page, "Pick people")
    page.wait_for_url("**pick=2**", timeout=2 * PATIENCE_MS)
    answer = pick_page_state(work, None, 2).answer
    if answer is None or answer.asked is None or answer.asked.probabilities.constant != TYPED:
        yield f"the pick was asked with {answer and answer.asked and answer.asked.probabilities}"


def a_swap(_: UnitOfWork, page: Page, server: str) -> Iterator[str]:
    """Another person typed in place of one picked."""
    turn_to(page, f"{server}/pick")
    unfold(page, "Swap one by hand")
    field(page, "take").fill("l01")
    field(page, "take").press("Enter")
    press(page, "What would that change?")
    page.get_by_text("With l01 instead of").wait_for()
    yield from ()


def a_price(_: UnitOfWork, page: Page, server: str) -> Iterator[str]:
    """What more phones would bring."""
    turn_to(page, f"{server}/pick")
    unfold(page, "What the demands cost")
    press(page, "Compute")
    page.get_by_text("Among the same candidates").wait_for()
    yield from ()


def a_forecast(_: UnitOfWork, page: Page, server: str) -> Iterator[str]:
    """A forecast for as many days as typed."""
    turn_to(page, f"{server}/forecast")
    field(page, "Simulated launches").fill("300")
    press(page, "Forecast")
    page.wait_for_url("**forecast=1**", timeout=2 * PATIENCE_MS)
    yield from ()


def a_campaign(work: UnitOfWork, page: Page, server: str) -> Iterator[str]:
    """A new campaign of the name typed last; without a name it is said that one is needed."""
    turn_to(page, f"{server}/campaigns")
    press(page, "New campaign")
    page.get_by_role("dialog").wait_for()
    wait_until_drawn(page)
    press(page, "Create the campaign")
    page.get_by_role("dialog").get_by_text("A campaign needs a name").wait_for()
    field(page, "Name").fill("Autumn")
    press(page, "Create the campaign")
    page.get_by_role("dialog").wait_for(state="detached")
    if "Autumn" not in (names := [one.name for one in list_campaigns(work)]):
        yield f"there are {names}"


def an_edit(work: UnitOfWork, page: Page, server: str) -> Iterator[str]:
    """A campaign's budget, changed."""
    turn_to(page, f"{server}/campaigns?campaign=1")
    press(page, "Edit")
    field(page, "Budget").fill(BUDGET)
    press(page, "Save", within=page.get_by_role("dialog"))
    page.get_by_role("dialog").wait_for(state="detached")
    budget = open_campaign(work, 1).card.spending.budget
    if budget != money(BUDGET):
        yield f"the budget is {budget}"


def a_phone(work: UnitOfWork, page: Page, server: str) -> Iterator[str]:
    """A phone with the colour typed last."""
    turn_to(page, f"{server}/devices")
    press(page, "Add a phone")
    field(page, "Model").fill("Q7")
    field(page, "Serial").fill("S-77")
    field(page, "Colour").fill("blue")
    press(page, "Add to the stock")
    page.get_by_role("dialog").wait_for(state="detached")
    if ("S-77", "blue") not in (found := [(one.serial, one.colour) for one in stock(work).devices]):
        yield f"in stock is {found}"


def an_outcome(work: UnitOfWork, page: Page, server: str) -> Iterator[str]:
    """Orders, as many as typed."""
    turn_to(page, f"{server}/outcomes?campaign=1")
    press(page, "Log an outcome")
    field(page, "How many").fill("7")
    press(page, "Log it")
    page.get_by_role("dialog").wait_for(state="detached")
    if (found := [row.quantity for row in list_outcomes(work, 1).rows]) != [7]:
        yield f"logged is {found}"


def an_undo(work: UnitOfWork, page: Page, server: str) -> Iterator[str]:
    """What was just logged, on a phone: the undo is in sight wherever the page stands, and taken at once."""
    page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    turn_to(page, f"{server}/outcomes?campaign=1")
    before = [row.quantity for row in list_outcomes(work, 1).rows]
    press(page, "Log an outcome")
    field(page, "How many").fill("9")
    press(page, "Log it")
    page.get_by_role("dialog").wait_for(state="detached")
    wait_until_drawn(page)
    back = page.get_by_role("button", name="Undo")
    back.wait_for()
    for place in ("0", "main.scrollHeight"):
        page.get_by_test_id("stMain").evaluate(f"main => main.scrollTo(0, {place})")
        page.wait_for_timeout(300)
        where = back.bounding_box() or {"x": -1, "y": -1, "width": 0, "height": 0}
        right, foot = where["x"] + where["width"], where["y"] + where["height"]
        if not (0 <= where["x"] < right <= NARROW and 0 <= where["y"] < foot <= HEIGHT):
            yield f"scrolled to {place} the undo stands at {where}"
    back.click(delay=60)
    page.get_by_text("Taken back.").wait_for()
    if (found := [row.quantity for row in list_outcomes(work, 1).rows]) != before:
        yield f"logged is {found}, before it was {before}"
    page.set_viewport_size({"width": WIDE.width, "height": HEIGHT})


def an_import(work: UnitOfWork, page: Page, server: str) -> Iterator[str]:
    """Posts whose author has to be said: the answer typed last is used."""
    turn_to(page, f"{server}/imports?kind=mentions")
    posts = {"name": "posts.csv", "mimeType": "text/csv", "buffer": POSTS.encode()}
    page.locator("input[type=file]").last.set_input_files(posts)  # type: ignore[arg-type]
    asked = page.get_by_test_id("stTextInput").filter(has_text="whose posts")
    asked.wait_for()
    wait_until_drawn(page)
    fields = page.get_by_test_id("stMain").get_by_test_id("stTextInput").all()
    for one in fields:
        if not one.locator("input").input_value():
            one.locator("input").fill("instagram" if "platform" in one.inner_text().lower() else "nina")
    page.get_by_role("button", name="Import 2 rows").click()
    page.get_by_text("posts.csv is imported").wait_for()
    if (found := [one.added for one in list_imports(work)]) != [2]:
        yield f"imported: {found}"


def to_learn(work: UnitOfWork, page: Page, server: str) -> Iterator[str]:
    """Learning begins at the first press."""
    brought_in(work, posts(30))
    turn_to(page, f"{server}/learn")
    press(page, "Learn", within=page.get_by_test_id("stMain"))
    page.wait_for_url("**job=**")
    yield from ()


def turn_to(page: Page, address: str) -> None:
    """Open a page and wait until it stands."""
    page.goto(address, timeout=PATIENCE_MS)
    wait_until_drawn(page)


def unfold(page: Page, title: str) -> None:
    """Open what is folded away under a title."""
    head = page.locator("summary").filter(has_text=title).last
    if head.locator("xpath=..").get_attribute("open") is None:
        head.click()
        page.wait_for_timeout(300)
        wait_until_drawn(page)  # what unfolding draws anew must not take the button from under the press


def field(page: Page, label: str) -> Locator:
    """Find a field by the words above it; the last one, for a dialog lies over the page."""
    return page.locator(f'input[aria-label="{label}"], input[aria-label^="{label}, "]').last


def press(page: Page, name: str, within: Locator | None = None) -> None:
    """Press a button as a hand does: down and up again, without waiting for anything."""
    place = within or page
    place.get_by_role("button", name=name).last.click(delay=60)


CHECKS: dict[str, Check] = {
    "a pick": a_pick,
    "a swap": a_swap,
    "what more phones bring": a_price,
    "a forecast": a_forecast,
    "a campaign": a_campaign,
    "a campaign's budget": an_edit,
    "a phone": a_phone,
    "an outcome": an_outcome,
    "an undo in sight": an_undo,
    "an import": an_import,
    "learning": to_learn,
}

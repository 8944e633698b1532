"""Two people at once, each in a browser of their own: asked who they are once, told what the other changed.

Both open the campaign's form and a person's form; the first saves, the second is told what it says now, and
finds everything typed still there. What is stored at the end names who did it. Then every form is typed into
and sent at once by one of them (``first_click.py``).
"""

import os
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from browser_check import PATIENCE_MS, Visit, cold_server, opened, report, start_browser, wait_until_drawn
from first_click import first_clicks
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Locator, Page, expect, sync_playwright

from ambassador.config import settings
from ambassador.services.campaigns.campaign_view import open_campaign
from ambassador.services.campaigns.campaigns import create_campaign
from ambassador.services.people.edit_people import add_person
from ambassador.services.people.person_card import open_person
from ambassador.services.work import UnitOfWork, open_workspace
from ambassador.values.campaigns.campaigns import CampaignDraft
from ambassador.values.people.people import NewPerson

WIDE = Visit(1280, "light", "en-GB")
ASKED = 'input[aria-label="Who is working?"]'
NAMES = ("Anna", "Ben")


def main() -> int:
    """Say what is wrong, and fail if anything is."""
    pictures = Path(os.environ.get("BROWSER_CHECK_PICTURES", Path(__file__).parents[1] / "ci-output"))
    pictures.mkdir(parents=True, exist_ok=True)
    faults: list[str] = []
    wrong, tried = 0, 0
    with two_people(faults) as (work, pages):
        try:
            for name, check in CHECKS.items():
                wrong += report(name, list(check(work, pages)))
                tried += 1
        finally:
            for name, page in zip(NAMES, pages, strict=True):
                page.screenshot(path=pictures / f"two-browsers-{name}.png")
    wrong += report("what the browsers say", faults)
    wrong += first_clicks()
    return 1 if wrong or tried < len(CHECKS) else 0


@contextmanager
def two_people(faults: list[str]) -> Iterator[tuple[UnitOfWork, Sequence[Page]]]:
    """Start the app on a small workspace and open it in two browsers that share nothing."""
    with tempfile.TemporaryDirectory() as folder:  # of this check alone: who works there is not known yet
        os.environ["AMBASSADOR_DATA_FOLDER"] = folder
        os.environ.pop("AMBASSADOR_USER", None)
        settings.cache_clear()
        url = f"sqlite:///{folder}/team.db"
        work = open_workspace(url, actor="seed")
        create_campaign(work, CampaignDraft("Launch", date(2026, 5, 1), date(2026, 5, 24)))
        add_person(work, NewPerson("Zoe Neri", "x", "zoe"))
        with cold_server(url) as server, sync_playwright() as playwright:
            browser = start_browser(playwright)
            with opened(browser, WIDE) as (hers, her_faults), opened(browser, WIDE) as (his, his_faults):
                for page in (hers, his):
                    page.set_default_timeout(PATIENCE_MS)
                    page.goto(f"{server}/campaigns?campaign=1", timeout=PATIENCE_MS)
                    wait_until_drawn(page)
                yield work, (hers, his)
            faults += [*her_faults, *his_faults]
            browser.close()
        work.engine.dispose()


def asked_once(_: UnitOfWork, pages: Sequence[Page]) -> Iterator[str]:
    """Each says a name; loaded again, and on another page, nobody is asked again."""
    for page, name in zip(pages, NAMES, strict=True):
        if not page.locator(ASKED).count():
            yield f"{name} was not asked"
            continue
        page.locator(ASKED).fill(name)
        page.get_by_role("button", name="That is me").first.click()
        page.locator(ASKED).wait_for(state="detached")
    for page, name in zip(pages, NAMES, strict=True):
        address = page.url
        page.goto(re.sub(r"/campaigns.*", "/workspace", address))
        wait_until_drawn(page)
        if page.locator(ASKED).count():
            yield f"{name} was asked twice"
        try:
            page.get_by_role("table").first.get_by_text(name, exact=True).wait_for()
        except BrowserError:
            yield f"{name} is not who the page says is working"
        page.goto(address)
        wait_until_drawn(page)


def one_campaign(work: UnitOfWork, pages: Sequence[Page]) -> Iterator[str]:
    """Both edit the product and a tag of one campaign."""
    hers, his = pages
    for page in pages:
        page.get_by_role("button", name="Edit", exact=False).first.click()
        _field(page, "Product").wait_for()
    _type(hers, {"Product": "Hers"})
    _type(his, {"Product": "His", "Notes": "his note"})
    his.get_by_role("tab", name="Which mentions belong to it").click()
    _type(his, {"Hashtags": "#ben"})
    yield from _first_saves_second_is_told(hers, his, "Hers", {"Hashtags": "#ben"})
    view = open_campaign(work, 1)
    if (view.card.product, view.notes) != ("His", "his note"):
        yield f"stored is {view.card.product!r}, {view.notes!r}"
    if view.rule is None or view.rule.actor != "Ben":
        yield f"the rule was changed by {view.rule and view.rule.actor}"


def one_person(work: UnitOfWork, pages: Sequence[Page]) -> Iterator[str]:
    """Both edit the city of one person."""
    hers, his = pages
    for page in pages:
        page.goto(re.sub(r"/campaigns.*", "/people?person=1", page.url))
        wait_until_drawn(page)
        page.get_by_role("tab", name="Edit").click()
        _field(page, "City").wait_for()
    _type(hers, {"City": "Bari"})
    _type(his, {"City": "Lecce", "Notes": "his note"})
    yield from _first_saves_second_is_told(hers, his, "City: Bari", {"City": "Lecce", "Notes": "his note"})
    card = open_person(work, 1)
    if (card.row.city, card.notes) != ("Lecce", "his note"):
        yield f"stored is {card.row.city!r}, {card.notes!r}"


def _first_saves_second_is_told(hers: Page, his: Page, theirs: str, typed: dict[str, str]) -> Iterator[str]:
    _save(hers).click()
    hers.get_by_role("dialog").wait_for(state="detached")
    _save(his).click()
    told = his.get_by_role("dialog").get_by_test_id("stAlert").filter(has_text="Not saved")
    told.wait_for()
    if theirs not in (said := told.inner_text()):
        yield f"the second is told {said!r}"
    for label, value in typed.items():
        if (stands := _field(his, label).input_value()) != value:
            yield f"{label} says {stands!r}, typed was {value!r}"
    _save(his).click()
    his.get_by_role("dialog").wait_for(state="detached")


def _type(page: Page, texts: dict[str, str]) -> None:
    for label, text in texts.items():
        field = _field(page, label)
        field.fill(text)
        field.blur()
        wait_until_drawn(page)
        expect(field).to_have_value(text)


def _field(page: Page, label: str) -> Locator:
    """Find a field by the words above it; its help has them too."""
    dialog = page.get_by_role("dialog")
    return dialog.locator(f'input[aria-label^="{label}"], textarea[aria-label^="{label}"]').first


def _save(page: Page) -> Locator:
    return page.get_by_role("dialog").get_by_role("button", name="Save", exact=True)


CHECKS = {
    "asked once who is working": asked_once,
    "the form of a campaign": one_campaign,
    "the form of a person": one_person,
}


if __name__ == "__main__":
    sys.exit(main())

"""Play somebody who sees the product for the first time, in a real browser, and count the clicks.

From an empty workspace and a messy list of people to the boss's line: import, pick within a budget, make the
campaign of it, send the phones by the courier's file, bring in what was said. Then four shorter jobs: a
complaint to answer, who is late, a forecast of the pick, the report. It fails where something looked for is
not there, where an error shows, or where a job takes more clicks than it may.

A click is a press on a button, a link, a choice or a field to type into, and the choice of a file.
With ``--pictures`` every screen on the way, and every page of the demo, is kept under ``docs/images``.
"""

import csv
import io
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from browser_check import CHROMIUM, FLAGS, ROOT, cold_server, console_fault, faults_on, wait_until_drawn
from PIL import Image
from playwright.sync_api import Locator, Page, sync_playwright

from ambassador.config import settings
from ambassador.ui.kit.navigation import PAGES

PATIENCE_MS = 30_000
COMPUTING_MS = 120_000
MOST_CLICKS = 40
MOST_CLICKS_SHORT = 8
IMAGES = ROOT / "docs" / "images"
WIDTH, HEIGHT = 1280, 800
COLOURS = 128
TODAY = date.today()  # noqa: DTZ011 - the day of this machine, as the browser's
FIRST_DAY = TODAY - timedelta(days=6)
HASHTAG = "#lumen5"


def main() -> int:
    """Play all jobs; say how many clicks each took, and fail where one could not be done."""
    pictures = IMAGES if "--pictures" in sys.argv else None
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        with cold_server(f"sqlite:///{folder}/first.db") as server:
            context = browser.new_context(
                viewport={"width": WIDTH, "height": HEIGHT},
                locale="en-GB",
                color_scheme="light",
                timezone_id="Europe/Rome",
                accept_downloads=True,
            )
            user = User(context.new_page(), pictures)
            wrong = play(user, server)
        if pictures:
            picture_demo(user.page, pictures)
        browser.close()
    print(f"{wrong} faults")
    return 1 if wrong else 0


def picture_demo(page: Page, pictures: Path) -> None:
    """Keep every page of the demo as a picture."""
    subprocess.run([sys.executable, "-m", "ambassador", "demo"], cwd=ROOT, check=True)
    with cold_server(settings().demo_url) as server:
        for entry in PAGES:
            page.goto(f"{server}/{'' if entry is PAGES[0] else entry.name}?campaign=2")
            wait_until_drawn(page)
            keep_picture(page, pictures / f"{entry.name}.png")


def play(user: "User", server: str) -> int:
    """Do one job after the other; a job that cannot be done ends the play."""
    wrong = 0
    for name, job, most in JOBS:
        user.clicks, began = 0, time.monotonic()
        try:
            if user.page.url == "about:blank":
                user.open(server)
            answer = job(user)
        except Exception as problem:  # noqa: BLE001 - any dead end is told, with a picture of it
            user.keep_dead_end()
            print(f"{name}: DEAD END after {user.clicks} clicks: {str(problem)[:600]}", flush=True)
            return wrong + 1
        faults = [*user.faults, *([f"more than {most} clicks"] if user.clicks > most else [])]
        wrong += len(faults)
        seconds = time.monotonic() - began
        print(f"{name}: {user.clicks} clicks, {seconds:.0f} s: {answer}", *faults, sep="\n  ", flush=True)
    return wrong


@dataclass
class User:
    """Somebody with a mouse, a keyboard and a few files."""

    page: Page
    pictures: Path | None
    clicks: int = 0
    file: str = ""
    ambassadors: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Watch what the browser says."""
        self.page.set_default_timeout(PATIENCE_MS)
        self.page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        self.page.on(
            "console", lambda said: self.faults.extend(console_fault(said.type, said.text, said.location))
        )

    def open(self, address: str) -> None:
        """Type the address the program printed."""
        self.page.goto(address)
        self.settle()

    def click(self, name: str, kind: str = "button") -> None:
        """Press what carries a name; the last of that name, for a dialog lies over the page."""
        exact = re.compile(rf"^\W*(?:[a-z_0-9]+ ?\n?)?{name}\W*$")
        self.press(self.page.get_by_role(kind, name=exact).last)  # type: ignore[arg-type]

    def press(self, what: Locator) -> None:
        """Press anything, and wait until the page has answered."""
        what.click()
        self.clicks += 1
        self.settle()

    def turn_to(self, page: str) -> None:
        """Choose a page in the side bar."""
        self.press(self.page.get_by_test_id("stSidebarNav").get_by_role("link", name=page))
        self.page.get_by_role("heading", level=1).wait_for()

    def write(self, label: str, text: str) -> None:
        """Type into a field."""
        box = self.page.get_by_label(label, exact=True).last
        box.click()
        self.clicks += 1
        box.fill(text)
        box.press("Tab")
        self.settle()

    def write_day(self, label: str, day: date) -> None:
        """Type a day into a field of three parts."""
        box = self.page.get_by_test_id("stDateInput").filter(has_text=label).last
        box.get_by_role("spinbutton").first.click()
        self.clicks += 1
        self.page.keyboard.type(f"{day:%d%m%Y}")
        self.page.keyboard.press("Tab")
        self.settle()

    def bring(self, name: str, content: str | bytes) -> None:
        """Choose a file."""
        data = content.encode() if isinstance(content, str) else content
        self.page.locator("input[type=file]").last.set_input_files(
            {"name": name, "mimeType": "text/csv", "buffer": data}
        )
        self.clicks += 1
        self.file = name
        self.page.get_by_text(name).last.wait_for()
        self.settle()

    def import_it(self) -> None:
        """Press the button that imports, and wait for the report."""
        self.press(self.page.get_by_role("button", name=re.compile(r"Import \d+ rows?$")))
        self.page.get_by_text(f"{self.file} is imported").first.wait_for(timeout=COMPUTING_MS)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing runs; then nothing wrong may stand there."""
        self.page.wait_for_timeout(200)
        self.page.wait_for_selector('[data-test-script-state="notRunning"]', state="attached")
        self.page.wait_for_timeout(50)
        self.faults.extend(
            fault for fault in faults_on(self.page, WIDTH) if not fault.startswith(("dialog", "no title"))
        )

    def figure(self, label: str) -> str:
        """Read a figure of the first row."""
        box = self.page.get_by_test_id("stMetric").filter(has_text=label).first
        return " ".join(box.inner_text().split())

    def sees(self, words: str) -> None:
        """Look for words; not to find them is a dead end."""
        self.page.get_by_text(words).first.wait_for()

    def deal_with(self, words: str) -> Locator:
        """Find the link beside a line of today's list."""
        line = self.page.get_by_test_id("stHorizontalBlock").filter(has_text=words)
        return line.get_by_role("link", name="Deal with it").last

    def keep(self, name: str) -> None:
        """Keep the screen as a picture, where pictures are wanted."""
        if self.pictures:
            keep_picture(self.page, self.pictures / f"{name}.png")

    def keep_dead_end(self) -> None:
        """Keep what was to be seen when it went wrong."""
        folder = Path(os.environ.get("BROWSER_CHECK_PICTURES", ROOT / "ci-output"))
        folder.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=folder / "first-user-dead-end.png", full_page=True)


def keep_picture(page: Page, place: Path) -> None:
    """Write a screen as a small picture: a palette is enough for a page."""
    page.mouse.move(WIDTH - 2, HEIGHT - 2)
    page.wait_for_function("!document.querySelector('[data-testid=stSkeleton]')")
    page.wait_for_timeout(1200)
    image = Image.open(io.BytesIO(page.screenshot()))
    image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(place, optimize=True)


FIRSTS = ("Ada", "Beppe", "Carmen", "Dino", "Elsa", "Fabio", "Gaia", "Hugo", "Ines", "Leo")
LASTS = ("Verdi", "Marin", "Conti")


def account_of(name: str) -> tuple[str, str]:
    """Name somebody's account and its platform."""
    first, last = name.split()
    place = FIRSTS.index(first) + 10 * LASTS.index(last)
    return name.lower().replace(" ", "."), ("Instagram", "TikTok", "YouTube")[place % 3]


def people_file() -> str:
    """Make a list as it is kept by hand: a title, semicolons, decimal commas, gaps, three platforms."""
    rows = ["Creators spring (work in progress);;;;;;;", ";;;;;;;"]
    rows.append("Name;Account;Where;Followers;Avg. likes;Fee (EUR);City;E-mail")
    for place in range(30):
        name = f"{FIRSTS[place % 10]} {LASTS[place // 10]}"
        handle, where = account_of(name)
        account = f"https://www.instagram.com/{handle}/" if place % 9 == 0 else f"@{handle}"
        size = 2_300 + (place * 7_919) % 61_000
        followers = (f"{size:,}".replace(",", "."), f"{size / 1000:.1f}k".replace(".", ","))[place % 2]
        likes = f"{size * (3 + place % 5) / 100:.1f}".replace(".", ",")
        fee = f"{40 + size // 250},50" if (place + 4) % 7 else ("", "?", "n.d.")[place % 3]
        city = ("Bari", "Torino", "")[place % 3]
        rows.append(f"{name};{account};{where};{followers};{likes};{fee};{city};{handle}@example.com")
    return "\r\n".join(rows) + "\r\n"


def phones_file() -> str:
    """Make the list of twelve phones, with serial numbers and what each cost."""
    rows = [f"Lumen 5;LUM5A{place:04d};180,00" for place in range(12)]
    return "\n".join(["Model;Serial;Cost (EUR)", *rows])


def courier_file(packing: str) -> str:
    """Answer a packing list as the courier would: delivered, but for one that is still on its way."""
    parcels = list(csv.DictReader(io.StringIO(packing.lstrip("\ufeff"))))
    rows = ["Reference;Recipient;Tracking;Status;Date"]
    for place, parcel in enumerate(parcels):
        status = "in transit" if place == len(parcels) - 1 else "Delivered"
        day = TODAY - timedelta(days=10 if status == "in transit" else 5)
        recipient = parcel.get("Recipient", "")
        rows.append(f"{parcel['Reference']};{recipient};ZX{place:07d};{status};{day:%d/%m/%Y} 11:30")
    return "\n".join(rows)


def mentions_file(people: list[str]) -> str:
    """Make an export of posts: the ambassadors' own, answers to them, one of which is a complaint."""
    rows = ["Post ID;Author;Platform;Date;Text;In reply to;Likes;Views;Label"]
    for place, person in enumerate(people):
        handle, where = account_of(person)
        day = FIRST_DAY + timedelta(days=1 + place % 4)
        own = f"9{place:05d}"
        rows.append(
            f"{own};@{handle};{where};{day:%Y-%m-%d} 10:{place:02d};My first days with it {HASHTAG};;"
            f"{200 + 37 * place};{9000 + 811 * place};"
        )
        for further in range(2 + 3 * (place == 1)):
            label = "complaint" if place == further == 0 else ""
            text = "Mine arrived with a dead battery" if label else f"tell me more {further}"
            rows.append(
                f"8{place:03d}{further:02d};@fan{place}{further};{where};{day:%Y-%m-%d} "
                f"1{2 + further}:00;{text} {HASHTAG};{own};{3 * further};;{label}"
            )
    return "\n".join(rows)


def main_job(user: User) -> str:
    """From a list of people to the line for the boss."""
    bring_people(user)
    pick_them(user)
    make_the_campaign(user)
    send_the_phones(user)
    return tell_the_boss(user)


def bring_people(user: User) -> None:
    """Import the list."""
    user.keep("first-01-start")
    user.write("Who is working?", "Nadia")
    user.click("That is me")
    user.click("Import people")
    user.bring("creators spring.csv", people_file())
    user.keep("first-02-import")
    user.import_it()
    user.keep("first-03-imported")


def pick_them(user: User) -> None:
    """Pick five within a budget."""
    user.turn_to("Pick ambassadors")
    user.write("People", "5")
    user.write("Budget, EUR", "1500")
    user.click("Pick people")
    user.page.get_by_role("button", name="Confirm this pick").wait_for(timeout=COMPUTING_MS)
    user.settle()
    user.keep("first-04-pick")


def make_the_campaign(user: User) -> None:
    """Make the campaign of the pick: a name, its first day, its hashtag."""
    user.click("Confirm this pick")
    user.keep("first-05-campaign")
    user.write("Name", "Lumen 5")
    user.write_day("First day", FIRST_DAY)
    user.press(user.page.get_by_text("Which mentions belong to it"))
    user.write("Hashtags", HASHTAG.strip("#"))
    user.click("Make them ambassadors")


def send_the_phones(user: User) -> None:
    """Bring the phones in, keep one for each, and read the courier's file."""
    user.click("Launch")
    user.click("Launch")
    user.keep("first-06-campaign-made")
    user.turn_to("Devices")
    user.click("Import devices")
    user.bring("phones.csv", phones_file())
    user.import_it()
    user.turn_to("Devices")
    user.click("Reserve phones")
    user.click("Reserve")
    user.click("Packing list")
    user.keep("first-07-packing")
    with user.page.expect_download() as download:
        user.press(user.page.get_by_role("dialog").get_by_role("button", name="CSV"))
    packing = Path(download.value.path()).read_text("utf-8")
    user.ambassadors = [row["Recipient"] for row in csv.DictReader(io.StringIO(packing.lstrip("\ufeff")))]
    user.click("Close")
    user.click("Courier file")
    user.bring("courier.csv", courier_file(packing))
    user.import_it()
    user.keep("first-08-courier")
    user.turn_to("Devices")
    user.sees("4 with ambassadors")
    user.keep("first-08-devices")


def tell_the_boss(user: User) -> str:
    """Bring in what was said, and read the line."""
    user.turn_to("Mentions")
    user.click("Import mentions")
    user.bring("posts.csv", mentions_file(user.ambassadors))
    user.import_it()
    user.keep("first-09-mentions-in")
    user.turn_to("Outcomes")
    user.sees("One line for the boss")
    line = user.page.get_by_test_id("stCode").first.inner_text()
    if f"{len(user.ambassadors) + 13} people talk" not in line:
        raise AssertionError(f"the boss reads: {line}")
    user.keep("first-10-outcomes")
    return line


def forecast_the_pick(user: User) -> str:
    """Ask what may come of the pick."""
    user.turn_to("Pick ambassadors")
    user.click("Forecast this pick")
    user.click("Forecast")
    user.page.get_by_text("Middle case").first.wait_for(timeout=COMPUTING_MS)
    user.settle()
    user.keep("first-12-forecast")
    return user.figure("Middle case")


def answer_a_complaint(user: User) -> str:
    """See on the first page that somebody complains, and get to what they wrote and where."""
    user.turn_to("Home")
    user.keep("first-11-home")
    user.press(user.deal_with("complains"))
    user.sees("Mine arrived with a dead battery")
    user.keep("first-13-complaint")
    return "it stands there, with who wrote it"


def find_who_is_late(user: User) -> str:
    """See whom to call about a parcel that does not arrive."""
    user.turn_to("Home")
    user.press(user.deal_with("on its way"))
    user.sees("on its way for 10 days")
    user.keep("first-14-late")
    user.click("Close")
    return "one parcel"


def make_the_report(user: User) -> str:
    """Download the one-page report."""
    user.turn_to("Outcomes")
    with user.page.expect_download() as download:
        user.click("One-page report")
    page = Path(download.value.path()).read_text("utf-8")
    if "Lumen 5" not in page or f"{len(user.ambassadors) + 13} people talk" not in page:
        raise AssertionError("the report speaks of another campaign")
    return f"{len(page):,} characters"


JOBS = (
    ("From a messy list to the boss's line", main_job, MOST_CLICKS),
    ("Forecast a pick", forecast_the_pick, MOST_CLICKS_SHORT),
    ("Answer a complaint", answer_a_complaint, MOST_CLICKS_SHORT),
    ("Find who is late", find_who_is_late, MOST_CLICKS_SHORT),
    ("Make the report", make_the_report, MOST_CLICKS_SHORT),
)

if __name__ == "__main__":
    sys.exit(main())

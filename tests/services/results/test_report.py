"""The report: one page, a workbook, a plain table."""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from ambassador.errors import BadInputError
from ambassador.services.campaigns.campaigns import close_campaign
from ambassador.services.results.outcomes import log_outcome
from ambassador.services.results.report import campaign_report, format_of, one_line, report_file
from ambassador.services.results.results import observe_results
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.campaigns import Campaign
from ambassador.store.tables.mentions import MentionLabel
from ambassador.store.tables.people import Person
from ambassador.values.forecasts.standing import TIES_WON
from ambassador.values.money import money
from ambassador.values.results.outcomes import OutcomeForm
from ambassador.values.results.reports import ReportFormat
from ambassador.values.status import Label, OutcomeKind
from tests.conftest import NOW
from tests.services.story import Story, add_campaign, freeze_forecast, tell

EVIL = '<script>alert("x")</script>'
FORMULA = '=HYPERLINK("http://evil.example","x")'


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data) -> None:
        if self.tags[-1:] != ["style"]:
            self.text += data


def _page(work: UnitOfWork, campaign: int, language: str = "en") -> _Page:
    page = _Page()
    page.feed(report_file(work, campaign, ReportFormat.HTML, language).content.decode())
    return page


def _full(work: UnitOfWork) -> Story:
    story = tell(work)
    freeze_forecast(work, story, nina=[1, 2], leo=[0, 4], zoe=[2, 5])
    order = OutcomeForm(story.campaign, OutcomeKind.ORDERS, code="NINA10", quantity=4, value=money(1200))
    log_outcome(work, order)
    log_outcome(work, OutcomeForm(story.campaign, OutcomeKind.LESSON, note=EVIL))
    return story


def test_nothing_from_outside_runs_in_the_page(sqlite_work: UnitOfWork) -> None:
    story = _full(sqlite_work)
    with sqlite_work.writing() as session:
        person = session.get(Person, 1)
        campaign = session.get(Campaign, story.campaign)
        assert person and campaign
        person.name, campaign.name = f'{EVIL}" onmouseover="x', EVIL
    page = _page(sqlite_work, story.campaign)
    assert "script" not in page.tags
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert page.text.count('alert("x")') >= 3


def test_no_text_from_outside_is_a_formula_in_the_workbook(sqlite_work: UnitOfWork) -> None:
    story = _full(sqlite_work)
    log_outcome(sqlite_work, OutcomeForm(story.campaign, OutcomeKind.LESSON, note=FORMULA))
    made = report_file(sqlite_work, story.campaign, ReportFormat.XLSX, "en")
    book = load_workbook(BytesIO(made.content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert FORMULA in [cell.value for cell in cells]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_no_text_from_outside_is_a_formula_in_the_plain_table(sqlite_work: UnitOfWork) -> None:
    story = _full(sqlite_work)
    with sqlite_work.writing() as session:
        person = session.get(Person, 1)
        assert person
        person.name = FORMULA
    made = report_file(sqlite_work, story.campaign, ReportFormat.CSV, "en")
    assert "'=HYPERLINK" in made.content.decode("utf-8-sig")


def test_the_workbook_holds_the_same_figures_as_the_results(sqlite_work: UnitOfWork) -> None:
    story = _full(sqlite_work)
    results = observe_results(sqlite_work, story.campaign)
    made = report_file(sqlite_work, story.campaign, ReportFormat.XLSX, "en")
    sheet = load_workbook(BytesIO(made.content))["Ambassadors"]
    headers = [cell.value for cell in sheet[1]]
    rows = {
        row[0]: dict(zip(headers, row, strict=True)) for row in sheet.iter_rows(min_row=2, values_only=True)
    }
    assert rows["Total"]["People who talk"] == results.total.talkers
    mentions = [row["Mentions"] for name, row in rows.items() if name != "Total"]
    assert sum(mentions) == rows["Total"]["Mentions"] == results.total.mentions
    assert rows["Nina"]["Cost per order (EUR)"] == 125
    assert rows["Zoe"]["Views"] is None
    assert rows["Nina"]["Standing"] == "above"


def test_the_workbook_reads_as_people_write(sqlite_work: UnitOfWork) -> None:
    """Amounts carry their currency, shares are percentages, days are ISO; it draws and explains itself."""
    story = _full(sqlite_work)
    made = report_file(sqlite_work, story.campaign, ReportFormat.XLSX, "en")
    book = load_workbook(BytesIO(made.content))
    forms = {row[0].value: row[1].number_format for row in book["Summary"].iter_rows(max_col=2)}
    assert forms["Cost (EUR)"] == '#,##0.00 "EUR"'
    assert forms["Post rate"] == "0.0%"
    people, days = book["Ambassadors"], book["Day by day"]
    assert {cell.number_format for cell in days["B"] if cell.is_date} == {"d mmm yyyy"}
    assert (people.freeze_panes, people.page_setup.orientation) == ("B2", "landscape")
    assert (people.print_title_rows, people.page_setup.fitToWidth) == ("$1:$1", 1)
    assert people.print_area
    meanings = {row[0].value: row[1].value for row in book["Read me"].iter_rows(min_row=2)}
    assert "counted once" in str(meanings["People who talk"])
    drawn = [name for name in ZipFile(BytesIO(made.content)).namelist() if name.startswith("xl/charts/")]
    assert len(drawn) == 2


def test_the_page_says_the_headline_the_misses_and_how_it_was_computed(sqlite_work: UnitOfWork) -> None:
    story = _full(sqlite_work)
    text = _page(sqlite_work, story.campaign).text
    assert one_line(observe_results(sqlite_work, story.campaign), "en") in text
    assert "It was built on reactions, who replied, quoted or shared whom: people seen before." in text
    assert TIES_WON in text
    assert "silent" in text
    assert "Not attributable to anyone" in text


def test_one_line_says_what_was_given_what_came_and_what_it_cost(sqlite_work: UnitOfWork) -> None:
    story = _full(sqlite_work)
    assert one_line(observe_results(sqlite_work, story.campaign), "en") == (
        "Q1 Launch, day 12 of 24: 2 of 3 people with a phone have posted, 5 people talk about it, "
        "as forecast (1 to 6). It brought 91,000 views, 4 orders worth €1,200. "
        "It cost €800: €160 per person who talks. Best value for money: Leo, €0.15 a like."
    )


def test_one_line_compares_with_the_end_once_the_campaign_is_over(sqlite_work: UnitOfWork) -> None:
    story = _full(sqlite_work)
    over = sqlite_work.at(datetime(2026, 6, 3, tzinfo=UTC))
    said = one_line(observe_results(over, story.campaign), "en")
    assert "over since 24 May 2026" in said
    assert "as forecast (2 to 9)" in said


def test_one_line_does_not_say_over_since_a_day_that_has_not_come(sqlite_work: UnitOfWork) -> None:
    story = _full(sqlite_work)
    early = sqlite_work.at(datetime(2026, 5, 12, tzinfo=UTC))
    close_campaign(early, story.campaign)
    said = one_line(observe_results(early, story.campaign), "en")
    assert "closed before its last day, 24 May 2026" in said


def test_complaints_are_unknown_until_somebody_labels(sqlite_work: UnitOfWork) -> None:
    story = _full(sqlite_work)
    assert campaign_report(sqlite_work, story.campaign, "en").complaints is None
    with sqlite_work.writing() as session:
        complaint = MentionLabel(mention_id=story.mentions["u1"], label=Label.COMPLAINT, labelled_at=NOW)
        session.add(complaint)
    assert campaign_report(sqlite_work, story.campaign, "en").complaints == 1


def test_a_campaign_with_nothing_in_it_still_has_a_report(work: UnitOfWork) -> None:
    with work.writing() as session:
        campaign = add_campaign(session)
    for kind in ReportFormat:
        assert report_file(work, campaign, kind, "it").content
    assert "no data yet" in _page(work, campaign).text


def test_every_word_of_the_page_goes_through_the_catalogue(sqlite_work: UnitOfWork) -> None:
    story = _full(sqlite_work)
    text, before = _page(sqlite_work, story.campaign, "xx").text, ""
    while text != before:  # messages stand within messages
        text, before = re.sub("⟦[^⟦⟧]*⟧", "", text), text
    names = {"Q1", "Launch", "Nina", "Leo", "Zoe", "May", "nina", EVIL[8:13], "alert", "script"}
    assert not set(re.findall("[A-Za-z]{3,}", text)) - names


@pytest.mark.parametrize(("name", "kind"), [("a.XLSX", "xlsx"), ("b.htm", "html"), ("c.tar.csv", "csv")])
def test_the_form_is_told_from_the_name(name: str, kind: str) -> None:
    assert format_of(name) == kind


@pytest.mark.parametrize("name", ["report.pdf", "report", "", "xlsx."])
def test_a_name_without_a_known_form_is_refused(name: str) -> None:
    with pytest.raises(BadInputError):
        format_of(name)

"""Whatever is imported, edited and judged later: as of a day everything is as it was recorded that day."""

import gc
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest

from ambassador.errors import BadInputError, ConflictError, NotFoundError
from ambassador.services.campaigns.ambassadors import answer, list_ambassadors
from ambassador.services.campaigns.campaign_view import campaign_draft
from ambassador.services.campaigns.campaigns import (
    close_campaign,
    edit_campaign,
)
from ambassador.services.campaigns.invite import invite_people
from ambassador.services.cascades.cascade_measures import observe_cascades
from ambassador.services.devices.devices import (
    deliver_device,
    replace_device,
    ship_devices,
)
from ambassador.services.devices.stock import stock
from ambassador.services.imports.import_files import ImportOptions
from ambassador.services.imports.undo_import import list_imports, undo_import
from ambassador.services.lookback.looking_back import as_known, look_back
from ambassador.services.mentions.care import care_figures
from ambassador.services.mentions.credit_table import credit_table
from ambassador.services.mentions.refresh import bring_up_to_date
from ambassador.services.mentions.review import label_mentions, review_mentions
from ambassador.services.people.erase_person import erase_person
from ambassador.services.people.merge_people import merge_people
from ambassador.services.results.outcomes import archive_outcome, list_outcomes, log_outcome
from ambassador.services.results.page_state import flag_devices
from ambassador.services.results.report import one_line, report_file
from ambassador.services.results.results import observe_results, observed_by_day
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.devices import Custody
from ambassador.values.campaigns.campaigns import MatchRuleDraft
from ambassador.values.imports.imports import AS_LISTED
from ambassador.values.results.reports import ReportFormat
from ambassador.values.status import AmbassadorStatus, ImportKind, Label, Verdict
from tests.services.brought import bring
from tests.services.lookback.week import DAY, PEOPLE, THAT_DAY, WEEK_2, Week, orders, people_of


def _all_of(work: UnitOfWork, campaign: int) -> Mapping[str, object]:
    """Everything a report, a page or a verb would say."""
    results, cascades = observe_results(work, campaign), observe_cascades(work, campaign)
    return {
        "results": replace(results, known=None),
        "cascades": replace(cascades, known=None),
        "credit": credit_table(work, campaign),
        "devices": flag_devices(work, results),
        "days": observed_by_day(work, campaign),
        "care": care_figures(work, campaign),
        "outcomes": list_outcomes(work, campaign),
        "file": report_file(work, campaign, ReportFormat.CSV, "en").content,
        "phones": stock(work),
    }


def _edit_rule(week: Week) -> None:
    work = week.later()
    was = campaign_draft(work, week.campaign)
    wider = MatchRuleDraft(hashtags=("aria",), keywords=("aria",), exclude_words=("here",))
    edit_campaign(work, week.campaign, replace(was, rule=wider), was)
    bring_up_to_date(work)


def _undone(week: Week) -> None:
    work = week.later()
    bring(work, ImportKind.MENTIONS, WEEK_2.replace("4000", "7000").replace("b1,", "u1,"), name="wrong.csv")
    undo_import(week.later(), list_imports(work)[0].id)


def _merged(week: Week) -> None:
    merge_people(week.later(), week.people[0], [week.people[2]])


def _lost(week: Week) -> None:
    stay = replace_device(week.later(), week.stays[0]).id
    ship_devices(week.later(), [stay])
    deliver_device(week.later(), stay)


def _third(week: Week) -> None:
    (number,) = invite_people(week.later(), week.campaign, [week.people[2]])
    answer(week.later(), number, AmbassadorStatus.ACCEPTED)


def _delivered_in_time(week: Week) -> None:
    """Hear from the courier a week later that a phone had arrived before the day looked back at."""
    line = f"{_reference(week.work, week.stays[1])},delivered,2026-05-05"
    report = bring(week.later(), ImportKind.COURIER, f"reference,status,date\n{line}\n", name="sda.csv")
    assert report.updated == 1


def _reference(work: UnitOfWork, custody_id: int) -> str:
    with work.reading() as session:
        return session.get_one(Custody, custody_id).reference


TIES = "source,target,platform\nmara,rosa,x\npino,rosa,x\n"
EVENTS: Mapping[str, Callable[[Week], object]] = {
    "a second export": lambda week: bring(week.later(), ImportKind.MENTIONS, WEEK_2, name="week2.csv"),
    "an import undone": _undone,
    "another rule": _edit_rule,
    "put out by hand": lambda week: review_mentions(
        week.later(), [week.post("a4")], week.campaign, Verdict.REJECTED
    ),
    "labelled": lambda week: label_mentions(week.later(), [week.post("a2")], Label.COMPLAINT),
    "a phone lost and replaced": _lost,
    "one left": lambda week: answer(week.later(), week.ambassadors[1], AmbassadorStatus.DONE),
    "a third is in": _third,
    "more orders": lambda week: log_outcome(
        week.later(),
        orders(week.campaign, 9),
    ),
    "orders taken out": lambda week: archive_outcome(
        week.later(), list_outcomes(week.work, week.campaign).rows[-1].id
    ),
    "people again": lambda week: bring(
        week.later(),
        ImportKind.PEOPLE,
        PEOPLE.replace("Blu", "Verde").replace("900", "1200"),
        name="again.csv",
    ),
    "who hears whom": lambda week: bring(
        week.later(), ImportKind.TIES, TIES, ImportOptions(answers={"direction": AS_LISTED})
    ),
    "a courier's file": _delivered_in_time,
    "closed": lambda week: close_campaign(week.later(), week.campaign),
}


@pytest.mark.parametrize("order", [1, 2])
def test_as_of_a_day_all_is_as_it_was_recorded_whatever_came_later(work: UnitOfWork, order: int) -> None:
    week = Week(work)
    at_its_end = work.at(datetime(2026, 5, 6, 21, 59, 59, 999_999, tzinfo=UTC))
    recorded = _all_of(at_its_end, week.campaign)
    names = [*EVENTS]
    Random(order).shuffle(names)
    for number, name in enumerate(names):
        EVENTS[name](week)
        bring_up_to_date(week.later())
        if number in {5, len(names) - 1}:  # each look back takes a second
            then = _all_of(look_back(week.later(), DAY, week.campaign), week.campaign)
            assert {part: then[part] for part in then} == recorded, name
    assert _all_of(week.later(), week.campaign) != recorded


def test_merged_people_are_apart_again(work: UnitOfWork) -> None:
    week = Week(work)
    before = people_of(work)
    _merged(week)
    assert len(people_of(work)) == 2
    then = look_back(week.later(), DAY, week.campaign)
    assert people_of(then) == before


def test_figures_of_then_stand_whatever_was_undone_merged_or_erased_since(work: UnitOfWork) -> None:
    week = Week(work)
    at_its_end = work.at(datetime(2026, 5, 6, 21, 59, 59, 999_999, tzinfo=UTC))
    recorded = _all_of(at_its_end, week.campaign)
    _undone(week)
    _merged(week)
    bring_up_to_date(week.later())
    assert _all_of(look_back(week.later(), DAY, week.campaign), week.campaign) == recorded
    erase_person(week.later(), week.people[1])
    bring_up_to_date(week.later())
    then = look_back(week.later(), DAY, week.campaign)
    results = observe_results(then, week.campaign)
    assert results.total == recorded["results"].total  # type: ignore[attr-defined]
    assert credit_table(then, week.campaign).total == recorded["credit"].total  # type: ignore[attr-defined]
    assert then.as_of is not None
    assert then.as_of.erased == 1


def test_what_is_gone_for_good_is_counted(work: UnitOfWork) -> None:
    week = Week(work)
    posts = next(one for one in list_imports(work) if one.file_name == "week1.csv")
    undo_import(week.later(), posts.id)
    erase_person(week.later(), week.people[2])
    then = look_back(week.later(), DAY, week.campaign)
    assert then.as_of is not None
    assert (then.as_of.undone, then.as_of.erased) == (1, 1)
    said = as_known(then.as_of, "en")
    assert said.startswith(
        "As known on 6 May 2026. 1 import that was known then and undone since is not in it."
    )
    assert observe_results(then, week.campaign).total.mentions == 0


def test_a_look_back_says_so_and_cannot_be_changed(work: UnitOfWork) -> None:
    week = Week(work)
    then = look_back(week.later(), DAY, week.campaign)
    results = observe_results(then, week.campaign)
    assert results.known == then.as_of
    assert (results.day, results.days) == (6, 20)
    assert one_line(results, "en").startswith("Aria, as known on 6 May 2026, day 6 of 20:")
    page = report_file(then, week.campaign, ReportFormat.HTML, "en").content.decode()
    assert "As known on 6 May 2026." in page
    with pytest.raises(ConflictError, match="cannot be changed"):
        close_campaign(then, week.campaign)
    assert {row.status for row in list_ambassadors(work, week.campaign)} == {AmbassadorStatus.ACCEPTED}


def test_days_to_come_and_days_before_the_campaign_are_refused(work: UnitOfWork) -> None:
    week = Week(work)
    with pytest.raises(BadInputError, match="has not come yet"):
        look_back(work.at(THAT_DAY), date(2026, 5, 7), week.campaign)
    with pytest.raises(NotFoundError, match="Aria was not there yet"):
        look_back(week.later(), date(2026, 5, 5), week.campaign)


def test_today_is_now(work: UnitOfWork) -> None:
    week = Week(work)
    now = work.at(THAT_DAY)
    assert _all_of(look_back(now, DAY, week.campaign), week.campaign) == _all_of(now, week.campaign)


def test_a_copy_is_thrown_away_and_one_left_by_force_is_swept(
    work: UnitOfWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    week = Week(work)
    left, young = tmp_path / "ambassador-then-left", tmp_path / "ambassador-then-young"
    for folder in (left, young):
        folder.mkdir()
    os.utime(left, (0, 0))
    then = look_back(week.later(), DAY, week.campaign)
    (made,) = set(tmp_path.glob("ambassador-then-*")) - {young}
    assert made.stat().st_mode & 0o077 == 0
    del then
    gc.collect()
    assert [*tmp_path.glob("ambassador-then-*")] == [young]

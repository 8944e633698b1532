"""Counts in a sentence add up to the whole, however awkward the data are."""

import pytest

from ambassador.services.campaigns.ambassadors import answer
from ambassador.services.campaigns.brand_accounts import set_brand_accounts
from ambassador.services.campaigns.campaign_view import list_campaigns
from ambassador.services.devices.devices import lose_device, replace_device, ship_devices
from ambassador.services.imports.undo_import import list_imports, undo_import
from ambassador.services.mentions.refresh import bring_up_to_date
from ambassador.services.mentions.review import label_mentions, review_mentions
from ambassador.services.people.erase_person import erase_person
from ambassador.services.people.merge_people import merge_people
from ambassador.services.results.outcomes import log_outcome
from ambassador.services.work import open_workspace
from ambassador.values.status import AmbassadorStatus, ImportKind, Label, Verdict
from seed.kept import BUILT_AT, put_kept_demo
from tests.services.brought import bring
from tests.services.lookback.week import WEEK_2, Week, orders
from tests.services.talk import Talk
from tests.sums import check_sums


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMBASSADOR_LANGUAGE", "en")


def test_a_workspace_with_nothing_in_it(sqlite_work):
    check_sums(sqlite_work, Talk(sqlite_work).campaign)


def test_a_workspace_with_all_that_is_awkward(sqlite_work):
    week = Week(sqlite_work)
    check_sums(week.later(), week.campaign)
    steps = (
        lambda: bring(week.later(), ImportKind.MENTIONS, WEEK_2 + "b9,x,,2026-05-08,reply,,no author,,\n"),
        lambda: label_mentions(week.later(), [week.post("a2"), week.post("b2")], Label.COMPLAINT),
        lambda: set_brand_accounts(week.later(), ("x:lia",)),
        lambda: review_mentions(week.later(), [week.post("a4")], week.campaign, Verdict.REJECTED),
        lambda: ship_devices(week.later(), [replace_device(week.later(), week.stays[0]).id]),
        lambda: lose_device(week.later(), week.stays[1]),
        lambda: answer(week.later(), week.ambassadors[1], AmbassadorStatus.DECLINED),
        lambda: log_outcome(week.later(), orders(week.campaign, 4)),
        lambda: bring(week.later(), ImportKind.MENTIONS, WEEK_2.replace("4000", "9000"), name="again.csv"),
        lambda: merge_people(week.later(), week.people[0], [week.people[2]]),
        lambda: undo_import(week.later(), list_imports(week.work)[0].id),
        lambda: erase_person(week.later(), week.people[1]),
    )
    for step in steps:
        step()
        bring_up_to_date(week.later())
        check_sums(week.later(), week.campaign)


def test_the_demo(tmp_path):
    url = f"sqlite:///{tmp_path / 'demo.db'}"
    put_kept_demo(url, BUILT_AT)
    work = open_workspace(url, actor="tester").at(BUILT_AT)
    try:
        for card in list_campaigns(work):
            check_sums(work, card.id)
    finally:
        work.engine.dispose()

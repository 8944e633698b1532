"""A list that begins with a day or an hour stands in that order, whatever order its rows came in."""

from collections.abc import Iterator
from datetime import date

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from ambassador.config import settings
from ambassador.services.backups.daily import keep_daily, keep_now
from ambassador.services.devices.devices import return_device
from ambassador.services.mentions.refresh import bring_up_to_date
from ambassador.services.people.merge_people import merge_people
from ambassador.services.results.outcomes import log_outcome
from ambassador.ui.kit.workspace import current_work
from ambassador.values.results.outcomes import OutcomeForm
from ambassador.values.status import ImportKind, OutcomeKind
from tests.services.brought import bring
from tests.services.lookback.week import WEEK_2, Week
from tests.ui.conftest import OpenApp

VIEWS: dict[str, tuple[str, dict[str, str]]] = {
    "mentions": ("mentions", {}),
    "imports": ("imports", {}),
    "outcomes": ("outcomes", {}),
    "backups": ("workspace", {}),
    "a person": ("people", {"person": "1"}),
}
OUTCOMES = {date(2026, 5, 8): 4, date(2026, 5, 2): 1, date(2026, 5, 6): 7}
READ_AGAIN = "handle,platform,followers\nmara,x,950\nlia,x,75\n"
AS_RECORDED = "When, What, Who"
"""What was changed stands as it was written down, also where the clock of a computer was put back."""


def _first_column(app: AppTest) -> Iterator[tuple[str, "pd.Series[pd.Timestamp]"]]:
    for table in app.dataframe:
        shown = table.value
        if len(shown) > 1 and pd.api.types.is_datetime64_any_dtype(shown.iloc[:, 0]):
            yield ", ".join(map(str, shown.columns)), shown.iloc[:, 0].dropna()


def _in_order(moments: "pd.Series[pd.Timestamp]") -> bool:
    return bool(moments.is_monotonic_increasing or moments.is_monotonic_decreasing)


def test_lists_that_begin_with_a_time_stand_in_its_order(
    workspace: str, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMBASSADOR_BACKUPS_KEPT", "7")
    settings.cache_clear()
    week = Week(current_work())
    bring(week.later(), ImportKind.MENTIONS, WEEK_2, name="week2.csv")
    for day, count in OUTCOMES.items():
        log_outcome(
            week.later(), OutcomeForm(week.campaign, OutcomeKind.ORDERS, quantity=count, happened_on=day)
        )
    bring(week.later(), ImportKind.PEOPLE, READ_AGAIN, name="again.csv")
    merge_people(week.later(), week.people[0], [week.people[2]])
    return_device(week.later(), week.stays[0])
    bring_up_to_date(week.later())
    keep_now(workspace, week.work.engine, actor="tester")
    keep_daily(workspace, week.work.engine, actor="tester", today=date(2026, 5, 9))
    seen: dict[str, int] = {}
    for name, (page, query) in VIEWS.items():
        app = open_app(page, "en", campaign=str(week.campaign), **query)
        for columns, moments in _first_column(app):
            seen[name] = seen.get(name, 0) + 1
            assert columns == AS_RECORDED or _in_order(moments), (name, columns, list(moments))
    assert set(VIEWS) <= set(seen), "a view shows no list by time any more"

"""Outcomes and Cascades as they were known on a day chosen, and back to now."""

from datetime import date

import pytest

from ambassador.ui.kit.workspace import current_work
from ambassador.values.status import ImportKind
from tests.services.brought import bring
from tests.services.lookback.week import WEEK_2, Week
from tests.ui.conftest import OpenApp


@pytest.mark.parametrize("page", ["outcomes", "cascades"])
def test_a_page_shows_what_was_known_on_a_day_says_so_and_comes_back(
    open_app: OpenApp, workspace: str, page: str
) -> None:
    week = Week(current_work())
    bring(week.later(), ImportKind.MENTIONS, WEEK_2, name="week2.csv")
    app = open_app(page, campaign=str(week.campaign))
    assert not app.exception
    now = [(metric.label, metric.value) for metric in app.metric]
    chosen = next(one for one in app.date_input if one.label == "As of")
    assert chosen.value is None
    chosen.set_value(date(2026, 5, 6)).run()
    assert not app.exception
    assert any("As known on 6 May 2026." in one.value for one in app.info)
    assert [(metric.label, metric.value) for metric in app.metric] != now
    assert not any(button.label == "Log an outcome" for button in app.button)
    next(one for one in app.date_input if one.label == "As of").set_value(None).run()
    assert not any("As known on" in one.value for one in app.info)
    assert [(metric.label, metric.value) for metric in app.metric] == now

"""The Outcomes page as a reader meets it."""

from sqlmodel import select
from streamlit.testing.v1 import AppTest

from ambassador.services.results.outcomes import list_outcomes
from ambassador.store.tables.campaigns import Ambassador
from ambassador.store.tables.devices import Device
from ambassador.ui.kit.workspace import current_work
from tests.services.story import freeze_forecast, tell
from tests.ui.conftest import OpenApp


def test_without_a_campaign_it_says_what_is_missing(open_app: OpenApp) -> None:
    app = open_app("outcomes")
    assert not app.exception
    assert any("no campaign" in text.value for text in app.markdown)


def test_the_first_row_goes_from_planned_to_observed(open_app: OpenApp) -> None:
    freeze_forecast(current_work(), tell(current_work()), nina=[1, 2])
    app = open_app("outcomes")
    assert not app.exception
    assert [metric.value for metric in app.metric][:2] == ["4 → 3 → 2", "€160"]
    assert "Q1 Launch" in app.code[0].value


def dialog() -> None:
    from ambassador.services.results.results import observe_results
    from ambassador.ui.kit.workspace import current_work
    from ambassador.ui.results.actions import log_outcome_dialog

    log_outcome_dialog(observe_results(current_work(), 1))


def test_an_outcome_logged_in_the_dialog_stands_in_the_log_once(workspace: str) -> None:
    story = tell(current_work())
    app = AppTest.from_function(dialog, default_timeout=120).run()
    app.number_input[0].set_value(3)
    app.text_input[0].set_value("nina10")
    app.button[0].click().run()
    assert not app.exception
    log = list_outcomes(current_work(), story.campaign)
    assert [(row.quantity, row.name) for row in log.rows] == [(3, "Nina")]


def test_what_the_dialog_cannot_log_is_said_in_it(workspace: str) -> None:
    story = tell(current_work())
    app = AppTest.from_function(dialog, default_timeout=120).run()
    app.button[0].click().run()
    assert "Say how many" in app.error[0].value
    assert list_outcomes(current_work(), story.campaign).rows == ()


def test_what_each_of_them_cost_is_said_the_cheapest_first(open_app: OpenApp) -> None:
    tell(current_work())
    app = open_app("outcomes")
    assert not app.exception
    assert any("cost €0.15 a like, Nina €5.38" in text.value for text in app.markdown)
    costs = next(table.value for table in app.dataframe if "Per like" in table.value)
    assert costs["Ambassador"].tolist() == ["Nina", "Leo"]
    assert costs["Per like"].tolist() == [5.38, 0.15]


def test_nothing_is_spent_only_where_that_is_known(open_app: OpenApp) -> None:
    story = tell(current_work())
    with current_work().writing() as session:
        for device in session.exec(select(Device)).all():
            device.cost_minor = None
        session.get_one(Ambassador, story.ambassadors["nina"]).fee_minor = 0
    app = open_app("campaigns", campaign=str(story.campaign))
    spent = next(metric for metric in app.metric if metric.label == "Spent")
    assert spent.value == "not known"
    assert "cost not known of 2 phones" in spent.delta

"""The Forecast page where past results lead."""

from ambassador.services.calibration.calibration_record import KIND, check_to_json
from ambassador.services.forecasts.forecasts import forecast
from ambassador.store.learning.learning import add_parameters
from ambassador.ui.kit.workspace import current_work
from ambassador.values.calibration.calibration import LogRecord, OwnPastCheck, Way, WayRecord
from ambassador.values.forecasts.forecasts import ForecastRequest, ForecastView
from tests.services.habits import LOUD, by_habit
from tests.services.past import write_ties
from tests.ui.conftest import OpenApp


def _forecast_by_past() -> ForecastView:
    work = current_work()
    by_habit(work)
    write_ties(work, [("quiet", one) for one in LOUD] + [("loud", "quiet")])
    ways = (WayRecord(Way.PAST, (), 5.0, ()), WayRecord(Way.NETWORK, (), 9.0, ()))
    with work.writing() as session:
        add_parameters(
            session,
            algorithm="test",
            version="0",
            trained_until=None,
            data_hash="",
            metrics=check_to_json(LogRecord(22, 51, ways), OwnPastCheck()),
            arrays={},
            at=work.now(),
            kind=KIND,
        )
    return forecast(work, ForecastRequest(("loud",), runs=200, key=1))


def test_past_results_are_shown_whole_and_the_network_behind_a_switch(
    open_app: OpenApp, workspace: str
) -> None:
    view = _forecast_by_past()
    assert view.result.past is not None
    app = open_app("forecast")
    assert not app.exception
    middle = {one.label: one.value for one in app.metric}["Middle case"]
    assert middle == f"{view.result.past.talkers.middle:.0f}"
    assert any("come from past results" in one.value for one in app.info)
    assert "Outside the network" not in app.dataframe[0].value["Handle"].tolist()
    app.toggle[0].set_value(True).run()
    assert not app.exception
    network = {one.label: one.value for one in app.metric}["Middle case"]
    assert network == f"{view.result.talkers.middle:.0f}" != middle
    assert "Outside the network" in app.dataframe[0].value["Handle"].tolist()


def test_what_past_cascades_bring_in_posts_and_followers_is_said_as_far_as_it_is_known(
    workspace: str,
) -> None:
    past = _forecast_by_past().result.past
    assert past is not None and past.amounts.mentions is not None
    assert past.amounts.mentions.mean >= past.talkers.mean
    assert past.daily.mentions[-1].quantiles == past.amounts.mentions.quantiles
    assert (past.amounts.audience_at_most, past.amounts.impressions) == (None, None)  # no followers known

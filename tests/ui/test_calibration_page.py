"""The Calibration page as a reader meets it."""

from ambassador.services.calibration import check_calibration
from ambassador.store.learning import add_parameters
from ambassador.ui.calibration_views import verdict
from ambassador.ui.workspace import current_work
from ambassador.values.calibration import Coverage
from tests.services.test_calibration import _by_habit
from tests.ui.conftest import OpenApp


def test_an_empty_workspace_says_what_is_missing(open_app: OpenApp) -> None:
    app = open_app("calibration")
    assert not app.exception
    assert any("Nothing is judged yet" in one.value for one in app.info)
    assert [one.label for one in app.button if one.proto.type == "primary"] == ["Check on past cascades"]


def test_the_promise_is_answered_first_and_in_words(open_app: OpenApp, workspace: str) -> None:
    _by_habit(current_work())
    check_calibration(current_work())
    app = open_app("calibration")
    assert not app.exception
    first = {one.label: one.value for one in app.metric}
    assert first["Best on your own past"] == "past results"
    assert first["Past cascades"].endswith("%")
    said = " ".join(one.value for one in app.markdown)
    assert "Ranges that promise 80% held" in said
    assert "could not be tried" in said
    assert any("no ties yet" in one.value for one in app.caption)


def test_every_word_can_be_translated(open_app: OpenApp, workspace: str) -> None:
    _by_habit(current_work())
    check_calibration(current_work())
    app = open_app("calibration", "xx")
    assert not app.exception
    for one in (*app.title, *app.caption):
        assert "⟦" in one.value
    for one in (*app.metric, *app.button):
        assert "⟦" in one.label or one.label in {"CSV", "XLSX"}


def test_a_promise_is_kept_broken_or_too_wide() -> None:
    assert "promise is kept" in verdict(Coverage(80, 15, 20, 0.6))
    assert "too narrow" in verdict(Coverage(80, 5, 20, 0.001))
    assert "wider than they need" in verdict(Coverage(50, 20, 20, 0.001))
    assert verdict(Coverage(80, 0, 0, None)) == "Nothing to judge yet."


def test_learned_probabilities_stand_beside_simple_ways(open_app: OpenApp, workspace: str) -> None:
    simple = {"auc": 0.7, "log_likelihood": -0.3, "calibration_error": 0.02}
    check = {**simple, "log_likelihood": -0.2, "exposed": 40, "baselines": {"activity": simple}}
    with current_work().writing() as session:
        add_parameters(
            session,
            algorithm="test",
            version="0",
            trained_until=None,
            data_hash="",
            metrics={"check": check},
            arrays={},
            at=current_work().now(),
        )
    app = open_app("calibration")
    assert not app.exception
    assert any("who joins better than every simple method" in one.value for one in app.markdown)
    assert app.dataframe[0].value["Log-likelihood"].tolist() == [-0.2, -0.3]

"""The Calibration page as a reader meets it."""

from typing import Any

from ambassador.services.calibration.calibration import check_calibration
from ambassador.services.calibration.calibration_record import KIND, check_to_json
from ambassador.store.learning.learning import add_parameters
from ambassador.ui.calibration.views import verdict
from ambassador.ui.kit.workspace import current_work
from ambassador.values.calibration.calibration import IntervalCoverage, OwnPastCheck, SizeCheck
from ambassador.values.cascades.growth import SizeEvaluation, SizeScore
from ambassador.values.cascades.parents import ParentsEvaluation
from tests.services.habits import by_habit
from tests.ui.conftest import OpenApp


def test_an_empty_workspace_says_what_is_missing(open_app: OpenApp) -> None:
    app = open_app("calibration")
    assert not app.exception
    assert any("Nothing is judged yet" in one.value for one in app.info)
    assert [one.label for one in app.button if one.proto.type == "primary"] == ["Check on past cascades"]


def test_the_promise_is_answered_first_and_in_words(open_app: OpenApp, workspace: str) -> None:
    by_habit(current_work())
    check_calibration(current_work())
    app = open_app("calibration")
    assert not app.exception
    first = {one.label: one.value for one in app.metric}
    assert first["Best on your own past"] == "past results, strangers counted"
    assert first["Past cascades"].endswith("%")
    said = " ".join(one.value for one in app.markdown)
    assert "Ranges that promise 80% held" in said
    assert "could not be tried" in said
    assert any("no ties yet" in one.value for one in app.caption)


def test_every_word_can_be_translated(open_app: OpenApp, workspace: str) -> None:
    by_habit(current_work())
    check_calibration(current_work())
    app = open_app("calibration", "xx")
    assert not app.exception
    for one in (*app.title, *app.caption):
        assert "⟦" in one.value
    for one in (*app.metric, *app.button):
        assert "⟦" in one.label or one.label in {"CSV", "XLSX"}


def test_a_promise_is_kept_broken_or_too_wide() -> None:
    assert "promise is kept" in verdict(IntervalCoverage(80, 15, 20, 0.6))
    assert "too narrow" in verdict(IntervalCoverage(80, 5, 20, 0.001))
    assert "too narrow" in verdict(IntervalCoverage(80, 17, 20, 0.001, tested=5))
    assert "wider than they need" in verdict(IntervalCoverage(50, 20, 20, 0.001))
    assert verdict(IntervalCoverage(80, 0, 0, None)) == "Nothing to judge yet."


def test_a_few_forecasts_cannot_keep_a_promise() -> None:
    assert (
        not IntervalCoverage(50, 0, 2, 0.5).could_fail and not IntervalCoverage(50, 5, 5, 0.0625).could_fail
    )
    assert not IntervalCoverage(80, 1, 1, 1.0).could_fail
    assert IntervalCoverage(80, 1, 2, 0.36).could_fail and IntervalCoverage(50, 3, 6, 1.0).could_fail


def test_what_picks_would_run_on_decides_not_the_whole_answer(open_app: OpenApp, workspace: str) -> None:
    simple = {"auc": 0.7, "log_likelihood": -0.3, "calibration_error": 0.02}
    ties = {**simple, "log_likelihood": -0.4}
    best = {**simple, "log_likelihood": -0.2}
    check = {**best, "exposed": 40, "stored": ties, "baselines": {"activity_only": simple}}
    _learned(check)
    app = open_app("calibration")
    assert not app.exception
    assert any("a simple method told who joins as well" in one.value for one in app.markdown)
    assert app.dataframe[0].value["Method"].tolist() == [
        "What was learned",
        "Its tie probabilities alone, as picks and forecasts use them",
        "How active each person is, without any network",
    ]


def _learned(check: dict[str, Any]) -> None:
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


def _keep(own_past: OwnPastCheck) -> None:
    with current_work().writing() as session:
        add_parameters(
            session,
            algorithm="test",
            version="0",
            trained_until=None,
            data_hash="",
            metrics=check_to_json(None, own_past),
            arrays={},
            at=current_work().now(),
            kind=KIND,
        )


def test_what_evaluate_says_of_files_is_said_of_the_workspace(open_app: OpenApp, workspace: str) -> None:
    simple = {"multiplier": SizeScore(0.31, 0.7, 90.0, 0.1)}
    size = SizeEvaluation(0.24, 0.88, 43, 100, False, 0.5, 0.9, 70.0, 0.2, simple, 0, (0.19, 0.33))
    parents = ParentsEvaluation(0.76, 0.7, 0.1, 0.19, 0.08, -0.7, -2.8, 0.84, 856, 765, 28, 5, {}, {})
    _keep(
        OwnPastCheck((SizeCheck(6.0, 10, size), SizeCheck(24.0, 10, None, 12)), parents, influence_missing=3)
    )
    app = open_app("calibration")
    assert not app.exception
    said = " ".join(one.value for one in app.markdown)
    assert "43 cascades was usually off by 24%" in said and "lie between 19% and 33%" in said
    assert "off by 31%" in said
    assert "76% were found" in said and "first post would have found 10%" in said
    assert "Use it: it found 76% of the parents" in said
    needed = " ".join(one.value for one in app.info)
    assert "12 more cascades with 10 posts" in needed
    assert "3 more people who join" in needed
    table = app.dataframe[0].value
    assert table["Method"].tolist() == ["this product", "multiply by how much earlier ones grew"]


def test_where_the_past_is_too_short_every_part_says_what_it_takes(open_app: OpenApp, workspace: str) -> None:
    waiting = (SizeCheck(72.0, 10, None, 10),)
    _keep(OwnPastCheck(waiting, parents_missing=25, influence_missing=5, cascades_missing=31))
    app = open_app("calibration", "xx")
    assert not app.exception
    said = [one.value for one in app.info]
    assert len(said) == 4 and all("⟦" in one for one in said)
    assert not app.dataframe


def test_learned_probabilities_stand_beside_simple_ways(open_app: OpenApp, workspace: str) -> None:
    simple = {"auc": 0.7, "log_likelihood": -0.3, "calibration_error": 0.02}
    _learned({**simple, "log_likelihood": -0.2, "exposed": 40, "baselines": {"activity": simple}})
    app = open_app("calibration")
    assert not app.exception
    assert any("who joins better than every simple method" in one.value for one in app.markdown)
    assert app.dataframe[0].value["Fit (nearer to 0 is better)"].tolist() == ["-0.2000", "-0.3000"]

"""Every kind of stored record, as it was written when each was written by hand, is read and written the same.

``records_before_adapters.json`` was made by that code, from the values below.
"""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ambassador.metrics.posting import PostingHabit
from ambassador.services.calibration.calibration_record import (
    check_to_json,
    log_from_json,
    own_past_from_json,
)
from ambassador.services.forecasts.forecast_problem import (
    ForecastProblem,
    ForecastSeed,
    KeptCourses,
    PastLaws,
    problem_from_json,
    problem_to_json,
)
from ambassador.services.stored_json import from_json, range_from_json, to_json
from ambassador.values.calibration.calibration import (
    IntervalCoverage,
    Judged,
    LogRecord,
    OwnPastCheck,
    SizeCheck,
    Way,
    WayRecord,
)
from ambassador.values.cascades.growth import SizeEvaluation, SizeScore
from ambassador.values.cascades.parents import ParentsEvaluation
from ambassador.values.devices import NoticeText
from ambassador.values.forecasts.forecasts import (
    Amounts,
    DailyAmounts,
    DayRange,
    ForecastResult,
    PersonForecast,
    Range,
)
from ambassador.values.forecasts.timing import Delay, Repeats, Timing
from ambassador.values.imports.imports import Note
from ambassador.values.learning import InfluenceEvaluation, PredictionScore, ReliabilityBin, TieDirection
from ambassador.values.networks.network import Diffusion, Rung
from ambassador.values.status import Deal

BEFORE = json.loads(Path(__file__).with_name("records_before_adapters.json").read_text(encoding="utf-8"))

_BANDS = {50: (8.0, 12.0), 80: (6.0, 15.0), 90: (5.0, 18.5)}
TALKERS = Range(10.5, 9.8, 10.2, _BANDS, 10.0)
WITHOUT_MEDIAN = Range(7.0, 6.5, 7.5, _BANDS)
DAY = DayRange(1, 4.0, _BANDS)
RESULT = ForecastResult(
    14,
    TALKERS,
    WITHOUT_MEDIAN,
    None,
    (DAY,),
    (PersonForecast(None, 7, TALKERS, Amounts(impressions=WITHOUT_MEDIAN), (DAY,)),),
    TALKERS,
    0.25,
    (900, 1400),
    Amounts(mentions=TALKERS, audience_at_most=WITHOUT_MEDIAN),
    DailyAmounts(mentions=(DAY,)),
    WITHOUT_MEDIAN,
    TALKERS,
    ForecastResult(14, WITHOUT_MEDIAN, by_person=(PersonForecast(3, 7, WITHOUT_MEDIAN),)),
)
PROBLEM = ForecastProblem(
    (ForecastSeed(6, 7, 900, 120.5, None, 36.0), ForecastSeed(9, 8, None, None, 3.0)),
    1000,
    24,
    None,
    Diffusion.LINEAR_THRESHOLD,
    2**62 + 1,
    PostingHabit(8.0, 2.0),
    {6: (3, 2)},
    {9: 0.5},
    0.08,
    market_ties=True,
    outside_share=None,
    timing=Timing(
        (Delay(6.0, 1.5), Delay(2.5, 1.0, 30, "x")),
        Delay(12.0, 1.0),
        0.21,
        0.22,
        heat_learned=True,
        repeats=Repeats(0.4, 1.5, 9),
        outside=((1, 20),),
    ),
    view_variation=0.5,
    past=PastLaws(
        ((0.0, 1.5), (0.7, 2.0)), KeptCourses((3.0,), ((0.0, 1.5, 24.0),), (900.0,), (None,), (None,))
    ),
)
LADDER = Rung(3, Note("{reactions} reactions", {"reactions": 12}), Note("lists"), word_of_mouth=True)
NOTES = (Note("{share} of them", {"share": 0.25}), Note("plain"))
LOG = LogRecord(
    22,
    51,
    (
        WayRecord(Way.PAST, (IntervalCoverage(80, 7, 10, 0.43, 8),), 3.5, (1, 2, 3)),
        WayRecord(Way.NETWORK, (IntervalCoverage(50, 0, 0, None),), 4.0, ()),
    ),
    (Judged("", 3.0, 1.0, 9.0, 4.0),),
    "",
    1.5,
)
SIZE = SizeEvaluation(
    0.3, 0.8, 40, 90, rests_on_a_prior=False, coverage_50=0.5, coverage_90=0.9, interval_score=12.5,
    p_value=0.4, baselines={"multiplier": SizeScore(0.5, 0.7, 20.0, 0.01)}, rejected=2,
    median_ape_90=(0.2, 0.4),
)  # fmt: skip
INFLUENCE = InfluenceEvaluation(
    0.75,
    -0.5,
    0.02,
    400,
    {"activity_only": PredictionScore(None, -0.6, 0.03)},
    TieDirection.AS_LISTED,
    40,
    360,
    1.1,
    0.2,
    None,
    PredictionScore(0.7, -0.55, 0.02),
    0.9,
    (ReliabilityBin(0.1, 0.12, 200),),
    80,
    20,
    55,
    0.1,
    {"posts.csv": 3},
)
PARENTS = ParentsEvaluation(0.6, 0.4, 0.5, None, 0.05, -1.2, -2.3, 0.55, 120, 60, 30, 5, {"orphan": 2}, {})
OWN_PAST = OwnPastCheck((SizeCheck(24.0, 10, SIZE), SizeCheck(72.0, 10, None, 4)), PARENTS, 0, INFLUENCE)
NOTICE = NoticeText(Deal.GIFT, "en", "{brand} gave this {product}", "our lawyer", date(2026, 4, 1))

_Read = Callable[[Any], object]
KINDS: dict[str, tuple[object, Any, _Read]] = {
    "forecast_result": (RESULT, to_json(RESULT), lambda kept: from_json(ForecastResult, kept)),
    "forecast_problem": (PROBLEM, problem_to_json(PROBLEM), problem_from_json),
    "rung": (LADDER, to_json(LADDER), lambda kept: from_json(Rung, kept)),
    "notes": (NOTES, to_json(NOTES), lambda kept: tuple(from_json(Note, one) for one in kept)),
    "influence_check": (INFLUENCE, to_json(INFLUENCE), lambda kept: from_json(InfluenceEvaluation, kept)),
    "notice": (NOTICE, to_json(NOTICE), lambda kept: from_json(NoticeText, kept)),
    "calibration_check": (
        (LOG, OWN_PAST),
        check_to_json(LOG, OWN_PAST),
        lambda kept: (log_from_json(kept), own_past_from_json(kept)),
    ),
}


@pytest.mark.parametrize("kind", BEFORE)
def test_a_record_written_before_is_read(kind: str) -> None:
    value, _, read = KINDS[kind]
    assert read(BEFORE[kind]) == value


@pytest.mark.parametrize("kind", BEFORE)
def test_a_record_is_written_as_before(kind: str) -> None:
    written = json.loads(json.dumps(KINDS[kind][1]))
    assert _without_new(written) == BEFORE[kind]


NEW = {
    "stored_auc_error": None,
    "weights": {},
    "doubt": (0.0, None),
    "strangers": None,
    "results_weight": 1.0,
    "doubt_within": False,
    "moments": None,
    "by_moments": None,
    "rejected_rows": [],
    "checked_on": "",
    "calibration_error_by_chance": None,
    "gain_over_simple": None,
    "stored_top_error_by_cascade": None,
}
"""Fields added since, with what they hold where nothing is known."""


def _without_new(written: Any) -> Any:
    """Leave out what older versions did not write, where it says nothing."""
    if isinstance(written, list):
        return [_without_new(one) for one in written]
    if not isinstance(written, dict):
        return written
    for name in NEW.keys() & written.keys():
        known = NEW[name]
        assert written[name] in (known if isinstance(known, tuple) else (known,))
    return {name: _without_new(one) for name, one in written.items() if name not in NEW}


def test_what_older_versions_did_not_record_is_unknown() -> None:
    kept = BEFORE["influence_check"]
    older = {name: value for name, value in kept.items() if name not in {"stored", "reliability", "notes"}}
    read = from_json(InfluenceEvaluation, older)
    assert (read.stored, read.reliability, read.notes, read.auc) == (None, (), {}, 0.75)
    steps = {
        name: value for name, value in BEFORE["forecast_problem"].items() if name not in {"timing", "past"}
    }
    problem = problem_from_json(steps)
    assert (problem.timing, problem.past, problem.random_key) == (None, None, 2**62 + 1)
    assert (log_from_json({}), own_past_from_json({}), range_from_json(None)) == (None, None, None)

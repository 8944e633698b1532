"""How forecasts are written down and read back."""

import json

import pytest

from ambassador.errors import BadInputError
from ambassador.services.stored_json import from_json, to_json
from ambassador.values.forecasts.forecasts import (
    Amounts,
    DailyAmounts,
    DayRange,
    ForecastResult,
    PersonForecast,
    Range,
)
from ambassador.values.networks.network import ProbabilityRule, RuleKind

_BANDS = {50: (8.0, 12.0), 80: (6.0, 15.0), 90: (5.0, 18.5)}


def test_a_result_survives_the_database_unknown_figures_included() -> None:
    talkers = Range(10.0, 9.8, 10.2, _BANDS)
    result = ForecastResult(
        horizon_days=2,
        talkers=talkers,
        by_day=(DayRange(1, 4.0, _BANDS), DayRange(2, 10.0, _BANDS)),
        by_person=(PersonForecast(None, 7, talkers, Amounts(mentions=talkers), (DayRange(1, 4.0, _BANDS),)),),
        amounts=Amounts(audience_at_least=talkers),
        daily=DailyAmounts(mentions=(DayRange(1, 4.0, _BANDS),)),
        outside=talkers,
    )
    kept = json.loads(json.dumps(to_json(result)))
    assert kept["views"] is None
    assert kept["talkers"]["80"] == [6.0, 15.0]
    assert from_json(ForecastResult, kept) == result


def test_what_an_older_version_did_not_record_is_unknown() -> None:
    kept = {"mean": 1.0, "low": 1.0, "high": 1.0, "50": [1, 1], "80": [1, 2], "90": [0, 2]}
    read = from_json(ForecastResult, {"horizon_days": 3, "talkers": kept})
    assert (read.amounts, read.daily, read.outside, read.past_results) == (
        Amounts(),
        DailyAmounts(),
        None,
        None,
    )
    assert read.talkers.middle == 1.0


def test_an_observed_value_on_the_edge_lies_inside() -> None:
    talkers = Range(10.0, 9.8, 10.2, _BANDS)
    assert talkers.holds(18.5)
    assert not talkers.holds(18.6)
    assert not talkers.holds(18.5, level=80)


def test_a_rule_is_read_as_it_is_written() -> None:
    for text in ("auto", "learned", "given", "weighted-cascade", "trivalency", "weights", "constant:0.25"):
        assert str(ProbabilityRule.parse(text)) == text
    assert ProbabilityRule.parse(" Constant:1 ") == ProbabilityRule(RuleKind.CONSTANT, 1.0)


@pytest.mark.parametrize(
    "text", ["constant", "constant:", "constant:1.5", "constant:nan", "given:1", "ic", ""]
)
def test_a_rule_that_is_none_is_refused_by_name(text: str) -> None:
    with pytest.raises(BadInputError):
        ProbabilityRule.parse(text)

"""Forecast results as the database keeps them: ids and numbers only."""

from collections.abc import Mapping, Sequence
from typing import Any

from ambassador.values.forecasts.forecasts import (
    LEVELS,
    Amounts,
    DailyAmounts,
    DayRange,
    Days,
    ForecastResult,
    PersonForecast,
    Range,
)


def to_json(result: ForecastResult) -> dict[str, Any]:
    """Turn a result into what the database keeps: ids and numbers only."""
    return {
        "horizon_days": result.horizon_days,
        "talkers": range_to_json(result.talkers),
        "audience": range_to_json(result.audience),
        "views": range_to_json(result.views),
        "interactions": range_to_json(result.interactions),
        "outside_share": result.outside_share,
        "outside": range_to_json(result.outside),
        "past_results": range_to_json(result.past_results),
        "past": None if result.past is None else to_json(result.past),
        "audience_bounds": None if result.audience_bounds is None else list(result.audience_bounds),
        **amounts_to_json(result.amounts),
        "by_day": days_to_json(result.by_day),
        "daily": {name: days_to_json(getattr(result.daily, name)) for name in _AMOUNTS},
        "by_person": [
            {
                "person_id": one.person_id,
                "account_id": one.account_id,
                "talkers": range_to_json(one.talkers),
                **amounts_to_json(one.amounts),
                "by_day": days_to_json(one.by_day),
            }
            for one in result.by_person
        ],
    }


def from_json(stored: Mapping[str, Any]) -> ForecastResult:
    """Read a result back as the database keeps it; what an older version did not record is unknown."""
    daily, past = stored.get("daily", {}), stored.get("past")
    return ForecastResult(
        horizon_days=stored["horizon_days"],
        talkers=_known_range(stored["talkers"]),
        audience=range_from_json(stored.get("audience")),
        views=range_from_json(stored.get("views")),
        interactions=range_from_json(stored.get("interactions")),
        outside_share=stored.get("outside_share"),
        outside=range_from_json(stored.get("outside")),
        past_results=range_from_json(stored.get("past_results")),
        past=None if past is None else from_json(past),
        audience_bounds=_pair(stored.get("audience_bounds")),
        amounts=_amounts_from_json(stored),
        by_day=_days_from_json(stored.get("by_day", ())),
        daily=DailyAmounts(**{name: _days_from_json(daily.get(name, ())) for name in _AMOUNTS}),
        by_person=tuple(
            PersonForecast(
                one["person_id"],
                one["account_id"],
                _known_range(one["talkers"]),
                _amounts_from_json(one),
                _days_from_json(one.get("by_day", ())),
            )
            for one in stored.get("by_person", ())
        ),
    )


def days_to_json(days: Sequence[DayRange]) -> list[dict[str, Any]]:
    """Write ranges by day as ``{"day", "mean", "50": [..], "80": [..], "90": [..]}``."""
    return [{"day": one.day, "mean": one.mean, **_quantiles_to_json(one.quantiles)} for one in days]


_AMOUNTS = tuple(Amounts.__dataclass_fields__)


def amounts_to_json(amounts: Amounts) -> dict[str, Any]:
    """Write amounts by name, each as a range or None."""
    return {name: range_to_json(getattr(amounts, name)) for name in _AMOUNTS}


def _amounts_from_json(stored: Mapping[str, Any]) -> Amounts:
    return Amounts(**{name: range_from_json(stored.get(name)) for name in _AMOUNTS})


def _days_from_json(stored: Sequence[Mapping[str, Any]]) -> Days:
    return tuple(DayRange(one["day"], one["mean"], _quantiles_from_json(one)) for one in stored)


def range_to_json(known: Range | None) -> dict[str, Any] | None:
    """Write a range as ``{"mean", "low", "high", "50": [..], "80": [..], "90": [..]}``."""
    if known is None:
        return None
    kept = {"mean": known.mean, "low": known.low, "high": known.high, **_quantiles_to_json(known.quantiles)}
    return kept if known.median is None else {**kept, "median": known.median}


def range_from_json(stored: Mapping[str, Any] | None) -> Range | None:
    """Read a range back; None stays unknown."""
    return None if stored is None else _known_range(stored)


def _pair(stored: Sequence[float] | None) -> tuple[float, float] | None:
    return None if stored is None else (stored[0], stored[1])


def _known_range(stored: Mapping[str, Any]) -> Range:
    ends = stored["mean"], stored["low"], stored["high"]
    return Range(*ends, _quantiles_from_json(stored), stored.get("median"))


def _quantiles_to_json(quantiles: Mapping[int, tuple[float, float]]) -> dict[str, list[float]]:
    return {str(level): [low, high] for level, (low, high) in sorted(quantiles.items())}


def _quantiles_from_json(stored: Mapping[str, Any]) -> dict[int, tuple[float, float]]:
    return {level: (stored[str(level)][0], stored[str(level)][1]) for level in LEVELS if str(level) in stored}

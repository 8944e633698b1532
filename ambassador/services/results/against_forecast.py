"""Set what was observed beside what was forecast, day by day and for the end."""

from collections.abc import Sequence

from ambassador.metrics.tally import interval_position
from ambassador.values.forecasts.forecasts import DayRange, Range
from ambassador.values.results.results import ForecastComparison, ObservedDay


def compare_today(observed: Sequence[ObservedDay], forecast: Sequence[DayRange]) -> ForecastComparison:
    """Set the people who talk so far beside what was forecast for the same day.

    Examples
    --------
    >>> compare_today([], ()).observed
    0
    """
    if not observed:
        return ForecastComparison(0)
    return compare(observed[-1].talkers, of_day(forecast, observed[-1].day), over=True)


def of_day(forecast: Sequence[DayRange], day: int) -> DayRange | None:
    """Return the forecast up to a day; after its last day, that of the last.

    Examples
    --------
    >>> of_day([DayRange(1, 4.0, {}), DayRange(2, 9.0, {})], 30).mean
    9.0
    """
    return next((one for one in reversed(forecast) if one.day <= day), None)


def compare(observed: int | None, expected: Range | DayRange | None, *, over: bool) -> ForecastComparison:
    """Set one figure beside its forecast; ``over`` says that it cannot grow any more.

    Examples
    --------
    >>> compare(12, DayRange(3, 8.0, {90: (5.0, 11.0)}), over=False).standing
    <IntervalPosition.ABOVE: 'above'>
    """
    if expected is None:
        return ForecastComparison(observed)
    where = interval_position(observed, expected.quantiles.get(90), over=over)
    return ForecastComparison(observed, expected.mean, expected.quantiles, where)

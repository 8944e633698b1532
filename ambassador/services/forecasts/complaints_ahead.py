"""How many of those who talk complain, where a forecast is of a pick that minds complaints."""

from sqlmodel import Session

from ambassador.i18n import mark
from ambassador.services.stored_json import range_from_json
from ambassador.services.stored_minded import minded_from_json
from ambassador.store.picks.picks import get_pick
from ambassador.values.forecasts.forecasts import ForecastResult
from ambassador.values.imports.imports import Note
from ambassador.values.picks.minded import figure_of

_AHEAD = mark(
    "Of those who talk about {complainers} are expected to complain, 8 times in 10: {low} to {high}. That is "
    "{share}% of them, as the pick says of these people."
)


def complaints_ahead(session: Session, pick_id: int | None, result: ForecastResult) -> tuple[Note, ...]:
    """Apply the share of complaints the pick expects to the people the forecast expects to talk.

    None where the forecast is of no pick, or of one that does not mind complaints. The range is that of the
    people who talk: how far the share itself may be off is not in it.

    Examples
    --------
    >>> from ambassador.values.forecasts.forecasts import Range
    >>> complaints_ahead(session, None, ForecastResult(2, Range(9.0, 8.0, 10.0)))
    ()
    """
    if pick_id is None:
        return ()
    kept = get_pick(session, pick_id).result
    minded, spread = minded_from_json(kept.get("minded")), range_from_json(kept.get("spread"))
    if minded is None or spread is None or spread.mean <= 0:
        return ()
    share, talkers = minded.complainers.mean / spread.mean, result.headline
    low, high = talkers.quantiles.get(80, (talkers.mean, talkers.mean))
    values = {"complainers": figure_of(share * talkers.mean), "share": figure_of(100 * share)}
    return (Note(_AHEAD, {**values, "low": figure_of(share * low), "high": figure_of(share * high)}),)

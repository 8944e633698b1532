"""Forecasts as they were made: added once, read, never changed."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from ambassador.errors import NotFoundError
from ambassador.store.records import same_record, take_turns
from ambassador.store.tables.records import Forecast


def add_forecast(session: Session, forecast: Forecast) -> Forecast:
    """Record what is expected; the same computed again, as after a crash, is what was recorded."""
    take_turns(session)
    same = same_record(session, forecast)
    if same is not None:
        return same
    session.add(forecast)
    session.flush()
    return forecast


def get_forecast(session: Session, forecast_id: int) -> Forecast:
    """Read one recorded forecast."""
    forecast = session.get(Forecast, forecast_id)
    if forecast is None:
        raise NotFoundError("there is no forecast {number} here", number=forecast_id)
    return forecast


def list_forecasts(
    session: Session, campaign_id: int | None = None, *, limit: int = 20
) -> Sequence[Forecast]:
    """Read the latest forecasts, newest first, of one campaign or of all."""
    query = select(Forecast).order_by(col(Forecast.id).desc()).limit(limit)
    if campaign_id is not None:
        query = query.where(col(Forecast.campaign_id) == campaign_id)
    return session.exec(query).all()

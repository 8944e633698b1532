"""What was learned or checked: added once, read, never changed."""

from sqlmodel import Session, col, select

from ambassador.store.tables.network import ParameterSet


def add_parameter_set(session: Session, row: ParameterSet) -> ParameterSet:
    """Keep what was learned or checked."""
    session.add(row)
    session.flush()
    return row


def newest_parameter_set(session: Session, kind: str) -> ParameterSet | None:
    """Read the newest of a kind; None before there is any."""
    query = select(ParameterSet).where(ParameterSet.kind == kind).order_by(col(ParameterSet.id).desc())
    return session.exec(query.limit(1)).first()


def newest_learned_id(session: Session) -> int | None:
    """Give the number of what was learned last; checks of forecasts are not among it."""
    query = select(col(ParameterSet.id)).where(ParameterSet.kind != "calibration")
    return session.exec(query.order_by(col(ParameterSet.id).desc()).limit(1)).first()

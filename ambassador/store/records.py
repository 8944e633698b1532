"""Picks and forecasts: the same question with the same random key has one record, however often asked."""

import json
from typing import Any, TypeVar

from sqlalchemy import text
from sqlmodel import Session, col, select

from ambassador.store.tables.records import Forecast, Pick

R = TypeVar("R", Pick, Forecast)

_RECORD_LOCK = 7_304_118_224  # any fixed number
_ABOUT = ("campaign_id", "network_snapshot_id", "parameter_set_id", "rung", "code_version")


def take_turns(session: Session) -> None:
    """Let those who record take turns, so that two who ask the same see each other."""
    if session.get_bind().dialect.name == "postgresql":  # SQLite's writers take turns anyway
        session.connection().execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _RECORD_LOCK})


def same_record(session: Session, wanted: R) -> R | None:
    """Find the record of the same key, inputs and answer; a key drawn anew is never found."""
    row: type[R] = type(wanted)
    query = select(row).where(col(row.random_key) == wanted.random_key).order_by(col(row.id))
    return next((one for one in session.exec(query) if _facts(one) == _facts(wanted)), None)


def _facts(record: Pick | Forecast) -> dict[str, Any]:
    """All that was asked and answered, as JSON keeps it; who asked and when makes no other record."""
    facts = {name: getattr(record, name) for name in (*_ABOUT, "arguments", "result")}
    facts["pick_id"] = getattr(record, "pick_id", None)
    kept: dict[str, Any] = json.loads(json.dumps(facts))
    return kept

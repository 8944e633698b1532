"""A check of the past as the database keeps it."""

from collections.abc import Mapping
from typing import Any, Final

from sqlmodel import Session

from ambassador.services.stored_json import from_json, to_json
from ambassador.store.learning.learning import newest_parameters
from ambassador.values.calibration.calibration import LogRecord, OwnPastCheck

KIND: Final = "calibration"
_OWN_PAST: Final = "own_past"


def network_beats(session: Session) -> bool | None:
    """Check whether the network beat past results and followers on one's own past; None: unknown.

    Examples
    --------
    >>> network_beats(session) is None
    True
    """
    kept = newest_parameters(session, KIND)
    log = log_from_json(kept.metrics) if kept else None
    return log.network_beats if log else None


def check_to_json(log: LogRecord | None, own_past: OwnPastCheck) -> dict[str, Any]:
    """Write a check; a log that could not be judged leaves no entry of its own.

    Examples
    --------
    >>> check_to_json(None, OwnPastCheck(cascades_missing=3))["own_past"]["cascades_missing"]
    3
    """
    return {**(to_json(log) if log else {}), _OWN_PAST: to_json(own_past)}


def log_from_json(kept: Mapping[str, Any]) -> LogRecord | None:
    """Read the forecasts of past cascades back; None where there were too few.

    Examples
    --------
    >>> log_from_json({"cascades": 22, "history": 51, "ways": []}).cascades
    22
    """
    return from_json(LogRecord, kept) if "ways" in kept else None


def own_past_from_json(kept: Mapping[str, Any]) -> OwnPastCheck | None:
    """Read the other figures back; None where an older version did not compute them.

    Examples
    --------
    >>> own_past_from_json({"own_past": {"parents_missing": 21}}).parents_missing
    21
    """
    return from_json(OwnPastCheck, kept[_OWN_PAST]) if _OWN_PAST in kept else None

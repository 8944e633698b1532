"""A check of the past as the database keeps it."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any, Final

from sqlmodel import Session

from ambassador.store.learning.learning import newest_parameters
from ambassador.values.calibration.calibration import (
    IntervalCoverage,
    Judged,
    LogRecord,
    OwnPastCheck,
    SizeCheck,
    Way,
    WayRecord,
)
from ambassador.values.calibration.evaluation_json import (
    influence_from_json,
    influence_to_json,
    size_from_json,
)
from ambassador.values.cascades.parents import ParentsEvaluation

KIND: Final = "calibration"
_OWN_PAST: Final = "own_past"


def network_beats(session: Session) -> bool | None:
    """Say whether the network beat past results and followers on one's own past; None: unknown."""
    kept = newest_parameters(session, KIND)
    log = log_from_json(kept.metrics) if kept else None
    return log.network_beats if log else None


def check_to_json(log: LogRecord | None, own_past: OwnPastCheck) -> dict[str, Any]:
    """Write a check; a log that could not be judged leaves no entry of its own."""
    kept = asdict(replace(own_past, influence=None))
    if own_past.influence is not None:
        kept["influence"] = influence_to_json(own_past.influence)
    return {**(asdict(log) if log else {}), _OWN_PAST: kept}


def log_from_json(kept: Mapping[str, Any]) -> LogRecord | None:
    """Read the forecasts of past cascades back; None where there were too few."""
    if "ways" not in kept:
        return None
    return LogRecord(
        cascades=kept["cascades"],
        history=kept["history"],
        ways=tuple(_way(one) for one in kept["ways"]),
        judged=tuple(Judged(**one) for one in kept["judged"]),
        network_reason=kept["network_reason"],
        network_margin=kept.get("network_margin"),
    )


def own_past_from_json(kept: Mapping[str, Any]) -> OwnPastCheck | None:
    """Read the other figures back; None where an older version did not compute them."""
    stored = kept.get(_OWN_PAST)
    if stored is None:
        return None
    parents, influence = stored["parents"], stored["influence"]
    return OwnPastCheck(
        **{
            **stored,
            "sizes": tuple(_size(one) for one in stored["sizes"]),
            "parents": None if parents is None else ParentsEvaluation(**parents),
            "influence": None if influence is None else influence_from_json(influence),
        }
    )


def _size(kept: Mapping[str, Any]) -> SizeCheck:
    found = kept["found"]
    return SizeCheck(**{**kept, "found": None if found is None else size_from_json(found)})


def _way(kept: Mapping[str, Any]) -> WayRecord:
    return WayRecord(
        way=Way(kept["way"]),
        coverage=tuple(IntervalCoverage(**one) for one in kept["coverage"]),
        interval_score=kept["interval_score"],
        histogram=tuple(kept["histogram"]),
    )

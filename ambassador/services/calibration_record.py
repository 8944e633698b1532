"""A check of the log as the database keeps it."""

from collections.abc import Mapping
from typing import Any, Final

from sqlmodel import Session

from ambassador.store.learning import newest_parameters
from ambassador.values.calibration import Coverage, Judged, LogRecord, Way, WayRecord

KIND: Final = "calibration"


def network_beats(session: Session) -> bool | None:
    """Say whether the network beat past results and followers on one's own past; None: unknown."""
    kept = newest_parameters(session, KIND)
    return log_from_json(kept.metrics).network_beats if kept else None


def log_from_json(kept: Mapping[str, Any]) -> LogRecord:
    """Read a check back."""
    return LogRecord(
        cascades=kept["cascades"],
        history=kept["history"],
        ways=tuple(_way(one) for one in kept["ways"]),
        judged=tuple(Judged(**one) for one in kept["judged"]),
        network_reason=kept["network_reason"],
    )


def _way(kept: Mapping[str, Any]) -> WayRecord:
    return WayRecord(
        way=Way(kept["way"]),
        coverage=tuple(Coverage(**one) for one in kept["coverage"]),
        interval_score=kept["interval_score"],
        histogram=tuple(kept["histogram"]),
    )

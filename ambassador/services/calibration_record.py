"""A check of the log as the database keeps it."""

from collections.abc import Mapping
from typing import Any

from ambassador.values.calibration import Coverage, Judged, LogRecord, Way, WayRecord


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

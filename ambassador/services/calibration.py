"""How earlier forecasts turned out: closed campaigns, and past cascades forecast anew by rolling origin."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

import numpy as np
from sqlmodel import Session

from ambassador import __version__
from ambassador.i18n import mark
from ambassador.services.calibration_record import KIND, log_from_json
from ambassador.services.cascade_history import read_history
from ambassador.services.network_scores import network_scores
from ambassador.services.results import observe_results
from ambassador.services.rolling_origin import coverage_of, first_judged, judge_log
from ambassador.services.work import UnitOfWork
from ambassador.store.learning import add_parameters, newest_parameters
from ambassador.store.talk_laws import closed_campaigns
from ambassador.values.calibration import (
    Calibration,
    CampaignRecord,
    Coverage,
    InfluenceLine,
    Judged,
    LogRecord,
)
from ambassador.values.imports import Progress, silent
from ambassador.values.results import CampaignResults, Comparison

_LEVELS: Final = (50, 80, 90)
_READING, _WALKING, _JUDGING = (
    mark("Reading past cascades"),
    mark("Asking the network about earlier ones"),
    mark("Forecasting each cascade from those before it"),
)


def read_calibration(work: UnitOfWork) -> Calibration:
    """Read how closed campaigns fared, and the last check of the log."""
    with work.reading() as session:
        kept = newest_parameters(session, KIND)
        influence = newest_parameters(session)
        numbers = closed_campaigns(session)
        check = influence.metrics.get("check") if influence else None
        log = log_from_json(kept.metrics) if kept else None
        checked_at = kept.created_at if kept else None
    campaigns = _campaigns([observe_results(work, one) for one in numbers])
    exposed = check["exposed"] if check else 0
    return Calibration(campaigns, log, checked_at, _influence(check), exposed)


def _influence(check: Mapping[str, Any] | None) -> tuple[InfluenceLine, ...]:
    """Give the learned probabilities' figures, then those of the simple ways, the best first."""
    if not check:
        return ()
    others = sorted(check["baselines"].items(), key=lambda pair: -pair[1]["log_likelihood"])
    return tuple(
        InfluenceLine(name, one["auc"], one["log_likelihood"], one["calibration_error"])
        for name, one in (("", check), *others)
    )


def check_calibration(work: UnitOfWork, *, progress: Progress = silent) -> Calibration:
    """Forecast the newest past cascades from those before them, keep what came of it, and read everything."""
    progress(0, 100, _READING)
    with work.reading() as session:
        record = _check(session, work, progress)
    if record is not None:
        with work.writing() as session:
            add_parameters(
                session,
                algorithm="rolling origin",
                version=__version__,
                trained_until=None,
                data_hash="",
                metrics=asdict(record),
                arrays={},
                at=work.now(),
                kind=KIND,
            )
    return read_calibration(work)


def _check(session: Session, work: UnitOfWork, progress: Progress) -> LogRecord | None:
    history = read_history(session, work)
    first = first_judged(history)
    if first is None:
        return None
    progress(20, 100, _WALKING)
    scores, reason = network_scores(session, history, first)
    progress(70, 100, _JUDGING)
    return judge_log(history, first, scores, reason)


def _campaigns(closed: Sequence[CampaignResults]) -> CampaignRecord:
    totals = [one for results in closed for one in (results.by_the_end, results.mentions, results.views)]
    people = [row.talkers for results in closed for row in results.rows]
    judged = [
        Judged(row.name, row.talkers.expected or 0.0, *row.talkers.quantiles[80], float(row.talkers.observed))
        for results in closed
        for row in results.rows
        if _usable(row.talkers) and row.talkers.observed is not None
    ]
    forecast = sum(_usable(results.by_the_end) for results in closed)
    return CampaignRecord(forecast, _coverage(totals), _coverage(people), tuple(judged))


def _coverage(found: Sequence[Comparison]) -> tuple[Coverage, ...]:
    kept = [one for one in found if _usable(one)]
    if not kept:
        return ()
    observed = np.array([float(one.observed or 0) for one in kept])
    return tuple(
        coverage_of(
            np.array([one.quantiles[level][0] for one in kept]),
            np.array([one.quantiles[level][1] for one in kept]),
            observed,
            level,
        )
        for level in _LEVELS
    )


def _usable(one: Comparison) -> bool:
    return one.observed is not None and all(level in one.quantiles for level in _LEVELS)

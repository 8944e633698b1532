"""How earlier forecasts turned out: closed campaigns, and past cascades forecast anew by rolling origin."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
from sqlmodel import Session

from ambassador import __version__
from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.services.calibration.calibration_record import (
    KIND,
    check_to_json,
    log_from_json,
    own_past_from_json,
)
from ambassador.services.calibration.check_past import check_own_past
from ambassador.services.calibration.leading import leading_law, ties_note
from ambassador.services.calibration.rolling_origin import (
    cascades_missing,
    coverage_of,
    first_judged,
    judge_log,
    network_samples,
)
from ambassador.services.cascades.cascade_history import CascadeHistory, read_history
from ambassador.services.learning.learn import learn_influence
from ambassador.services.learning.learning_progress import within
from ambassador.services.results.results import observe_results
from ambassador.services.work import UnitOfWork
from ambassador.store.cascades.cascades import newest_post
from ambassador.store.forecasts.evidence import count_evidence
from ambassador.store.forecasts.timing_laws import closed_campaigns
from ambassador.store.learning.learning import add_parameters, newest_parameters
from ambassador.store.tables.network import ParameterSet
from ambassador.values.calibration.calibration import (
    TIES_ALONE,
    Calibration,
    CampaignRecord,
    InfluenceLine,
    IntervalCoverage,
    Judged,
    LogRecord,
    OwnPastCheck,
)
from ambassador.values.imports.imports import Note, Progress, silent
from ambassador.values.learning import LearnedView
from ambassador.values.results.results import CampaignResults, ForecastComparison

_LEVELS: Final = (50, 80, 90)
_READING, _WALKING, _JUDGING = (
    mark("Reading past cascades"),
    mark("Asking the network about earlier ones"),
    mark("Forecasting each cascade from those before it"),
)


def read_calibration(work: UnitOfWork) -> Calibration:
    """Read how closed campaigns fared, and the last check of the past.

    Examples
    --------
    >>> read_calibration(work).campaigns.campaigns, read_calibration(work).checked_at is None
    (0, True)
    """
    with work.reading() as session:
        kept = newest_parameters(session, KIND)
        numbers = closed_campaigns(session)
        log = log_from_json(kept.metrics) if kept else None
        own_past = own_past_from_json(kept.metrics) if kept else None
        check = _newest_influence(session, kept)
        checked_at = kept.created_at if kept else None
    campaigns = _campaigns([observe_results(work, one) for one in numbers])
    exposed = check["exposed"] if check else 0
    return Calibration(campaigns, log, checked_at, _influence(check), exposed, own_past)


def _newest_influence(session: Session, kept: ParameterSet | None) -> Mapping[str, Any] | None:
    """Return the figures of the last learning, or of a check made since on more of the past."""
    learned = newest_parameters(session)
    newest = sorted((one for one in (learned, kept) if one), key=lambda one: one.created_at, reverse=True)
    found = (
        (one.metrics.get("own_past") or {}).get("influence") if one is kept else one.metrics.get("check")
        for one in newest
    )
    return next((one for one in found if one), None)


def _influence(check: Mapping[str, Any] | None) -> tuple[InfluenceLine, ...]:
    """List the figures of what was learned, of its tie probabilities, of the simple ways, the best first."""
    if not check:
        return ()
    others = sorted(check["baselines"].items(), key=lambda pair: -pair[1]["log_likelihood"])
    ties = [(TIES_ALONE, check["stored"])] if check.get("stored") else []
    return tuple(
        InfluenceLine(name, one["auc"], one["log_likelihood"], one["calibration_error"])
        for name, one in (("", check), *ties, *others)
    )


def check_calibration(work: UnitOfWork, *, progress: Progress = silent) -> Calibration:
    """Judge every method on the newest part of the past, keep what came of it, and read everything.

    Examples
    --------
    >>> check_calibration(work).own_past.cascades_missing
    30
    """
    progress(0, 100, _READING)
    with work.reading() as session:
        history = read_history(session, work)
        kept, digest, whole = newest_parameters(session, KIND), _digest(session, history), _whole(session)
        known = kept is not None and kept.version == __version__ and kept.data_hash == digest
        log = log_from_json(kept.metrics) if kept and known else None
        if log is None:
            log = _check(session, history, within(progress, 0, 50))
        own_past = own_past_from_json(kept.metrics) if kept and known else None
        if own_past is None or own_past.checked_on != whole:
            own_past = check_own_past(session, work.now(), progress=within(progress, 50, 100))
    missing = 0 if log else cascades_missing(len(history))
    _keep(work, log, replace(own_past, cascades_missing=missing, checked_on=whole), digest)
    return read_calibration(work)


def _keep(work: UnitOfWork, log: LogRecord | None, own_past: OwnPastCheck, digest: str) -> None:
    with work.writing() as session:
        add_parameters(
            session,
            algorithm="rolling origin",
            version=__version__,
            trained_until=None,
            data_hash=digest,
            metrics=check_to_json(log, own_past),
            arrays={},
            at=work.now(),
            kind=KIND,
        )


def judge_law(work: UnitOfWork, *, progress: Progress = silent) -> Note:
    """Weigh past results, strangers and ties anew where the past has changed, and say which leads and why.

    Examples
    --------
    >>> str(judge_law(work))
    'Built on ties. Whether they forecast better than past results is not known yet.'
    """
    with work.reading() as session:
        history = read_history(session, work)
        kept = newest_parameters(session, KIND)
        digest = _digest(session, history)
        known = kept is not None and kept.data_hash == digest
        log = None if known else _check(session, history, progress)
        before = own_past_from_json(kept.metrics) if kept else None
    if log is not None:
        _keep(work, log, before or OwnPastCheck(), digest)
    with work.reading() as session:
        leads = leading_law(session, work)
        return leads.note if leads else ties_note(session)


def learn_and_judge(work: UnitOfWork, *, progress: Progress = silent) -> tuple[LearnedView, Note]:
    """Learn who makes whom talk, then weigh it against what earlier posts brought.

    Where ties teach nothing, the rest is weighed all the same.

    Examples
    --------
    >>> learned, which = learn_and_judge(work)
    >>> learned.rests_on.explained, which.text[:13]
    (4, 'Built on ties')
    """
    try:
        found = learn_influence(work, progress=within(progress, 0, 60))
    except BadInputError:
        judge_law(work, progress=within(progress, 60, 100))
        raise
    return found, judge_law(work, progress=within(progress, 60, 100))


def _whole(session: Session) -> str:
    """Name everything ``check_own_past`` looks at: the past that is learned from, and the posts there are."""
    counted, learned = replace(count_evidence(session), parameter_sets=0), newest_parameters(session)
    told = (counted, newest_post(session), learned.data_hash if learned else "")
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def _digest(session: Session, history: CascadeHistory) -> str:
    """Name what is judged by its content."""
    ties = count_evidence(session)
    whole = hashlib.sha256(repr((ties.file_ties, ties.reactions)).encode())
    for part in (history.starters, history.sizes, history.began, history.entry_parent):
        whole.update(np.ascontiguousarray(part).tobytes())
    return whole.hexdigest()


def _check(session: Session, history: CascadeHistory, progress: Progress) -> LogRecord | None:
    first = first_judged(history)
    if first is None:
        return None
    progress(20, 100, _WALKING)
    samples, reason = network_samples(session, history, first)
    progress(70, 100, _JUDGING)
    return judge_log(history, first, samples, reason)


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


def _coverage(found: Sequence[ForecastComparison]) -> tuple[IntervalCoverage, ...]:
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


def _usable(one: ForecastComparison) -> bool:
    return one.observed is not None and all(level in one.quantiles for level in _LEVELS)

"""Moments on air or in a shop within a launch: planned, and drawn run by run with all whom they bring."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import numpy as np
from sqlmodel import Session

from ambassador.i18n import mark
from ambassador.metrics.lift import LiftLaw
from ambassador.propagation.arrays import FloatArray, Int64Array
from ambassador.propagation.strangers.launches import arrivals, by_days, share_by_day
from ambassador.propagation.strangers.law import MOST, Branching
from ambassador.services.activations.moment_lift import MomentBoard
from ambassador.services.calibration.leading import LeadingLaw
from ambassador.services.forecasts.forecast_problem import ForecastProblem, KeptMoment, KeptMoments
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.campaigns import get_campaign
from ambassador.values.days import day_begins
from ambassador.values.forecasts.timing import Delay
from ambassador.values.imports.imports import Note

_HOURS: Final = 24
_HOUR: Final = 3600.0
_LEARNED: Final = mark(
    "By {name} {low} to {high} people are expected to begin to talk: as {count} earlier moments let expect."
)
_STATED: Final = mark(
    "By {name} {low} to {high} people are expected to begin to talk: an assumption somebody stated."
)
_LEFT_OUT: Final = mark(
    "{name} is left out: no earlier moment with a known audience says what it brings, and nobody stated it."
)
_ALONE: Final = mark("Whom people who come by a moment on air bring in turn is not known, and not counted.")


def moments_of(
    session: Session, work: UnitOfWork, campaign_id: int | None, days: int | None, leads: LeadingLaw | None
) -> tuple[KeptMoments | None, tuple[Note, ...]]:
    """Find the settled moments within the days of a launch, and tell in words what is expected of them.

    Examples
    --------
    >>> moments_of(session, work, campaign, 24, None)
    (None, ())
    """
    if campaign_id is None or days is None:
        return None, ()
    campaign = get_campaign(session, campaign_id)
    opened = day_begins(campaign.starts_on, campaign.time_zone)
    board = MomentBoard.read(session)
    planned: list[KeptMoment] = []
    notes: list[Note] = []
    for row, moment in board.settled:
        hours = _hours_after(opened, moment.begins_at)
        if row.campaign_id != campaign_id or not 0 <= hours < _HOURS * days:
            continue
        found = board.law(row, moment, work.now())
        if found is None:
            notes.append(Note(_LEFT_OUT, {"name": row.title}))
            continue
        law, learned = found
        planned.append(KeptMoment(row.id or 0, hours, round(law.log_level, 4), round(law.width, 4), learned))
        notes.append(_note(row.title, law, learned))
    if not planned:
        return None, tuple(notes)
    tree = leads.law.law.branching if leads else None
    kept = None if tree is None else (round(tree.mean, 5), round(tree.shape, 5), tree.seen)
    return KeptMoments(tuple(planned), kept), (*notes, *(() if kept else (Note(_ALONE),)))


def _hours_after(opened: datetime, at: datetime) -> float:
    return round((at - opened).total_seconds() / _HOUR, 3)


def _note(name: str, law: LiftLaw, learned: int) -> Note:
    low, high = law.ends()
    values = {"name": name, "low": round(low), "high": round(high)}
    return Note(_LEARNED, {**values, "count": learned}) if learned else Note(_STATED, values)


def drawn_moments(
    problem: ForecastProblem, answers: Delay, days: int, rng: np.random.Generator
) -> Int64Array | None:
    """Draw who talks because of the moments of a launch, up to the end of each day; None without any.

    Whoever comes by a moment comes at its hour, and brings others by the law of strangers.

    Returns
    -------
    int64 array, shape (runs, days)
    """
    kept = problem.moments
    if kept is None:
        return None
    came = _came(kept.planned, problem.runs, rng)
    mean = 0.0
    if kept.branching is not None:
        tree = Branching(*kept.branching)
        came = tree.grow(came, tree.draw_means(problem.runs, rng), rng)
        mean = min(tree.mean, MOST)
    later = arrivals(answers.median_hours, answers.sigma, mean, _HOURS * days)
    arrived = np.concatenate([[0.0], (1.0 - mean) + mean * later])
    hours = np.array([one.hours for one in kept.planned])
    share = share_by_day(arrived, hours, days)[None]
    return np.asarray(by_days(came, share, rng).sum(axis=1))


def _came(planned: Sequence[KeptMoment], runs: int, rng: np.random.Generator) -> Int64Array:
    """Draw how many begin to talk by each moment of each run, shape (runs, moments)."""
    level = np.array([one.log_level for one in planned])
    width = np.array([one.width for one in planned])
    rate: FloatArray = np.exp(level + width * rng.standard_normal((runs, len(planned))))
    return rng.poisson(rate)

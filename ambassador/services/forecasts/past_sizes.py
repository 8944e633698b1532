"""How many people a post of each ambassador made talk before, as a forecast of its own."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from ambassador.propagation.past_courses import PastCourses
from ambassador.propagation.past_sizes import PastSizes
from ambassador.services.calibration.cascade_history import CascadeHistory, read_history
from ambassador.services.forecasts.forecast_problem import ForecastProblem, PastLaws, keep_courses
from ambassador.services.networks.crowd import read_crowd
from ambassador.services.picks.pick_solution import range_of
from ambassador.services.work import UnitOfWork
from ambassador.values.forecasts import Range

_FEWEST: Final = 20
_KEPT: Final = 200
SAMPLE: Final = (np.arange(_KEPT) + 0.5) / _KEPT
"""Shares at which a predictive distribution is kept: each quantile is as likely as any other."""


def past_sizes_of(session: Session, work: UnitOfWork, keys: Sequence[int]) -> PastLaws | None:
    """Learn from past cascades how large each starter's get and how they come about; None: too few."""
    history = read_history(session, work)
    if len(history) < _FEWEST:
        return None
    sizes = past_of(history, len(history)).quantiles(history.numbers(keys), SAMPLE)
    if sizes is None:
        return None
    crowd = read_crowd(session, history.people, ()).arrays
    courses = PastCourses.learn(history.log(history.people, 0, len(history)), crowd.followers, crowd.views)
    return PastLaws(tuple(tuple(row) for row in np.log(sizes).round(4).tolist()), keep_courses(courses))


def past_of(history: CascadeHistory, before: int) -> PastSizes:
    """Learn from the first so many cascades."""
    return PastSizes.learn(history.log(history.people, 0, before))


def drawn_sizes(past: PastLaws, shape: tuple[int, int], rng: np.random.Generator) -> NDArray[np.float64]:
    """Draw how large the cascade of each ambassador gets in each run, independently of one another."""
    logs = np.array(past.logs)
    place = rng.integers(logs.shape[1], size=shape)
    return np.asarray(np.maximum(np.round(np.exp(logs[np.arange(shape[1]), place])), 1.0))


def past_total(problem: ForecastProblem, past: PastLaws, rng: np.random.Generator) -> Range:
    """Draw who posts and how large each one's cascade gets; nobody is taken to be in two of them."""
    shape = (problem.runs, len(problem.seeds))
    posts = rng.random(shape) < problem.posting.sampled(problem.keys, problem.runs, rng)
    return range_of((posts * drawn_sizes(past, shape, rng)).sum(axis=1))

"""How many people a post of each ambassador made talk before, as a forecast of its own."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from ambassador.propagation.growth import PastCourses
from ambassador.services.calibration.leading import Results
from ambassador.services.forecasts.forecast_problem import ForecastProblem, PastLaws, keep_courses
from ambassador.services.networks.crowd import read_crowd
from ambassador.services.picks.pick_solution import range_of
from ambassador.values.forecasts.forecasts import Range


def past_laws(session: Session, results: Results, keys: Sequence[int]) -> PastLaws:
    """Say how large each starter's next cascade gets, and how past ones came about."""
    history, sizes = results.history, results.samples(keys)
    crowd = read_crowd(session, history.people, ()).arrays
    courses = PastCourses.learn(history.log(history.people, 0, len(history)), crowd.followers, crowd.views)
    return PastLaws(tuple(tuple(row) for row in np.log(sizes).round(4).tolist()), keep_courses(courses))


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

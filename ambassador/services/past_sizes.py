"""How many people a post of each ambassador made talk before, as a forecast of its own."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from sqlmodel import Session

from ambassador.propagation.size_forecasts import fit_sizes, past_scores, pooling_strength
from ambassador.services.cascade_history import CascadeHistory, read_history
from ambassador.services.forecast_problem import ForecastProblem, PastSizes
from ambassador.services.pick_solution import range_of
from ambassador.services.work import UnitOfWork
from ambassador.values.forecasts import Range

_FEWEST: Final = 20
_KEPT: Final = 200


def past_sizes_of(session: Session, work: UnitOfWork, keys: Sequence[int]) -> PastSizes | None:
    """Learn from past cascades what to expect of each starter; None where there are too few."""
    history = read_history(session, work)
    if len(history) < _FEWEST:
        return None
    strength = pooling_strength(history.starters, np.log(history.sizes))
    scores = past_scores(history.starters, history.sizes, strength)
    fitted = fit_sizes(scores[1:], history.sizes[1:])
    own = (scores_of(history, key, strength) for key in keys)
    residuals = np.quantile(fitted.residuals, (np.arange(_KEPT) + 0.5) / _KEPT)
    return PastSizes(
        tuple(float(fitted.level + fitted.slope * score) for score in own), tuple(residuals.tolist())
    )


def scores_of(history: CascadeHistory, key: int, strength: float) -> float:
    """Score a starter's next cascade by all that went before."""
    starters, sizes = np.append(history.starters, key), np.append(history.sizes, 1.0)
    return float(past_scores(starters, sizes, strength)[-1])


def past_total(problem: ForecastProblem, past: PastSizes, rng: np.random.Generator) -> Range:
    """Draw who posts and how large each one's cascade gets; nobody is taken to be in two of them."""
    shape = (problem.runs, len(problem.seeds))
    posts = rng.random(shape) < problem.posting.sampled(problem.keys, problem.runs, rng)
    drawn = np.array(past.expected) + np.array(past.residuals)[rng.integers(len(past.residuals), size=shape)]
    sizes = np.maximum(np.round(np.exp(drawn)), 1.0)
    return range_of((posts * sizes).sum(axis=1))

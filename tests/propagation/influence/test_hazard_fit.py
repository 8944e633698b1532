"""The common law of hazards: how hard its slopes are held is learned from the data."""

import numpy as np
import pytest

from ambassador.propagation.influence.hazard_fit import HazardLaw, Observed, _merged, fit_hazards
from ambassador.propagation.kernels.hazards import hazard_slopes

CHANCE, NOISE = 0.15, 10


def fitted(slope: float, count: int = 400) -> tuple[HazardLaw, dict[str, np.ndarray]]:
    """Fit candidates with one tie each; ten columns that say nothing, and one that says ``slope``."""
    rng = np.random.default_rng(3)
    ties = {f"noise {number}": rng.normal(size=count) for number in range(NOISE)}
    ties["told"] = rng.normal(size=count)
    hazard = CHANCE * np.exp(slope * ties["told"])
    joined = rng.random(count) < -np.expm1(-hazard)
    observed = Observed(np.arange(count + 1), joined, np.ones(count))
    return fit_hazards(ties, {"nothing": np.zeros(count)}, observed), ties


def test_columns_that_say_nothing_do_not_tell_ties_apart() -> None:
    law, ties = fitted(0.0)
    assert float(np.log(law.of_ties(ties)).std()) < 0.25


def test_a_column_that_says_something_is_still_heard() -> None:
    law, ties = fitted(1.0, 1500)
    found = np.log(law.of_ties(ties))
    assert float(np.corrcoef(found, ties["told"])[0, 1]) > 0.8
    assert float(found.std()) == pytest.approx(1.0, abs=0.35)


def test_candidates_alike_merged_say_what_they_said_apart() -> None:
    rng = np.random.default_rng(8)
    count = rng.integers(0, 3, 3_000)
    offsets = np.concatenate([[0], np.cumsum(count)])
    ties = {name: rng.integers(0, 3, offsets[-1]).astype(float) for name in ("activity", "moved")}
    people = {"listens": rng.integers(0, 2, count.size).astype(float)}
    joined, weight = rng.random(count.size) < 0.2, rng.integers(1, 4, count.size).astype(float)
    waited = rng.integers(1, 3, offsets[-1]) / 2, rng.integers(1, 3, count.size) / 2
    apart = Observed(offsets, joined, weight, *waited)
    merged = _merged(ties, people, apart)
    assert merged[2].weight.size <= (count == 2).sum() + (9 * 2 * 2 + 2) * 2 * 2
    tie_weight, own_weight = np.array([0.3, -0.2]), -1.0
    told = []
    for heard, alone, seen in ((ties, people, apart), merged):
        hazard = np.exp(np.stack(list(heard.values()), axis=1) @ tie_weight - 2.0)
        own = np.exp(own_weight - 0.5 * alone["listens"]) * seen.own_waited
        hazard *= seen.tie_waited
        told.append(hazard_slopes(seen.offsets, hazard, own, seen.activated, seen.weight))
    assert told[0] == pytest.approx(told[1], rel=1e-12)


def test_where_nobody_is_like_another_nothing_is_merged() -> None:
    rng = np.random.default_rng(9)
    ties, people = {"told": rng.normal(size=50)}, {"nothing": rng.normal(size=50)}
    observed = Observed(np.arange(51), rng.random(50) < 0.5, np.ones(50))
    assert _merged(ties, people, observed)[2] is observed

"""The common law of hazards: how hard its slopes are held is learned from the data."""

import numpy as np
import pytest

from ambassador.propagation.influence.hazard_fit import HazardLaw, Observed, fit_hazards

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

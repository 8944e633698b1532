"""Weights of forecasts in one, against trying them all, and what whole launches miss."""

import numpy as np
import pytest
from scipy.special import ndtr, ndtri
from scipy.stats import multivariate_normal

from ambassador.metrics.pooling import pool_weights, pooled, shared_doubt


def test_weights_are_those_a_search_over_all_of_them_finds() -> None:
    rng = np.random.default_rng(1)
    seen = rng.lognormal(3.0, 0.6, 60)
    samples = [rng.lognormal(mean, 0.3, (60, 40)) for mean in (2.6, 3.4)]
    found = pool_weights(samples, seen, np.array([0.5, 0.5]), 0.0)

    def score(first: float) -> float:
        total, weights = 0.0, (first, 1 - first)
        for row, came in enumerate(np.log(seen)):
            logs = [np.sort(np.log(one[row])) for one in samples]
            total += sum(w * np.abs(x - came).mean() for w, x in zip(weights, logs, strict=True))
            for w, x in zip(weights, logs, strict=True):
                total -= sum(
                    0.5 * w * v * np.abs(x[:, None] - y).mean() for v, y in zip(weights, logs, strict=True)
                )
        return total

    assert score(found[0]) == pytest.approx(min(score(one) for one in np.linspace(0, 1, 41)), rel=1e-3)


def test_a_prior_counts_for_less_the_more_is_seen() -> None:
    rng = np.random.default_rng(2)
    right, wrong = rng.lognormal(3, 0.5, (400, 40)), rng.lognormal(4, 0.5, (400, 40))
    seen = rng.lognormal(3, 0.5, 400)
    shares = [
        pool_weights([right[:n], wrong[:n]], seen[:n], np.array([0.0, 1.0]), 20.0)[0] for n in (5, 40, 400)
    ]
    assert shares == sorted(shares)
    assert shares[0] < 0.6
    assert shares[2] > 0.9


def test_a_pool_has_the_quantiles_of_the_mixture() -> None:
    rng = np.random.default_rng(3)
    one, other = rng.random((1, 20_000)), 5 + rng.random((1, 20_000))
    found = pooled([one, other], np.array([0.25, 0.75]), np.array([0.125, 0.625]))
    assert found[0] == pytest.approx([0.5, 5.5], abs=0.02)


def test_what_launches_share_is_told_from_what_their_parts_explain() -> None:
    rng = np.random.default_rng(4)
    launches, widths = np.repeat(np.arange(20), 9), rng.uniform(0.6, 1.2, 180)
    own, shared = rng.standard_normal(180), rng.standard_normal(20)[launches]

    def found(doubt: float) -> float:
        along = doubt / widths
        return shared_doubt(ndtr(along * shared + np.sqrt(1 - along**2) * own), widths, launches)

    assert found(0.0) < 0.2
    assert 0.4 < found(0.5) < 0.65
    assert shared_doubt(np.array([0.5]), np.ones(1), np.zeros(1, np.int64)) > 0.1


def test_what_launches_share_is_weighed_as_one_normal_law_of_all_that_is_in_each() -> None:
    """The twin writes every launch's covariance down and averages over a grid."""
    rng = np.random.default_rng(5)
    launches, widths = np.array([0, 0, 0, 1, 1, 2]), rng.uniform(0.7, 1.5, 6)
    places = rng.uniform(0.01, 0.99, 6)
    grid = np.linspace(0.0, 1.5, 151)[1:]
    logs = []
    for doubt in grid:
        along = np.minimum(doubt / widths, 0.95)
        told = -0.5 * (np.log(doubt / 0.2) / 0.7) ** 2 - np.log(doubt)
        for launch in range(3):
            here = launches == launch
            cov = np.outer(along[here], along[here])
            np.fill_diagonal(cov, 1.0)
            told += multivariate_normal(np.zeros(here.sum()), cov).logpdf(ndtri(places[here]))
        logs.append(told)
    weight = np.exp(np.array(logs) - max(logs))
    slow = np.sqrt((weight * grid**2).sum() / weight.sum())
    assert shared_doubt(places, widths, launches) == pytest.approx(slow)

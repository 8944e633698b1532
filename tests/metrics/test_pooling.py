"""Weights of forecasts in one, against trying them all, and what whole launches miss."""

import numpy as np
import pytest

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
    expected, variance = np.full(60, 1_000.0), np.full(60, 1_000.0 * 90)
    parts = rng.lognormal(-0.043, 0.293, 60)
    none = shared_doubt(expected, variance, expected * parts)
    much = shared_doubt(expected, variance, expected * parts * rng.lognormal(0, 0.5, 60))
    assert none < 0.2
    assert 0.4 < much < 0.65
    assert shared_doubt(expected[:1], variance[:1], expected[:1]) > 0.1

"""Strangers one by one, and levels by plain integration."""

import numpy as np
from scipy.integrate import quad
from scipy.stats import nbinom, norm


def talkers_of(
    level: float, shape: float, mean: float, branching_shape: float, rng: np.random.Generator
) -> int:
    """Let one post find its strangers and each of those theirs, one person at a time."""
    waiting = int(rng.poisson(level * rng.gamma(shape, 1.0 / shape)))
    talking = 1
    while waiting:
        waiting -= 1
        talking += 1
        waiting += int(rng.poisson(mean * rng.gamma(branching_shape, 1.0 / branching_shape)))
    return talking


def mean_level(direct: list[int], usual: float, spread: float, shape: float) -> float:
    """Weigh every level by how likely it makes the posts seen."""

    def density(log_level: float, power: int) -> float:
        level = np.exp(log_level)
        likely = nbinom.pmf(direct, shape, shape / (shape + level)).prod()
        return float(likely * norm.pdf(log_level, usual, spread) * level**power)

    low, high = usual - 12 * spread, usual + 12 * spread
    points = np.linspace(low, high, 40).tolist()
    parts = [quad(density, low, high, (power,), points=points, limit=400)[0] for power in (1, 0)]
    return parts[0] / parts[1]

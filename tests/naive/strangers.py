"""Strangers one by one, and levels by plain integration."""

from collections.abc import Sequence

import numpy as np
from scipy.integrate import quad
from scipy.stats import nbinom, norm

from tests.naive.coins import Tie


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


def launch_of(
    ties: Sequence[Tie],
    seeds: Sequence[int],
    delay: tuple[float, float],
    days: int,
    rng: np.random.Generator,
    *,
    started: tuple[Sequence[float], float],
    joined: tuple[float, float],
    branching: tuple[float, float],
) -> list[int]:
    """Let people and strangers talk in the order of time; count who talks by the end of each day."""
    live = [tie for tie in ties if rng.random() < tie[2]]
    waiting = [(0.0, seed, started[0][place], started[1]) for place, seed in enumerate(seeds)]
    talking, moments = set(), []

    def later(now: float) -> float:
        return now + delay[0] * float(np.exp(delay[1] * rng.standard_normal()))

    while waiting:
        waiting.sort()
        now, who, mean, shape = waiting.pop(0)
        if who in talking or now >= 24 * days:
            continue
        talking |= {who} if who >= 0 else set()
        moments.append(now)
        if who >= 0:
            waiting += [(later(now), target, *joined) for source, target, _ in live if source == who]
        waiting += [
            (later(now), -1, *branching) for _ in range(rng.poisson(mean * rng.gamma(shape, 1 / shape)))
        ]
    return [sum(moment < 24 * (day + 1) for moment in moments) for day in range(days)]

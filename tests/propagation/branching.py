"""Simulated cascades whose law is known: each post brings a Poisson number of answers after random delays."""

import numpy as np

from ambassador.propagation.growth.windows import Course


def simulated_course(
    rng: np.random.Generator, *, first: float, brings: float, delay: float, most: int = 3000
) -> Course:
    """Give one cascade: ``first`` answers to the first post on average, ``brings`` to every other.

    Delays are log-normal with median ``delay`` seconds.
    """
    times, waiting = [], [(0.0, first)]
    while waiting and len(times) < most:
        at, mean = waiting.pop()
        times.append(at)
        delays = delay * np.exp(rng.normal(0.0, 1.2, rng.poisson(mean)))
        waiting += [(at + float(one), brings) for one in delays]
    return Course.from_moments(times, start=0.0)


def simulated_past(rng: np.random.Generator, count: int, delay: float = 3600.0) -> list[Course]:
    """Give cascades of very different sizes and speeds."""
    return [
        simulated_course(
            rng,
            first=float(np.exp(rng.normal(3.5, 0.7))),
            brings=float(rng.uniform(0.1, 0.8)),
            delay=delay * float(np.exp(rng.normal(0.0, 0.8))),
        )
        for _ in range(count)
    ]

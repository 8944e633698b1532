"""A round of ideas as a large town holds it: what equal shares take."""

import time
from collections.abc import Iterator

import numpy as np

from ambassador.metrics.budgeting import equal_shares
from benchmarks.rows import Row

VOTERS, IDEAS = 5_000, 200
_MOST_CHOICES = 15
_CHEAPEST, _DEAREST = 500_000, 8_000_000
_BUDGET = 100_000_000


def vote_rows() -> Iterator[Row]:
    """Time equal shares with their completion; popular ideas have many times the votes of others."""
    rng = np.random.default_rng(1)
    liked = 1 / np.arange(1, IDEAS + 1) ** 0.6
    liked /= liked.sum()
    supporters: list[list[int]] = [[] for _ in range(IDEAS)]
    for voter in range(VOTERS):
        for idea in rng.choice(IDEAS, rng.integers(1, _MOST_CHOICES + 1), replace=False, p=liked):
            supporters[idea].append(voter)
    costs = rng.integers(_CHEAPEST, _DEAREST, IDEAS).tolist()
    arrays = [np.array(one, np.int64) for one in supporters]
    clock, processor = time.perf_counter(), time.process_time()
    found = equal_shares(costs, arrays, VOTERS, _BUDGET)
    seconds, busy = time.perf_counter() - clock, time.process_time() - processor
    yield Row(
        f"Equal shares of {VOTERS:,} votes on {IDEAS} ideas, exact, with completion",
        "<= 2 s",
        f"{seconds:.1f} s ({busy:.1f} s of processor), {len(found.built)} built, "
        f"shares raised {found.raised} times",
    )

"""A past in which it matters who starts."""

import numpy as np

from ambassador.services.work import UnitOfWork
from tests.services.past import write_cascades

LOUD, QUIET = [f"l{number}" for number in range(20)], [f"q{number}" for number in range(2)]


def by_habit(work: UnitOfWork, cascades: int = 80) -> None:
    """Let two people start in turn: what one starts is large, what the other starts small."""
    rng = np.random.default_rng(1)
    write_cascades(
        work,
        [
            ("loud", LOUD[: int(rng.integers(10, 20))]) if place % 2 else ("quiet", QUIET[: rng.integers(2)])
            for place in range(cascades)
        ],
    )

"""Stated probabilities brought back to how often they turned out right.

Source: Platt, "Probabilistic outputs for support vector machines", 1999: a logistic line on the log odds.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from ambassador.propagation.arrays import BoolArray, FloatArray

# Answers that what is stated is worth as it stands: with few to learn from it is hardly moved.
HOLD = 4.0
# Of Newton's method, steps of at most 1: a plain bound; and the odds of certainty, which are infinite.
ROUNDS, SURE = 25, 1e-6


@dataclass(frozen=True, slots=True)
class Restated:
    """Log odds are multiplied by ``slope``, never turned round, and moved by ``shift``."""

    shift: float = 0.0
    slope: float = 1.0

    @classmethod
    def learn(cls, stated: FloatArray, right: BoolArray, counts: FloatArray) -> "Restated":
        """Fit to what was stated and whether it was right; ``counts`` says how much each counts.

        What is certain because nothing else is possible stays so and teaches nothing.

        Examples
        --------
        >>> right = np.arange(1000) % 10 < 6
        >>> learned = Restated.learn(np.full(1000, 0.9), right, np.ones(1000))
        >>> learned.of(np.array([0.9])).round(2).tolist()
        [0.6]
        """
        open_ = stated < 1.0
        stated, right, counts = stated[open_], right[open_], counts[open_]
        rows = np.column_stack([np.ones(stated.size), _odds(stated)])
        first = np.array([0.0, 1.0])
        weight = first.copy()
        for _ in range(ROUNDS):
            share = expit(rows @ weight)
            slope = rows.T @ (counts * (right - share)) - HOLD * (weight - first)
            bend = (rows * (counts * share * (1 - share))[:, None]).T @ rows + HOLD * np.eye(2)
            weight += np.clip(np.linalg.solve(bend, slope), -1.0, 1.0)
        return cls(float(weight[0]), max(float(weight[1]), 0.0))

    def of(self, stated: FloatArray) -> FloatArray:
        """State anew."""
        return np.where(stated < 1.0, expit(self.shift + self.slope * _odds(stated)), 1.0)


def _odds(stated: FloatArray) -> FloatArray:
    return np.asarray(logit(np.clip(stated, SURE, 1 - SURE)))

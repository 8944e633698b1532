"""How many people strangers bring in turn: a branching law that dies out."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from ambassador.propagation.arrays import FloatArray, Int64Array

# Answers a stranger's post may bring on average: nearer to one, a launch would hardly end.
MOST: Final = 0.95
_PRIOR: Final = (0.5, 5.0)  # before anything is seen: half an answer to five strangers
# Plain bounds: below, one draw in fifty brings everybody; above, the law is a Poisson one.
_LEAST_SHAPE, _MOST_SHAPE = 0.02, 1e3


@dataclass(frozen=True, slots=True)
class Branching:
    """How many answer each stranger: negative binomial.

    Attributes
    ----------
    mean : float
        Below one.
    shape : float
        The smaller, the more a few bring nearly all.
    seen : float
        Strangers it was learned from.
    """

    mean: float
    shape: float
    seen: float

    @classmethod
    def learn(cls, answered: FloatArray) -> Self:
        """Learn by moments, drawn to a weak prior.

        Examples
        --------
        >>> found = Branching.learn(np.array([0.0, 0.0, 0.0, 4.0] * 100))
        >>> round(found.mean, 2), round(found.shape, 2)
        (0.99, 0.49)
        """
        seen, total = float(answered.size), float(answered.sum())
        mean = (total + _PRIOR[0]) / (seen + _PRIOR[1])
        excess = float(answered.var()) - mean if answered.size else 0.0
        shape = mean * mean / excess if excess > 0 else _MOST_SHAPE
        return cls(mean, float(np.clip(shape, _LEAST_SHAPE, _MOST_SHAPE)), seen)

    @property
    def per_stranger(self) -> float:
        """Expected people one stranger stands for, with all who come after."""
        return 1.0 / (1.0 - min(self.mean, MOST))

    def draw_means(self, runs: int, rng: np.random.Generator) -> FloatArray:
        """Draw what the mean may truly be, once per launch and alike for everybody in it."""
        seen = self.seen + _PRIOR[1]
        return np.minimum(rng.gamma(self.mean * seen, 1.0 / seen, runs), MOST)

    def grow(self, born: Int64Array, means: FloatArray, rng: np.random.Generator) -> Int64Array:
        """Let strangers bring others, generation by generation, until nobody answers.

        Parameters
        ----------
        born : int64 array, shape (runs, people)
            Strangers who answer first.
        means : float array, shape (runs,)
            Answers per stranger in each run, below one.

        Returns
        -------
        int64 array, shape (runs, people)
            All of them, the first included.
        """
        total, rate = born.copy(), (means / self.shape)[:, None]
        while born.any():
            born = rng.poisson(rng.gamma(self.shape * born) * rate)
            total += born
        return total

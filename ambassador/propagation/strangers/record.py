"""What past posts say of strangers: how many answered each, and how many answered those in turn."""

from dataclasses import dataclass

import numpy as np

from ambassador.propagation.arrays import FloatArray, Int64Array


@dataclass(frozen=True, eq=False)
class PostRecord:
    """Finished posts by known people.

    Attributes
    ----------
    author : int64 array, shape (posts,)
        Who posted, 0 .. people - 1.
    direct : float array, shape (posts,)
        Strangers who answered the post itself.
    likeness : float array, shape (people, figures)
        What makes people alike (logarithms of followers, of times they joined others); NaN is not known.
    answered : float array, shape (strangers,)
        How many answered each of the strangers in turn; empty where that was never looked at.
    """

    author: Int64Array
    direct: FloatArray
    likeness: FloatArray
    answered: FloatArray

    @property
    def people(self) -> int:
        """How many people there are, those without a post included."""
        return self.likeness.shape[0]

    @property
    def posts(self) -> FloatArray:
        """Count each person's posts."""
        return np.bincount(self.author, minlength=self.people).astype(np.float64)

    @property
    def strangers(self) -> FloatArray:
        """Sum the strangers who answered each person's posts."""
        return np.bincount(self.author, self.direct, self.people).astype(np.float64)

    def until(self, post: int) -> "PostRecord":
        """Keep the first so many posts alone; who answered strangers is kept as it is.

        Examples
        --------
        >>> record = PostRecord(np.array([0, 0]), np.array([1.0, 5.0]), np.empty((1, 0)), np.empty(0))
        >>> record.until(1).direct.tolist()
        [1.0]
        """
        return PostRecord(self.author[:post], self.direct[:post], self.likeness, self.answered)

"""Cascades in which it was seen, for some posts at least, whom they came from."""

from dataclasses import dataclass

import numpy as np

from ambassador.propagation.arrays import BoolArray, FloatArray, Int64Array


@dataclass(frozen=True, eq=False)
class SeenCascades:
    """Posts cascade by cascade, each with the start first and the rest in the order of time.

    Attributes
    ----------
    offsets : int64 array, shape (cascades + 1,)
    author : int64 array, shape (posts,)
    times : float64 array, shape (posts,)
        Seconds.
    parent : int64 array, shape (posts,)
        Post numbers; -1 for starts and where no parent was seen.
    followers : float64 array, shape (posts,)
        NaN where not known.
    named : int64 array, shape (posts,)
        The author a text names as its source, -1 for nobody.
    reply : bool array, shape (posts,)
    """

    offsets: Int64Array
    author: Int64Array
    times: FloatArray
    parent: Int64Array
    followers: FloatArray
    named: Int64Array
    reply: BoolArray

    @property
    def cascade(self) -> Int64Array:
        """The cascade of each post."""
        return np.repeat(np.arange(self.offsets.size - 1), np.diff(self.offsets))

    @property
    def start(self) -> Int64Array:
        """The first post of each post's cascade."""
        return np.repeat(self.offsets[:-1], np.diff(self.offsets))

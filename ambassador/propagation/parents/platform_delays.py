"""How long people wait on each platform, where parents are hidden: few delays are drawn to everybody's."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from ambassador.propagation.arrays import FloatArray, Int64Array
from ambassador.propagation.cascades import CascadeLog
from ambassador.propagation.parents.possible_parents import CascadePosts, DelaysByPost, LogNormal

# Bounds of the standard deviation of the logarithm: a fifth around the median, or a factor of fifty.
NARROWEST, WIDEST = 0.2, 4.0
FEWEST = 5  # delays from which a law is fitted
SHRINK = 10.0  # delays that everybody's law is worth beside those of one platform


@dataclass(frozen=True, eq=False)
class PlatformDelays:
    """A log-normal law per platform, and one of all of them together.

    Attributes
    ----------
    names : tuple of str
        The platforms.
    median, sigma : float64 arrays, shape (platforms + 1,)
        The last is that of all together.
    """

    names: tuple[str, ...]
    median: FloatArray
    sigma: FloatArray

    @classmethod
    def alike(cls, names: Sequence[str], law: LogNormal) -> Self:
        """Start with one law for all.

        Examples
        --------
        >>> PlatformDelays.alike(("a",), LogNormal(60.0, 1.0)).median.tolist()
        [60.0, 60.0]
        """
        count = len(names) + 1
        return cls(tuple(names), np.full(count, law.median), np.full(count, law.sigma))

    def fitted(self, waited: FloatArray, place: Int64Array) -> Self:
        """Fit delays, ``place`` being the platform of each; themselves where there are too few.

        Examples
        --------
        >>> before = PlatformDelays.alike(("a", "b"), LogNormal(60.0, 1.0))
        >>> found = before.fitted(np.array([10.0] * 90 + [90.0] * 90), np.repeat([0, 1], 90))
        >>> found.median.round().tolist()
        [11.0, 81.0, 30.0]
        """
        if waited.size < FEWEST:
            return self
        logs = np.log(waited)
        middle, variance = float(logs.mean()), float(logs.var())
        count, total, square = (
            np.bincount(place, each, self.median.size) for each in (np.ones(logs.size), logs, logs**2)
        )
        own = total / np.maximum(count, 1.0)
        part = count / (count + SHRINK)
        middles = part * own + (1.0 - part) * middle
        variances = part * np.maximum(square / np.maximum(count, 1.0) - own**2, 0.0) + (1.0 - part) * variance
        middles[-1], variances[-1] = middle, variance
        return type(self)(self.names, np.exp(middles), np.clip(np.sqrt(variances), NARROWEST, WIDEST))

    def of(self, platform: str = "") -> LogNormal:
        """Law of a platform; that of all together where it is not known.

        Examples
        --------
        >>> laws = PlatformDelays(("a",), np.array([60.0, 90.0]), np.array([1.0, 1.5]))
        >>> laws.of("a").median, laws.of("elsewhere").median
        (60.0, 90.0)
        """
        place = self.names.index(platform) if platform in self.names else -1
        return LogNormal(float(self.median[place]), float(self.sigma[place]))

    def at(self, place: Int64Array) -> DelaysByPost:
        """Law of each post from its platform's place.

        Examples
        --------
        >>> laws = PlatformDelays(("a",), np.array([60.0, 90.0]), np.array([1.0, 1.5]))
        >>> laws.at(np.array([1, 0])).median.tolist()
        [90.0, 60.0]
        """
        return DelaysByPost(self.median[place], self.sigma[place])


def platforms_of(posts: CascadeLog | CascadePosts) -> tuple[str, ...]:
    """List the platforms of some posts, none where they do not say.

    Examples
    --------
    >>> posts = CascadePosts(np.array([0, 2]), np.zeros(2, np.int32), np.arange(2.0), np.array(["y", "x"]))
    >>> platforms_of(posts)
    ('x', 'y')
    """
    known = posts.platform if isinstance(posts, CascadePosts) else None
    return () if known is None else tuple(np.unique(known).tolist())


def places_of(posts: CascadeLog | CascadePosts, names: Sequence[str]) -> Int64Array:
    """Place of each post's platform among ``names``, the one after them where it is none of those.

    Examples
    --------
    >>> posts = CascadePosts(
    ...     np.array([0, 3]), np.zeros(3, np.int32), np.arange(3.0), np.array(["x", "y", "z"])
    ... )
    >>> places_of(posts, ("x", "z")).tolist()
    [0, 2, 1]
    """
    known = posts.platform if isinstance(posts, CascadePosts) else None
    place = np.full(posts.nodes.size, len(names), np.int64)
    if known is not None:
        for number, name in enumerate(names):
            place[known == name] = number
    return place

"""Parents the platform hides: each possible one with its probability, or nobody known.

Sources: Gomez-Rodriguez, Leskovec, Krause, "Inferring networks of diffusion and influence", KDD 2010,
for the continuous-time independent cascade; Saito, Kimura, Ohara, Motoda, ACML 2009, for its likelihood.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from ambassador.errors import BadInputError
from ambassador.propagation.arrays import FloatArray, IndexArray, Int32Array, Int64Array
from ambassador.propagation.cascades import CascadeLog
from ambassador.propagation.kernels.parents import draw_parents, list_possible, weigh_possible
from ambassador.propagation.network import InfluenceNetwork

RESOLUTIONS = (86400.0, 3600.0, 60.0)  # seconds: the steps in which some exports round moments
FINEST = 1.0  # second: what stands in the same one has no order


class LogNormalDelay(Protocol):
    """A log-normal delay, the same for all posts or one for each: its median and its logarithm's spread."""

    @property
    def median(self) -> float | FloatArray:
        """Seconds half of the delays stay below."""

    @property
    def sigma(self) -> float | FloatArray:
        """Standard deviation of the logarithm."""


@dataclass(frozen=True, slots=True)
class LogNormal:
    """A log-normal delay law."""

    median: float
    sigma: float


@dataclass(frozen=True, slots=True, eq=False)
class DelaysByPost:
    """A log-normal delay law for each post, arrays of shape (posts,): people wait longer here than there."""

    median: FloatArray
    sigma: FloatArray


@dataclass(frozen=True, eq=False)
class Possible:
    """Earlier posts by those the author listens to, post by post.

    Attributes
    ----------
    ends : int64 array, shape (posts + 1,)
        Possible parents of post ``i`` are entries ``ends[i]`` to ``ends[i + 1] - 1``.
    above : int64 array, shape (entries,)
        Numbers of posts.
    tie : int array, shape (entries,)
        The tie of the network each rests on.
    waited : float64 array, shape (entries,)
        Seconds between the two posts, at least half the resolution.
    """

    ends: Int64Array
    above: Int64Array
    tie: IndexArray
    waited: FloatArray


@dataclass(frozen=True, eq=False)
class ParentPosterior:
    """Possible parents of each post and their probabilities; with ``unknown`` they sum to 1.

    Attributes
    ----------
    ends, above
        As in ``Possible``.
    probability : float64 array, shape (entries,)
    unknown : float64 array, shape (posts,)
        That it came from nobody known: from outside the network, or there is nothing to tell by.
    log_likelihood : float
        Of the moments of all posts that have a possible parent or an outside to come from.
    """

    ends: Int64Array
    above: Int64Array
    probability: FloatArray
    unknown: FloatArray
    log_likelihood: float = 0.0

    def most_likely(self) -> tuple[Int64Array, FloatArray]:
        """Likeliest parent of each post, -1 where that is nobody known, and its probability.

        Examples
        --------
        >>> found = ParentPosterior(np.array([0, 0, 1]), np.array([0]), np.array([0.7]), np.array([1.0, 0.3]))
        >>> [array.tolist() for array in found.most_likely()]
        [[-1, 0], [1.0, 0.7]]
        """
        best, sure = np.full(self.unknown.size, -1, np.int64), self.unknown.copy()
        post = np.repeat(np.arange(self.unknown.size), np.diff(self.ends))
        order = np.lexsort((-self.above, self.probability, post))
        last = np.flatnonzero(np.diff(post[order], append=-1))
        top = order[last]
        won = self.probability[top] > sure[post[top]]
        best[post[top[won]]], sure[post[top[won]]] = self.above[top[won]], self.probability[top[won]]
        return best, sure

    def drawn(self, key: int, run: int) -> Int64Array:
        """Draw one parent per post, -1 for nobody known; the same for the same key and run.

        Examples
        --------
        >>> found = ParentPosterior(np.array([0, 0, 1]), np.array([0]), np.array([1.0]), np.array([1.0, 0.0]))
        >>> found.drawn(key=1, run=0).tolist()
        [-1, 0]
        """
        parent = np.empty(self.unknown.size, np.int64)
        draw_parents(self.ends, self.above, self.probability, np.uint64(key), run, parent)
        return parent


@dataclass(frozen=True, eq=False)
class CascadePosts:
    """Posts of cascades in the order of time; unlike in a ``CascadeLog`` a person may post twice.

    Attributes
    ----------
    offsets, nodes, times
        As in ``CascadeLog``; a negative node is an author outside the network.
    platform : array of str, shape (posts,), optional
        Where each was posted; delays differ by it.
    """

    offsets: Int64Array
    nodes: Int32Array
    times: FloatArray
    platform: npt.NDArray[np.str_] | None = None


def resolution_of(times: FloatArray) -> float:
    """Tell in which steps moments are written: days, hours, minutes, or a second and finer.

    Examples
    --------
    >>> resolution_of(np.array([0.0, 120.0, 7200.0])), resolution_of(np.array([0.0, 1.5]))
    (60.0, 1.0)
    """
    return next((step for step in RESOLUTIONS if not np.any(times % step)), FINEST)


def list_possible_parents(
    posts: CascadeLog | CascadePosts, network: InfluenceNetwork, resolution: float | None = None
) -> Possible:
    """List for each post the earlier ones of its cascade by those its author listens to.

    Nobody is their own parent: a network has no self-ties. Nobody reads and answers within a second, so
    of posts at the same second neither is the other's parent; where moments are rounded to minutes or
    more (see ``resolution_of``), the one that stands first counts as earlier by half a step.

    Examples
    --------
    >>> network = InfluenceNetwork.from_arrays([0, 1], [1, 2], 0.5)
    >>> log = CascadeLog.from_entries([0, 0, 0], [0, 1, 2], [0.0, 60.0, 90.0])
    >>> found = list_possible_parents(log, network)
    >>> found.ends.tolist(), found.above.tolist(), found.waited.tolist()
    ([0, 0, 1, 2], [0, 1], [60.0, 30.0])
    """
    if posts.nodes.size and int(posts.nodes.max()) >= network.node_count:
        raise BadInputError(
            "Node {node} is not among the {count} nodes.",
            node=int(posts.nodes.max()),
            count=network.node_count,
        )
    ends, nothing = np.zeros(posts.nodes.size + 1, np.int64), np.empty(0, np.int64)
    newest, before = np.full(network.node_count, -1, np.int64), np.empty(posts.nodes.size, np.int64)
    log = (posts.offsets, posts.nodes, network.in_offsets, network.in_sources, newest, before, ends)
    list_possible(*log, nothing, nothing)
    above, place = np.empty(ends[-1], np.int64), np.empty(ends[-1], np.int64)
    list_possible(*log, above, place)
    step = resolution_of(posts.times) if resolution is None else resolution
    waited = np.repeat(posts.times, np.diff(ends)) - posts.times[above]
    kept = waited > 0 if step <= FINEST else np.ones(waited.size, np.bool_)
    ends = np.concatenate([[0], np.cumsum(kept)])[ends]
    return Possible(ends, above[kept], network.in_ties[place[kept]], np.maximum(waited[kept], step / 2))


def infer_parents(
    possible: Possible, probability: npt.ArrayLike, delay: LogNormalDelay, outside: npt.ArrayLike = 0.0
) -> ParentPosterior:
    """Posterior of the parents under the continuous-time independent cascade.

    Given that a person posted at t, the first attempt to get through was j's with weight
    ``p_j f(t - t_j) / (1 - p_j F(t - t_j))``, and the outside with weight ``outside``.

    Parameters
    ----------
    possible : Possible
    probability : array of float
        By tie number.
    delay : LogNormalDelay
        The law f, F of an attempt's delay, by the post it led to where they differ.
    outside : float, or array of float by post
        Rate, per second, at which a person joins a cascade for no reason the network knows.

    Examples
    --------
    >>> network = InfluenceNetwork.from_arrays([0, 1], [2, 2], [0.5, 0.5])
    >>> log = CascadeLog.from_entries([0, 0, 0], [0, 1, 2], [0.0, 3000.0, 3600.0])
    >>> possible = list_possible_parents(log, network)
    >>> found = infer_parents(possible, network.probability, LogNormal(600.0, 1.0))
    >>> found.unknown.tolist(), found.probability.round(3).tolist()
    ([1.0, 1.0, 0.0], [0.046, 0.954])
    """
    return weighed(possible, probability, delay, outside)[0]


def weighed(
    possible: Possible, probability: npt.ArrayLike, delay: LogNormalDelay, outside: npt.ArrayLike
) -> tuple[ParentPosterior, FloatArray]:
    """Posterior of the parents, and for each attempt the chance that it would have got through later on.

    Examples
    --------
    >>> network = InfluenceNetwork.from_arrays([0], [1], [0.5])
    >>> log = CascadeLog.from_entries([0, 0], [0, 1], [0.0, 60.0])
    >>> posterior, later = weighed(
    ...     list_possible_parents(log, network), network.probability, LogNormal(60.0, 1.0), 0.0
    ... )
    >>> posterior.probability.tolist(), bool(0 < later[0] < 1)
    ([1.0], True)
    """
    given = np.asarray(probability, dtype=np.float64)[possible.tie]
    share, later = np.empty(given.size), np.empty(given.size)
    unknown = np.empty(possible.ends.size - 1)
    mu, sigma, rates = (
        np.ascontiguousarray(np.broadcast_to(np.asarray(figure, dtype=np.float64), unknown.shape))
        for figure in (np.log(delay.median), delay.sigma, outside)
    )
    rest = (mu, sigma, rates)
    likelihood = weigh_possible(possible.ends, possible.waited, given, *rest, share, later, unknown)
    return ParentPosterior(possible.ends, possible.above, share, unknown, float(likelihood)), later

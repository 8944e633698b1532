"""People nobody reached: who joined a cascade all the same, and a sample of those who did not."""

from dataclasses import dataclass

import numpy as np

from ambassador.propagation.arrays import BoolArray, FloatArray, Int32Array, Int64Array
from ambassador.propagation.cascades import CascadeLog
from ambassador.propagation.kernels.hazards import add_by_candidate
from ambassador.propagation.network import InfluenceNetwork


@dataclass(frozen=True, eq=False)
class Unexposed:
    """Persons of cascades without anybody active among those they listen to; weight as in ``Exposures``.

    ``waited`` is the part of the answers to their cascade's first post that had come by the log's end.
    """

    node: Int32Array
    activated: BoolArray
    weight: FloatArray
    waited: FloatArray | None = None


def sample_unexposed(
    network: InfluenceNetwork, log: CascadeLog, exposing: Int64Array, draws: int, rng: np.random.Generator
) -> Unexposed:
    """List who joined unexposed, starters apart, and draw from everybody who neither joined nor was exposed.

    Parameters
    ----------
    exposing : int64 array, shape (entries,)
        How many had exposed each entry's author.
    draws : int
        Persons of cascades to draw; those found active or exposed are left out, the others weighed up.

    Examples
    --------
    >>> network = InfluenceNetwork.from_arrays([0], [1], 1.0, 4)
    >>> log = CascadeLog.from_entries([0, 0], [0, 2], [0.0, 1.0])
    >>> found = sample_unexposed(network, log, np.zeros(2, np.int64), 50, np.random.default_rng(1))
    >>> np.unique(found.node).tolist(), int(found.activated.sum())
    ([2, 3], 1)
    """
    later = np.ones(log.nodes.size, np.bool_)
    later[log.offsets[:-1][log.sizes > 0]] = False
    alone = later & (exposing == 0)
    joined = log.nodes[alone]
    whole = log.cascade_count * network.node_count
    if not whole or not draws:
        return Unexposed(
            joined, np.ones(joined.size, np.bool_), np.ones(joined.size), _waited(log, log.cascades[alone])
        )
    drawn = np.sort(rng.integers(whole, size=draws))
    node = (drawn % network.node_count).astype(np.int32)
    active = np.sort(log.cascades * network.node_count + log.nodes)
    silent = ~_within(active, drawn) & ~_exposed(network, active, drawn, node)
    kept = node[silent]
    return Unexposed(
        np.concatenate([joined, kept]),
        np.repeat([True, False], [joined.size, kept.size]),
        np.repeat([1.0, whole / draws], [joined.size, kept.size]),
        _waited(log, np.concatenate([log.cascades[alone], drawn[silent] // network.node_count])),
    )


def _waited(log: CascadeLog, cascade: Int64Array) -> FloatArray | None:
    """Chance that an answer to the first post of each of some cascades would have come by the log's end."""
    if log.waited is None:
        return None
    first = np.where(log.sizes > 0, log.waited[np.minimum(log.offsets[:-1], log.nodes.size - 1)], 1.0)
    return np.asarray(first[cascade])


def _exposed(network: InfluenceNetwork, active: Int64Array, drawn: Int64Array, node: Int32Array) -> BoolArray:
    """Whether anybody the person listens to is active in the cascade at all."""
    first, counts = network.in_offsets[node], np.diff(network.in_offsets)[node]
    offsets = np.zeros(node.size + 1, np.int64)
    np.cumsum(counts, out=offsets[1:])
    place = np.repeat(first - offsets[:-1], counts) + np.arange(offsets[-1])
    keys = np.repeat(drawn - node, counts) + network.in_sources[place]
    found = np.zeros(node.size)
    add_by_candidate(offsets, _within(active, keys).astype(np.float64), found)
    return found > 0


def _within(ordered: Int64Array, keys: Int64Array) -> BoolArray:
    if not ordered.size:
        return np.zeros(keys.size, np.bool_)
    return ordered[np.minimum(np.searchsorted(ordered, keys), ordered.size - 1)] == keys

"""How much the people who listen to two nodes are the same people."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from ambassador.propagation.arrays import BoolArray, FloatArray, Int64Array
from ambassador.propagation.network.network import InfluenceNetwork


@dataclass(frozen=True)
class DirectOverlap:
    """Overlap of direct audiences (out-neighbours), every pair.

    Attributes
    ----------
    sizes : int64 array, shape (nodes,)
    jaccard, of_smaller : float64 arrays, shape (nodes, nodes)
        Shared over the union, shared over the smaller; 0 where an audience is empty.
    union : int
        Unique people in all the audiences together.
    """

    sizes: Int64Array
    jaccard: FloatArray
    of_smaller: FloatArray
    union: int


def direct_overlap(
    network: InfluenceNetwork, nodes: npt.ArrayLike, within: BoolArray | None = None
) -> DirectOverlap:
    """Compare the direct audiences of some nodes.

    Parameters
    ----------
    network : InfluenceNetwork
    nodes : node numbers, distinct, shape (nodes,)
    within : bool array, shape (node_count,), optional
        Who counts as audience; everybody unless said.

    Raises
    ------
    UnknownNodeError
        If one is not a node.

    Examples
    --------
    >>> network = InfluenceNetwork.from_arrays([0, 0, 1, 1], [2, 3, 3, 4], 1.0)
    >>> overlap = direct_overlap(network, [0, 1])
    >>> overlap.sizes.tolist(), round(float(overlap.jaccard[0, 1]), 3), overlap.union
    ([2, 2], 0.333, 3)
    """
    places = network.checked_nodes(np.asarray(nodes))
    parts = [network.out_targets[network.out_offsets[v] : network.out_offsets[v + 1]] for v in places]
    if within is not None:
        parts = [part[within[part]] for part in parts]
    sizes = np.array([part.size for part in parts], np.int64)
    columns = np.concatenate(parts) if parts else np.empty(0, np.int32)
    offsets = np.concatenate([[0], np.cumsum(sizes)])
    shape = (places.size, network.node_count)
    audience = csr_array((np.ones(columns.size, np.int64), columns, offsets), shape=shape)
    shared = (audience @ audience.T).toarray().astype(np.float64)
    together = sizes[:, None] + sizes[None, :] - shared
    smaller = np.minimum(sizes[:, None], sizes[None, :])
    return DirectOverlap(
        sizes,
        _shares(shared, together),
        _shares(shared, smaller.astype(np.float64)),
        int(np.unique(columns).size),
    )


def _shares(part: FloatArray, whole: FloatArray) -> FloatArray:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)

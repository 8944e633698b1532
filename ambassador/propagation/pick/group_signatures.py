"""People sorted by which groups they are in, where groups overlap."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ambassador.propagation.arrays import BoolArray, FloatArray, Int32Array, Int64Array


@dataclass(frozen=True)
class GroupSignatures:
    """Of one kind are the people who are in the same groups: for quotas only how many of each matters.

    Attributes
    ----------
    of : int32 array, shape (node_count,)
        Kind of each node; 0 is in no group.
    inside : bool array, shape (kinds, groups)
        Which groups each kind is in.
    order : int64 array
        Nodes in some group, by kind, the cheapest of each first.
    starts : int64 array, shape (kinds + 1,)
        Where each kind begins in ``order``.
    """

    of: Int32Array
    inside: BoolArray
    order: Int64Array
    starts: Int64Array

    def count(self, nodes: npt.NDArray[np.integer]) -> Int64Array:
        """Count how many of some nodes are in each group.

        Examples
        --------
        >>> kinds = group_signatures([np.array([0, 1, 2]), np.array([2, 3])], np.zeros(5))
        >>> kinds.count(np.array([1, 2])).tolist()
        [2, 1]
        """
        return np.asarray(self.inside[self.of[nodes]].sum(axis=0, dtype=np.int64))

    def members(self, kind: int) -> Int64Array:
        """Everybody of a kind, the cheapest first.

        Examples
        --------
        >>> kinds = group_signatures([np.array([0, 1]), np.array([2])], np.array([5.0, 1.0, 0.0]))
        >>> kinds.members(int(kinds.of[0])).tolist()
        [1, 0]
        """
        return self.order[self.starts[kind] : self.starts[kind + 1]]


def group_signatures(
    groups: Sequence[Int32Array], costs: FloatArray, alone: Sequence[int] = ()
) -> GroupSignatures:
    """Sort people into kinds.

    Parameters
    ----------
    groups : sequence of node numbers
        Members of each group.
    costs : array of float, shape (node_count,)
    alone : node numbers
        Who is a kind of their own, because they exclude somebody.

    Examples
    --------
    >>> kinds = group_signatures([np.array([0, 1, 2]), np.array([2, 3])], np.zeros(5))
    >>> kinds.of.tolist(), kinds.inside[kinds.of[2]].tolist()
    ([2, 2, 3, 1, 0], [True, True])
    """
    members = np.unique(np.concatenate([*groups, np.asarray(alone, np.int64)])).astype(np.int64)
    table = np.zeros((members.size, len(groups)), np.bool_)
    for number, nodes in enumerate(groups):
        table[np.searchsorted(members, nodes), number] = True
    own = np.zeros(members.size, np.int64)
    own[np.searchsorted(members, np.unique(alone))] = np.arange(1, 1 + np.unique(alone).size)
    marks = np.concatenate([np.packbits(table, axis=1), own.view(np.uint8).reshape(-1, 8)], axis=1)
    _, first, kind = np.unique(marks, axis=0, return_index=True, return_inverse=True)
    of = np.zeros(costs.size, np.int32)
    of[members] = kind.reshape(-1) + 1
    inside = np.concatenate([np.zeros((1, len(groups)), np.bool_), table[first]])
    order = members[np.lexsort((members, costs[members], of[members]))]
    starts = np.searchsorted(of[order], np.arange(inside.shape[0] + 1))
    return GroupSignatures(of, inside, order, starts)

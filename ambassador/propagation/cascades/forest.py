"""Mentions as trees: who answered, quoted or reposted whom, from rows in any order and however dirty."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import count, repeat

import numpy as np
import numpy.typing as npt

from ambassador.errors import BadInputError
from ambassador.propagation.arrays import BoolArray, FloatArray, Int32Array, Int64Array
from ambassador.propagation.kernels.forest import cut_cycles, descend_trees


@dataclass(frozen=True)
class Problems:
    """What was wrong with the rows; every mention is kept.

    Attributes
    ----------
    repeated, conflicting : int64 arrays
        Row numbers of mentions seen before: with the same parent, with another one (the first counts).
    own_parent, in_cycle, orphan : int64 arrays
        Mention numbers that became roots: parent of itself, earliest of a cycle, parent not in the rows.
    before_parent : int64 array
        Mention numbers dated before their parent; they stay where they are.
    """

    repeated: Int64Array
    conflicting: Int64Array
    own_parent: Int64Array
    in_cycle: Int64Array
    orphan: Int64Array
    before_parent: Int64Array

    @property
    def count(self) -> int:
        """How many rows have a problem in all."""
        return sum(getattr(self, name).size for name in self.__dataclass_fields__)


@dataclass(frozen=True)
class Forest:
    """Mentions as trees; mention ``i`` is the i-th different id.

    Attributes
    ----------
    ids : list
        Ids in the order of first appearance, shape (mentions,).
    row : int64 array, shape (mentions,)
        Row of the input that each mention comes from.
    parent, root : int64 arrays, shape (mentions,)
        Mention numbers; the parent of a root is -1.
    depth : int32 array, shape (mentions,)
    order : int64 array, shape (mentions,)
        Mentions with parents before children.
    author : int64 array, shape (mentions,)
        Numbers of authors, -1 where unknown.
    inferred : bool array, shape (mentions,)
        True where the platform names only the root, so that the parent is no observation.
    """

    ids: list[Hashable]
    row: Int64Array
    parent: Int64Array
    root: Int64Array
    depth: Int32Array
    order: Int64Array
    author: Int64Array
    inferred: BoolArray
    problems: Problems


def build_forest(
    ids: Iterable[Hashable],
    parents: Iterable[Hashable | None],
    authors: Iterable[Hashable | None] | None = None,
    times: npt.ArrayLike | None = None,
    inferred: npt.ArrayLike | None = None,
) -> Forest:
    """Build trees from rows in any order, however dirty.

    Parameters
    ----------
    ids, parents : one per row
        A parent of None (or NaN) starts a tree; a parent that is not among the ids is reported.
    times : array of float or datetime64, optional
        NaN or NaT where unknown. Without times rows count as being in order.
    inferred : array of bool, optional
        True where the parent is only the root the platform names.

    Raises
    ------
    BadInputError
        If the columns have different lengths.

    Examples
    --------
    >>> forest = build_forest([1, 2, 3, 4], [None, 1, 1, 9])
    >>> forest.parent.tolist(), forest.problems.orphan.tolist()
    ([-1, 0, 0, -1], [3])
    """
    keys, above = _listed(ids), _listed(parents)
    writers: list[Hashable | None] = [None] * len(keys) if authors is None else _listed(authors)
    moments = _moments(times, len(keys))
    hidden = np.zeros(len(keys), np.bool_) if inferred is None else np.asarray(inferred, dtype=np.bool_)
    if not len(keys) == len(above) == len(writers) == moments.size == hidden.size:
        raise BadInputError(
            "The columns have different lengths: {rows} ids, {parents} parents.",
            rows=len(keys),
            parents=len(above),
        )
    number, mention = _numbered(keys)
    row = np.arange(len(keys)) if len(keys) == len(number) else np.unique(mention, return_index=True)[1]
    named = _parents_named(above, number)
    seen = np.ones(mention.size, np.bool_)
    seen[row] = False
    again = np.flatnonzero(seen)
    conflict = named[again] != named[row][mention[again]] if again.size else np.empty(0, np.bool_)
    parent, problems = _repaired(named[row], moments[row], again[~conflict], again[conflict])
    root, depth, order = np.empty_like(parent), np.empty(parent.size, np.int32), np.empty_like(parent)
    descend_trees(parent, root, depth, order)
    return Forest(list(number), row, parent, root, depth, order, _people(writers)[row], hidden[row], problems)


def _listed(column: Iterable[Hashable | None]) -> list[Hashable | None]:
    return column.tolist() if isinstance(column, np.ndarray) else list(column)


def _numbered(keys: list[Hashable | None]) -> tuple[dict[Hashable, int], Int64Array]:
    """Assign the different keys numbers in the order of appearance; most files name each post once."""
    number: dict[Hashable, int] = dict(zip(keys, range(len(keys)), strict=True))
    if len(number) == len(keys):
        return number, np.arange(len(keys))
    number = dict(zip(number, range(len(number)), strict=True))
    return number, _numbers(keys, number)


def _numbers(keys: list[Hashable | None], number: Mapping[Hashable, int]) -> Int64Array:
    """Look all keys up without a loop of Python's own; -2 for what is not there."""
    return np.fromiter(map(number.get, keys, repeat(-2)), np.int64, len(keys))


def _parents_named(above: list[Hashable | None], number: Mapping[Hashable, int]) -> Int64Array:
    """Look up the numbers of the parents: -1 where none is named, -2 where it is not among the rows."""
    named = _numbers(above, number)
    for missing in np.flatnonzero(named == -2).tolist():  # noqa: PLR2004 - the mark for what is not there
        if _nothing(above[missing]):
            named[missing] = -1
    return named


def _people(writers: list[Hashable | None]) -> Int64Array:
    """Assign authors numbers in one pass over them; those of nobody are taken out afterwards."""
    number: defaultdict[Hashable | None, int] = defaultdict(count().__next__)
    people = np.fromiter(map(number.__getitem__, writers), np.int64, len(writers))
    known = np.fromiter((not _nothing(key) for key in number), np.bool_, len(number))
    return np.where(known, np.cumsum(known) - 1, -1)[people]


def _nothing(key: Hashable | None) -> bool:
    return key is None or key != key  # noqa: PLR0124 - NaN alone differs from itself


def _moments(times: npt.ArrayLike | None, rows: int) -> FloatArray:
    if times is None:
        return np.arange(rows, dtype=np.float64)
    given = np.asarray(times)
    if given.dtype.kind == "M":
        unknown = np.isnat(given)
        return np.where(unknown, np.nan, given.astype("datetime64[us]").astype(np.int64).astype(np.float64))
    return given.astype(np.float64)


def _repaired(
    named: Int64Array, moments: FloatArray, repeated: Int64Array, conflicting: Int64Array
) -> tuple[Int64Array, Problems]:
    parent = named.copy()
    orphan = np.flatnonzero(parent == -2)  # noqa: PLR2004 - the mark for an unknown parent
    own = np.flatnonzero(parent == np.arange(parent.size))
    parent[orphan] = -1
    parent[own] = -1
    cut = np.zeros(parent.size, np.bool_)
    cut_cycles(parent, np.nan_to_num(moments, nan=np.inf), cut)
    child = np.flatnonzero(parent >= 0)
    early = child[moments[child] < moments[parent[child]]]
    return parent, Problems(repeated, conflicting, own, np.flatnonzero(cut), orphan, early)

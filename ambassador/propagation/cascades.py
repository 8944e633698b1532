"""Observed cascades: who answered, quoted or reposted whom, as trees and their measures.

Sources: Goel, Anderson, Hofman, Watts, "The structural virality of online diffusion", Management
Science 2016, for size, depth, largest broadcast and structural virality.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ambassador.errors import BadInputError
from ambassador.propagation.kernels.forest import cut_cycles, descend_trees, measure_trees, nearest_marked

BoolArray = npt.NDArray[np.bool_]
Int32Array = npt.NDArray[np.int32]
Int64Array = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]


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


@dataclass(frozen=True)
class Cascade:
    """One tree and its measures; None where the platform hides what they need.

    Attributes
    ----------
    root : hashable
        Id of the first mention.
    root_number : int
        Its number in the forest.
    size : int
        Mentions, the root included.
    authors : int
        Different people, unknown ones not counted.
    depth : int or None
        Longest chain of answers.
    breadth : int or None
        Most mentions at one depth.
    broadcast_share : float or None
        Largest number of direct answers to one mention, over all answers; None without answers.
    structural_virality : float or None
        Mean distance over pairs of mentions; None for a single mention.
    """

    root: Hashable
    root_number: int
    size: int
    authors: int
    depth: int | None
    breadth: int | None
    broadcast_share: float | None
    structural_virality: float | None


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
    keys, above = list(ids), list(parents)
    writers: list[Hashable | None] = [None] * len(keys) if authors is None else list(authors)
    moments = _moments(times, len(keys))
    hidden = np.zeros(len(keys), np.bool_) if inferred is None else np.asarray(inferred, dtype=np.bool_)
    if not len(keys) == len(above) == len(writers) == moments.size == hidden.size:
        raise BadInputError(
            "The columns have different lengths: {rows} ids, {parents} parents.",
            rows=len(keys),
            parents=len(above),
        )
    number: dict[Hashable, int] = {}
    mention = np.array([number.setdefault(key, len(number)) for key in keys], dtype=np.int64)
    row = np.unique(mention, return_index=True)[1].astype(np.int64)
    named = np.array([-1 if _nothing(key) else number.get(key, -2) for key in above], dtype=np.int64)
    seen = np.ones(mention.size, np.bool_)
    seen[row] = False
    again = np.flatnonzero(seen)
    conflict = named[again] != named[row][mention[again]] if again.size else np.empty(0, np.bool_)
    parent, problems = _repaired(named[row], moments[row], again[~conflict], again[conflict])
    root, depth, order = np.empty_like(parent), np.empty(parent.size, np.int32), np.empty_like(parent)
    descend_trees(parent, root, depth, order)
    author_of: dict[Hashable, int] = {}
    people = [-1 if _nothing(key) else author_of.setdefault(key, len(author_of)) for key in writers]
    author = np.array(people, dtype=np.int64)[row]
    return Forest(list(number), row, parent, root, depth, order, author, hidden[row], problems)


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


def list_cascades(forest: Forest) -> list[Cascade]:
    """Measure every tree, the largest first.

    Examples
    --------
    >>> star = build_forest("abcd", [None, "a", "a", "a"])
    >>> [(c.size, c.depth, c.breadth, c.structural_virality) for c in list_cascades(star)]
    [(4, 1, 3, 1.5)]
    """
    count = forest.parent.size
    size, pairs = np.empty(count, np.int64), np.zeros(count)
    measure_trees(forest.parent, forest.root, forest.order, size, pairs)
    roots = np.flatnonzero(forest.parent < 0)
    roots = roots[np.lexsort((roots, -size[roots]))]
    children = np.bincount(forest.parent[forest.parent >= 0], minlength=count)
    shapes = np.stack(
        [_largest_by_root(forest, forest.depth), _breadth(forest), _largest_by_root(forest, children)], axis=1
    )
    hidden = _largest_by_root(forest, forest.inferred.astype(np.int64))
    people = _authors(forest)
    return [
        _cascade(
            forest, root, int(size[root]), int(people[root]), pairs[root], shapes[root].tolist(), hidden[root]
        )
        for root in roots.tolist()
    ]


def _cascade(
    forest: Forest, root: int, size: int, authors: int, pairs: float, shape: list[int], hidden: int
) -> Cascade:
    key = forest.ids[root]
    if hidden:
        return Cascade(key, root, size, authors, None, None, None, None)
    depth, breadth, answers = shape
    if size == 1:
        return Cascade(key, root, size, authors, depth, breadth, None, None)
    virality = 2 * float(pairs) / (size * (size - 1))
    return Cascade(key, root, size, authors, depth, breadth, answers / (size - 1), virality)


def _largest_by_root(forest: Forest, values: npt.NDArray[np.integer]) -> Int64Array:
    largest = np.zeros(forest.parent.size, np.int64)
    np.maximum.at(largest, forest.root, values)
    return largest


def _breadth(forest: Forest) -> Int64Array:
    width = int(forest.depth.max(initial=0)) + 1
    levels, counts = np.unique(forest.root * width + forest.depth, return_counts=True)
    breadth = np.zeros(forest.parent.size, np.int64)
    np.maximum.at(breadth, levels // width, counts)
    return breadth


def _authors(forest: Forest) -> Int64Array:
    known = forest.author >= 0
    span = int(forest.author.max(initial=0)) + 1
    pairs = np.unique(forest.root[known] * span + forest.author[known])
    return np.bincount(pairs // span, minlength=forest.parent.size)


def reproduction_number(forest: Forest) -> float | None:
    """Give R of finished cascades, (N - m) / N with m roots: answers per mention; None without mentions.

    Examples
    --------
    >>> reproduction_number(build_forest("abcd", [None, "a", "a", None]))
    0.5
    """
    count = forest.parent.size
    return None if count == 0 else int(np.count_nonzero(forest.parent >= 0)) / count


def nearest_upstream(parent: npt.ArrayLike, marked: npt.ArrayLike) -> Int64Array:
    """Give the nearest marked mention upstream of each, itself included, or -1: direct credit.

    Parameters
    ----------
    parent : array of int, shape (mentions,)
        Mention numbers, -1 for roots, without cycles (see ``build_forest``).
    marked : array of bool, shape (mentions,)

    Examples
    --------
    >>> nearest_upstream([-1, 0, 1, -1], [True, False, False, False]).tolist()
    [0, 0, 0, -1]
    """
    above = np.asarray(parent, dtype=np.int64)
    marks = np.asarray(marked, dtype=np.bool_)
    root, depth, order = np.empty_like(above), np.empty(above.size, np.int32), np.empty_like(above)
    descend_trees(above, root, depth, order)
    nearest = np.empty_like(above)
    nearest_marked(above, order, marks, nearest)
    return nearest

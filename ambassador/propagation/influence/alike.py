"""Candidates alike in everything, counted as one: where most people appear once, nearly all of them are."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np

from ambassador.propagation.arrays import AnyArray, BoolArray, FloatArray, Int64Array

# So many rows to a group, at least: below, sorting them costs as much as it saves.
_WORTH = 2.0


@dataclass(frozen=True, eq=False)
class Alike:
    """Which of some candidates stand for all.

    Attributes
    ----------
    offsets : int64 array, shape (kept + 1,)
        Of each candidate that stands for its like, in ``pairs``.
    pairs, candidates : int64 arrays
        Places, among all there were, of the pairs and of the candidates that are kept.
    weight : float array, shape (kept,)
        Of everybody each stands for.
    """

    offsets: Int64Array
    pairs: Int64Array
    candidates: Int64Array
    weight: FloatArray


def as_groups(columns: Mapping[str, FloatArray], rows: int) -> Int64Array:
    """Number rows by what they hold: the same number where all columns agree.

    Examples
    --------
    >>> as_groups({"a": np.array([2.0, 1.0, 2.0]), "b": np.array([5.0, 5.0, 5.0])}, 3).tolist()
    [1, 0, 1]
    """
    return reduce(_finer, columns.values(), np.zeros(rows, np.int64))


def merge_alike(
    offsets: Int64Array, activated: BoolArray, weight: FloatArray, pairs: Int64Array, people: Int64Array
) -> Alike:
    """Merge candidates of one exposing tie or none that agree in it, in themselves and in what they did.

    Whoever heard of it from several stands alone: few of them are alike. A sum over candidates, each times
    its weight, stays what it was.

    Parameters
    ----------
    offsets : int64 array, shape (candidates + 1,)
        Of each candidate's ties.
    activated, weight : arrays, shape (candidates,)
    pairs, people : int64 arrays
        Groups of each tie and each candidate, as ``as_groups`` numbers them.

    Examples
    --------
    >>> none, twice = np.zeros(3, np.bool_), np.array([0, 1, 1])
    >>> found = merge_alike(np.array([0, 0, 1, 2]), none, np.array([1.0, 2.0, 3.0]), np.zeros(2, int), twice)
    >>> found.candidates.tolist(), found.weight.tolist(), found.pairs.tolist()
    ([0, 1], [1.0, 5.0], [0])
    """
    count = np.diff(offsets)
    first = np.minimum(offsets[:-1], max(pairs.size - 1, 0))
    tie = np.where(count == 1, pairs[first], -1) if pairs.size else np.full(count.size, -1)
    alone = np.where(count > 1, np.arange(count.size), -1)
    code = reduce(_finer, (tie, alone, activated), people)
    _, kept, group = np.unique(code, return_index=True, return_inverse=True)
    order = np.argsort(kept)
    held = kept[order]
    ends = np.concatenate([[0], np.cumsum(count[held])]).astype(np.int64)
    places = np.repeat(offsets[:-1][held] - ends[:-1], count[held]) + np.arange(ends[-1])
    summed = np.bincount(group, weight, kept.size)[order]
    return Alike(ends, places.astype(np.int64), held.astype(np.int64), summed.astype(np.float64))


def distinct_rows(*columns: AnyArray) -> tuple[Int64Array, Int64Array, Int64Array]:
    """Return a row of each kind, the kind of each row, and how many there are of each kind.

    Examples
    --------
    >>> kept, kind, count = distinct_rows(np.array([2.0, 1.0, 2.0]), np.array([5.0, 5.0, 5.0]))
    >>> kept.tolist(), kind.tolist(), count.tolist()
    ([1, 0], [1, 0, 1], [1, 2])
    """
    code = reduce(_finer, columns, np.zeros(columns[0].size, np.int64))
    _, kept, kind, count = np.unique(code, return_index=True, return_inverse=True, return_counts=True)
    return kept.astype(np.int64), kind.astype(np.int64), count.astype(np.int64)


def is_worth_it(groups: Int64Array, people: Int64Array) -> bool:
    """Tell whether rows repeat enough for merging to pay."""
    different = max(groups.max(initial=0), people.max(initial=0)) + 1
    return people.size >= _WORTH * different


def _finer(code: Int64Array, column: AnyArray) -> Int64Array:
    """Part groups further by one more column; numbers stay below the number of rows."""
    values, place = np.unique(column, return_inverse=True)
    return np.unique(code * values.size + place, return_inverse=True)[1].astype(np.int64)

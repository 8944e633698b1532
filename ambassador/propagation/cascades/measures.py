"""Measures of observed cascades: how large, how deep, how broad, how much was passed on.

Sources: Goel, Anderson, Hofman, Watts, "The structural virality of online diffusion", Management
Science 2016, for size, depth, largest broadcast and structural virality.
"""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ambassador.propagation.arrays import Int64Array
from ambassador.propagation.cascades.forest import Forest
from ambassador.propagation.kernels.forest import (
    count_authors,
    descend_trees,
    measure_trees,
    nearest_marked,
    shape_trees,
)


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


def list_cascades(forest: Forest) -> list[Cascade]:
    """Measure every tree, the largest first.

    Examples
    --------
    >>> from ambassador.propagation.cascades.forest import build_forest
    >>> star = build_forest("abcd", [None, "a", "a", "a"])
    >>> [(c.size, c.depth, c.breadth, c.structural_virality) for c in list_cascades(star)]
    [(4, 1, 3, 1.5)]
    """
    count = forest.parent.size
    size, pairs = np.empty(count, np.int64), np.zeros(count)
    measure_trees(forest.parent, forest.root, forest.order, size, pairs)
    roots = np.flatnonzero(forest.parent < 0)
    roots = roots[np.lexsort((roots, -size[roots]))]
    deepest, broadest, busiest = (np.zeros(count, np.int64) for _ in range(3))
    shape_trees(forest.root, forest.depth, forest.parent, deepest, broadest, busiest)
    people = np.zeros(count, np.int64)
    members = np.argsort(forest.root, kind="stable")
    count_authors(forest.root, forest.author, members, people)
    hidden = np.bincount(forest.root, forest.inferred, count) > 0
    columns = (roots, size[roots], people[roots], pairs[roots], deepest[roots], broadest[roots])
    return [
        _cascade(forest, *values)
        for values in zip(
            *(column.tolist() for column in (*columns, busiest[roots], hidden[roots])), strict=True
        )
    ]


def _cascade(  # noqa: PLR0913, PLR0917 - a row of columns
    forest: Forest,
    root: int,
    size: int,
    authors: int,
    pairs: float,
    depth: int,
    breadth: int,
    answers: int,
    hidden: bool,  # noqa: FBT001
) -> Cascade:
    key = forest.ids[root]
    if hidden:
        return Cascade(key, root, size, authors, None, None, None, None)
    if size == 1:
        return Cascade(key, root, size, authors, depth, breadth, None, None)
    virality = 2 * pairs / (size * (size - 1))
    return Cascade(key, root, size, authors, depth, breadth, answers / (size - 1), virality)


def reproduction_number(forest: Forest) -> float | None:
    """R of finished cascades, (N - m) / N with m roots: answers per mention; None without mentions.

    Examples
    --------
    >>> from ambassador.propagation.cascades.forest import build_forest
    >>> reproduction_number(build_forest("abcd", [None, "a", "a", None]))
    0.5
    """
    count = forest.parent.size
    return None if count == 0 else int(np.count_nonzero(forest.parent >= 0)) / count


def nearest_upstream(parent: npt.ArrayLike, marked: npt.ArrayLike) -> Int64Array:
    """Nearest marked mention upstream of each, itself included, or -1: direct credit.

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

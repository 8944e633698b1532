"""Shapes of cascades whose parents are only inferred: ranges over trees drawn from the probabilities."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ambassador.propagation.arrays import FloatArray, Int32Array, Int64Array
from ambassador.propagation.cascades.forest import Forest
from ambassador.propagation.kernels.forest import cut_cycles, descend_trees, measure_trees, shape_trees
from ambassador.propagation.kernels.parents import draw_parents

RUNS = 200  # trees drawn: a share of them is then known to 3.5 points (sqrt(0.25 / 200))
NEARLY = 0.999  # what is inferred is never as sure as what was seen
MEASURES = ("depth", "breadth", "broadcast_share", "structural_virality", "reproduction")
# Of the ranges shown, everywhere in the product: half, four in five, nine in ten.
LEVELS = (0.5, 0.8, 0.9)


@dataclass(frozen=True, eq=False)
class PossibleParents:
    """Possible parents of the mentions of a forest, by number; what is missing to 1 is nobody known.

    Attributes
    ----------
    ends : int64 array, shape (mentions + 1,)
    above : int64 array, shape (entries,)
    probability : float64 array, shape (entries,)
    """

    ends: Int64Array
    above: Int64Array
    probability: FloatArray

    @property
    def known(self) -> FloatArray:
        """How much of each mention's probability lies on somebody known."""
        reached = np.concatenate([[0.0], np.cumsum(self.probability)])
        return np.asarray(reached[self.ends[1:]] - reached[self.ends[:-1]])

    @property
    def likeliest(self) -> FloatArray:
        """Probability of each mention's likeliest parent; 0 where nothing is known."""
        best = np.zeros(self.ends.size - 1)
        np.maximum.at(best, np.repeat(np.arange(best.size), np.diff(self.ends)), self.probability)
        return best


@dataclass(frozen=True, eq=False)
class PlausibleShapes:
    """Measures of some trees over the draws.

    Attributes
    ----------
    roots : int64 array, shape (trees,)
        Mention numbers of the trees that hide parents of which something is known.
    values : float64 array, shape (measures, draws, trees)
        In the order of ``MEASURES``; ``reproduction`` counts whoever came from nobody known as a start.
    sure : float64 array, shape (trees,)
        Mean probability of the likeliest parent over the mentions that hide theirs.
    """

    roots: Int64Array
    values: FloatArray
    sure: FloatArray

    def likely(self, measure: str) -> FloatArray:
        """Median, then low and high of 50, 80 and 90%, shape (7, trees): numbers that were drawn.

        Examples
        --------
        >>> shapes = PlausibleShapes(np.array([0]), np.arange(15.0).reshape(5, 3, 1), np.ones(1))
        >>> shapes.likely("breadth")[:, 0].tolist()
        [4.0, 3.0, 5.0, 3.0, 5.0, 3.0, 5.0]
        """
        drawn = self.values[MEASURES.index(measure)]
        tails = [0.5, *(tail for level in LEVELS for tail in ((1 - level) / 2, (1 + level) / 2))]
        return np.asarray(np.quantile(drawn, tails, axis=0, method="inverted_cdf"))


def likely_tree(
    forest: Forest, possible: PossibleParents, times: FloatArray
) -> tuple[Int64Array, FloatArray]:
    """Likeliest parents and how sure each is; posts of rather nobody known stay where they are.

    Returns
    -------
    tuple of int64 and float64 array, shape (mentions,)
        Parents without circles; probabilities, 1 where the parent was not hidden.

    Examples
    --------
    >>> from ambassador.propagation.cascades.forest import build_forest
    >>> forest = build_forest("abc", [None, "a", "a"], inferred=[False, False, True])
    >>> possible = PossibleParents(np.array([0, 0, 0, 2]), np.array([0, 1]), np.array([0.3, 0.7]))
    >>> [array.tolist() for array in likely_tree(forest, possible, np.arange(3.0))]
    [[-1, 0, 1], [1.0, 1.0, 0.7]]
    """
    parent, sure = forest.parent.copy(), np.where(forest.inferred, 0.0, 1.0)
    nobody = 1.0 - possible.known
    for number in np.flatnonzero(np.diff(possible.ends)).tolist():
        span = slice(int(possible.ends[number]), int(possible.ends[number + 1]))
        best = int(np.argmax(possible.probability[span]))
        if nobody[number] < 0.5:  # noqa: PLR2004 - somebody known is likelier than not
            parent[number] = possible.above[span][best]
            sure[number] = min(possible.probability[span][best], NEARLY)
    cut_cycles(parent, np.nan_to_num(times, nan=np.inf), np.zeros(parent.size, np.bool_))
    return parent, sure


def plausible_shapes(
    forest: Forest, possible: PossibleParents, times: FloatArray, *, key: int, runs: int = RUNS
) -> PlausibleShapes:
    """Draw trees on numbered keys and measure them; a parent that is nobody known stays the start.

    Examples
    --------
    >>> from ambassador.propagation.cascades.forest import build_forest
    >>> forest = build_forest("abc", [None, "a", "a"], inferred=[False, False, True])
    >>> possible = PossibleParents(np.array([0, 0, 0, 2]), np.array([0, 1]), np.array([0.5, 0.5]))
    >>> shapes = plausible_shapes(forest, possible, np.arange(3.0), key=1)
    >>> shapes.likely("depth")[:, 0].tolist()
    [1.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0]
    """
    telling = np.diff(possible.ends) > 0
    concerned = np.zeros(telling.size, np.bool_)
    concerned[forest.root[telling]] = True
    inside = np.flatnonzero(concerned[forest.root])
    part = _renumbered(forest, possible, inside)
    hidden = forest.inferred[inside]
    roots = np.flatnonzero(part.parent < 0)
    values = np.empty((len(MEASURES), runs, roots.size))
    tree = np.empty_like(part.parent)
    descend_trees(part.parent, tree, np.empty(part.parent.size, np.int32), np.empty_like(part.parent))
    for run, (parent, drawn) in enumerate(_drawn_trees(part, times[inside], key, runs)):
        unknown = np.bincount(tree, hidden & (drawn < 0), parent.size)[roots].astype(np.float64)
        values[:, run] = _measured(parent, roots, unknown)
    likeliest = np.bincount(tree, possible.likeliest[inside] * hidden, tree.size)[roots]
    sure = likeliest / np.maximum(np.bincount(tree, hidden, tree.size)[roots], 1)
    return PlausibleShapes(inside[roots], values, sure)


def branch_shares(
    forest: Forest,
    possible: PossibleParents,
    times: FloatArray,
    heads: Sequence[int],
    *,
    key: int,
    runs: int = RUNS,
) -> FloatArray:
    """Range that holds the share of a cascade behind each of some mentions in 8 of 10 drawn trees.

    Parameters
    ----------
    heads : sequence of int
        Mention numbers of one tree; each counts as part of what is behind it.

    Returns
    -------
    float64 array, shape (heads, 2)

    Examples
    --------
    >>> from ambassador.propagation.cascades.forest import build_forest
    >>> forest = build_forest("abc", [None, "a", "a"], inferred=[False, False, True])
    >>> possible = PossibleParents(np.array([0, 0, 0, 2]), np.array([0, 1]), np.array([0.5, 0.5]))
    >>> branch_shares(forest, possible, np.arange(3.0), [1], key=1).round(2).tolist()
    [[0.33, 0.67]]
    """
    if not len(heads):
        return np.empty((0, 2))
    inside = np.flatnonzero(forest.root == forest.root[heads[0]])
    part, places = _renumbered(forest, possible, inside), np.searchsorted(inside, heads)
    shares = np.empty((runs, len(heads)))
    for run, (parent, _) in enumerate(_drawn_trees(part, times[inside], key, runs)):
        shares[run] = _sizes(parent)[0][places] / inside.size
    return np.quantile(shares, (0.1, 0.9), axis=0, method="inverted_cdf").T


@dataclass(frozen=True, eq=False)
class _ForestPart:
    """Some whole trees of a forest, renumbered, with their possible parents."""

    parent: Int64Array
    ends: Int64Array
    above: Int64Array
    share: FloatArray


def _drawn_trees(
    part: _ForestPart, times: FloatArray, key: int, runs: int
) -> Iterator[tuple[Int64Array, Int64Array]]:
    """Draw parents; give the trees without circles, and what was drawn, -1 for nobody known."""
    moments = np.nan_to_num(times, nan=np.inf)
    for run in range(runs):
        drawn = np.empty(part.parent.size, np.int64)
        draw_parents(part.ends, part.above, part.share, np.uint64(key), run, drawn)
        parent = np.where(drawn >= 0, drawn, part.parent)
        cut_cycles(parent, moments, np.zeros(parent.size, np.bool_))
        yield parent, drawn


def _renumbered(forest: Forest, possible: PossibleParents, inside: Int64Array) -> _ForestPart:
    """Assign the mentions of some trees new numbers; their possible parents lie among them."""
    place = np.full(forest.parent.size + 1, -1, np.int64)
    place[inside] = np.arange(inside.size)
    count = np.diff(possible.ends)
    kept = np.repeat(place[:-1] >= 0, count)
    ends = np.concatenate([[0], np.cumsum(count[inside])])
    return _ForestPart(
        place[forest.parent[inside]], ends, place[possible.above[kept]], possible.probability[kept]
    )


def _sizes(parent: Int64Array) -> tuple[Int64Array, FloatArray, Int64Array, Int32Array]:
    """Count what hangs below each mention, itself included; give the distances within too, root and depth."""
    root, depth, order = np.empty_like(parent), np.empty(parent.size, np.int32), np.empty_like(parent)
    descend_trees(parent, root, depth, order)
    size, pairs = np.empty(parent.size, np.int64), np.zeros(parent.size)
    measure_trees(parent, root, order, size, pairs)
    return size, pairs, root, depth


def _measured(parent: Int64Array, roots: Int64Array, unknown: FloatArray) -> FloatArray:
    size, pairs, root, depth = _sizes(parent)
    deepest, broadest, busiest = (np.zeros(parent.size, np.int64) for _ in range(3))
    shape_trees(root, depth, parent, deepest, broadest, busiest)
    posts = size[roots].astype(np.float64)
    others = np.maximum(posts - 1, 1)
    return np.stack(
        [
            deepest[roots],
            broadest[roots],
            busiest[roots] / others,
            2 * pairs[roots] / (posts * others),
            (posts - 1 - unknown) / posts,
        ]
    )

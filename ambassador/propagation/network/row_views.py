"""The arrays kernels walk along, derived from a network when first needed and then kept."""

import math
from functools import cached_property
from typing import Literal

import numpy as np

from ambassador.errors import BadInputError
from ambassador.propagation.arrays import FloatArray, Int32Array, Int64Array, RealArray, UInt64Array
from ambassador.propagation.kernels.adjacency import (
    CERTAIN,
    common_thresholds,
    packed_by_node,
    packed_ties,
)
from ambassador.propagation.kernels.reverse import WAVE, InTies
from ambassador.propagation.kernels.waves import Ties
from ambassador.propagation.network.rows import CompressedRows

Diffusion = Literal["ic", "lt"]
THRESHOLD_BITS = 33  # a threshold runs from 0 to 2^32, both included
# Above this probability tossing a coin for every tie is cheaper than drawing the gaps between live ones.
MOST_FOR_GAPS = 1 / 16
EMPTY_TIES = 2  # behind the last tie: coins are tossed in pairs, and the next word is fetched ahead
MOST_EXPECTED = 4.0  # above this many expected live in-ties a coin for each is cheaper than a table


class RowViews:
    """Packed ties of one network, for both diffusions and both directions.

    Linear threshold needs in-weights that sum to at most 1 (Kempe, Kleinberg, Tardos 2003): where
    they sum to more they are divided by their sum.
    """

    def __init__(self, network: CompressedRows) -> None:
        self._network = network

    def out(self, diffusion: Diffusion) -> Ties:
        """Ties forward simulation walks along.

        Examples
        --------
        >>> from ambassador.propagation.network.network import InfluenceNetwork
        >>> network = InfluenceNetwork.from_arrays([0, 0], [1, 2], [0.5, 0.25])
        >>> network.row_views.out("ic").widest, network.row_views.out("lt").by_threshold
        (2, True)
        """
        return self._out_threshold if is_threshold(diffusion) else self._out_independent

    def tossed(self, diffusion: Diffusion) -> Ties:
        """Ties with a coin for each, also where ``out`` draws the gaps between live ones.

        Examples
        --------
        >>> from ambassador.propagation.network.network import InfluenceNetwork
        >>> alike = InfluenceNetwork.from_arrays([0, 0], [1, 2], 0.01)
        >>> alike.row_views.out("ic").gap < 0, alike.row_views.tossed("ic").gap
        (True, 0.0)
        """
        return self._out_threshold if is_threshold(diffusion) else self._out_tossed

    def into(self, diffusion: Diffusion) -> InTies:
        """Ties reverse sampling walks along.

        Examples
        --------
        >>> from ambassador.propagation.network.network import InfluenceNetwork
        >>> network = InfluenceNetwork.from_arrays([0, 1], [2, 2], 0.5)
        >>> network.row_views.into("ic").sources.tolist()
        [0, 1]
        """
        return self._in_threshold if is_threshold(diffusion) else self._in_independent

    @cached_property
    def _rule_thresholds(self) -> UInt64Array:
        """Thresholds of the weighted cascade, by target."""
        degrees = np.maximum(np.diff(self._network.in_offsets), 1)
        return (CERTAIN / degrees + 0.5).astype(np.uint64)

    @cached_property
    def _out_independent(self) -> Ties:
        gap = gap_of(self._network.given)
        if gap < 0:
            return self._out_ties(np.empty(0, np.uint64))._replace(gap=gap)
        return self._out_tossed

    @cached_property
    def _out_tossed(self) -> Ties:
        network = self._network
        packed = np.zeros(network.tie_count + EMPTY_TIES, np.uint64)
        if network.given is None:
            packed_by_node(network.out_targets, self._rule_thresholds, packed)
        else:
            packed_ties(network.out_targets, network.given, packed)
        return self._out_ties(packed)

    @cached_property
    def _weights(self) -> FloatArray:
        """Weights for linear threshold, by tie number; rounded down so that they never pass 1."""
        network = self._network
        totals = np.bincount(network.out_targets, network.probability, network.node_count)
        scaled = network.probability / np.maximum(totals, 1.0)[network.out_targets]
        return np.floor(scaled * CERTAIN) / CERTAIN

    @cached_property
    def _out_threshold(self) -> Ties:
        network = self._network
        packed = np.zeros(network.tie_count + EMPTY_TIES, np.uint64)
        packed_ties(network.out_targets, self._weights, packed)
        return self._out_ties(packed)._replace(by_threshold=True)

    def _out_ties(self, packed: UInt64Array) -> Ties:
        offsets, targets = self._network.out_offsets, self._network.out_targets
        widest = int(np.diff(offsets).max(initial=0))
        return Ties(offsets, targets, packed, widest, gap=0.0, by_threshold=False)

    @cached_property
    def _in_independent(self) -> InTies:
        network = self._network
        if network.given is None:
            return self._in_ties(self._rule_thresholds.astype(np.int64), np.empty(0, np.uint64))
        common, own = self._common(network.given)
        return self._in_ties(common, own)

    @cached_property
    def _in_threshold(self) -> InTies:
        common, own = self._common(self._weights)
        return self._in_ties(common, own)._replace(by_threshold=True)

    def _common(self, values: RealArray) -> tuple[Int64Array, UInt64Array]:
        network = self._network
        common = np.empty(network.node_count, np.int64)
        if common_thresholds(network.in_offsets, network.in_ties, values, common) == 0:
            return common, np.empty(0, np.uint64)
        return common, (values[network.in_ties] * CERTAIN + 0.5).astype(np.uint64)

    def _in_ties(self, common: Int64Array, own: UInt64Array) -> InTies:
        network = self._network
        degrees = np.diff(network.in_offsets)
        row, table = tables(degrees, common)
        widest = int(degrees.max(initial=0))
        return InTies(
            network.in_offsets, network.in_sources, own, common, row, table, widest + WAVE, by_threshold=False
        )


def gap_of(probability: RealArray | None) -> float:
    """1 / ln(1 - p) where all ties share one small probability p, 0 where they do not.

    Examples
    --------
    >>> round(gap_of(np.array([0.01, 0.01])), 2), gap_of(np.array([0.01, 0.02]))
    (-99.5, 0.0)
    """
    if probability is None or probability.size == 0:
        return 0.0
    least = float(probability.min())
    if not 0 < least <= MOST_FOR_GAPS or float(probability.max()) != least:
        return 0.0
    return 1 / math.log1p(-least)


def is_threshold(diffusion: Diffusion) -> bool:
    """Whether this is linear threshold; a name that is neither is refused.

    Examples
    --------
    >>> is_threshold("lt"), is_threshold("ic")
    (True, False)
    """
    if diffusion not in {"ic", "lt"}:
        raise BadInputError("'{diffusion}' is no diffusion: choose ic or lt.", diffusion=diffusion)
    return diffusion == "lt"


def tables(degrees: Int64Array, common: Int64Array) -> tuple[Int32Array, UInt64Array]:
    """Tabulate the number of live in-ties for each (in-degree, threshold) that occurs.

    Returns
    -------
    row : int32 array, shape (nodes,)
        Where the node's table starts, -1 where there is none.
    table : uint64 array
        Distribution functions times 2^32, each up to the first entry of 2^32.

    Examples
    --------
    >>> row, table = tables(np.array([2, 0]), np.array([2**31, -1]))
    >>> row.tolist(), (table / 2**32).tolist()
    ([0, -1], [0.25, 0.75, 1.0])
    """
    fits = (common >= 0) & (degrees * (common / CERTAIN) <= MOST_EXPECTED)
    kinds, which = np.unique((degrees[fits] << THRESHOLD_BITS) | common[fits], return_inverse=True)
    starts: list[int] = []
    entries: list[int] = []
    for kind in kinds.tolist():
        starts.append(len(entries))
        degree, threshold = divmod(kind, 1 << THRESHOLD_BITS)
        entries += binomial_thresholds(degree, threshold / CERTAIN)
    row = np.full(degrees.size, -1, np.int32)
    row[fits] = np.array(starts, np.int32)[which]
    return row, np.array(entries, np.uint64)


def binomial_thresholds(degree: int, probability: float) -> list[int]:
    """P(number of live ties <= j) x 2^32 for j = 0, 1, ... until it reaches 2^32.

    Examples
    --------
    >>> [entry / 2**32 for entry in binomial_thresholds(2, 0.5)]
    [0.25, 0.75, 1.0]
    """
    if probability >= 1.0:
        return [0] * degree + [int(CERTAIN)]
    chance, total, entries = (1.0 - probability) ** degree, 0.0, []
    for j in range(degree):
        total += chance
        entries.append(min(int(total * CERTAIN + 0.5), int(CERTAIN)))
        if entries[-1] == int(CERTAIN):
            return entries
        chance *= (degree - j) / (j + 1) * probability / (1.0 - probability)
    return [*entries, int(CERTAIN)]

"""Who was exposed to whom in past cascades: arrays in, counts out."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ambassador.propagation.kernels.compiled import Int, kernel

Int32Array = npt.NDArray[np.int32]
Int64Array = npt.NDArray[np.int64]

LATE = np.int64(1) << 62


class Past(NamedTuple):
    """A log and the ties word travels along: by source, or by target where a kernel says so."""

    offsets: Int64Array
    nodes: Int32Array
    tie_offsets: Int64Array
    tie_ends: Int32Array


@kernel
def count_exposures(
    past: Past,
    place: Int64Array,
    trials: Int64Array,
    successes: Int64Array,
) -> None:
    """Count per tie how often its target, not active yet, saw its source active, and then became so too.

    ``place`` holds ``LATE`` for every node, before and after.
    """
    for cascade in range(past.offsets.size - 1):
        first, last = past.offsets[cascade], past.offsets[cascade + 1]
        for entry in range(first, last):
            place[past.nodes[entry]] = entry
        for entry in range(first, last):
            source = past.nodes[entry]
            for tie in range(past.tie_offsets[source], past.tie_offsets[source + 1]):
                when = place[past.tie_ends[tie]]
                if when > entry:
                    trials[tie] += 1
                    successes[tie] += when != LATE
        for entry in range(first, last):
            place[past.nodes[entry]] = LATE


@kernel
def count_exposed_entries(
    past: Past,
    place: Int64Array,
    exposing: Int64Array,
) -> None:
    """Count for each entry those its author listens to who were active before; ``place`` as above."""
    for cascade in range(past.offsets.size - 1):
        first, last = past.offsets[cascade], past.offsets[cascade + 1]
        for entry in range(first, last):
            place[past.nodes[entry]] = entry
        for entry in range(first, last):
            target = past.nodes[entry]
            for tie in range(past.tie_offsets[target], past.tie_offsets[target + 1]):
                exposing[entry] += place[past.tie_ends[tie]] < entry
        for entry in range(first, last):
            place[past.nodes[entry]] = LATE


def nobody_yet(node_count: Int) -> Int64Array:
    """Make the ``place`` of a network nobody is active in."""
    return np.full(node_count, LATE, np.int64)


@kernel
def count_candidates(
    past: Past,
    place: Int64Array,
    seen: Int64Array,
) -> tuple[int, int]:
    """Count the candidates of all cascades and the ties that expose them; ``seen`` holds -1."""
    candidates, pairs = 0, 0
    for cascade in range(past.offsets.size - 1):
        first, last = past.offsets[cascade], past.offsets[cascade + 1]
        for entry in range(first, last):
            place[past.nodes[entry]] = entry
        for entry in range(first, last):
            source = past.nodes[entry]
            for tie in range(past.tie_offsets[source], past.tie_offsets[source + 1]):
                target = past.tie_ends[tie]
                if place[target] > entry:
                    pairs += 1
                    candidates += seen[target] != cascade
                    seen[target] = cascade
        for entry in range(first, last):
            place[past.nodes[entry]] = LATE
    return candidates, pairs


@kernel
def list_candidates(
    past: Past,
    place: Int64Array,
    seen: Int64Array,
    who: Int32Array,
    which: Int32Array,
    activated: npt.NDArray[np.bool_],
    ends: Int64Array,
) -> None:
    """Fill who is exposed in which cascade, whether they followed, and by how many (in ``ends[1:]``)."""
    found = 0
    for cascade in range(past.offsets.size - 1):
        first, last = past.offsets[cascade], past.offsets[cascade + 1]
        for entry in range(first, last):
            place[past.nodes[entry]] = entry
        start = found
        for entry in range(first, last):
            source = past.nodes[entry]
            for tie in range(past.tie_offsets[source], past.tie_offsets[source + 1]):
                target = past.tie_ends[tie]
                if place[target] > entry:
                    if seen[target] < start:
                        seen[target] = found
                        who[found], which[found] = target, cascade
                        activated[found] = place[target] != LATE
                        found += 1
                    ends[seen[target] + 1] += 1
        for entry in range(first, last):
            place[past.nodes[entry]] = LATE


@kernel
def list_exposing(
    past: Past,
    place: Int64Array,
    seen: Int64Array,
    filled: Int64Array,
    ties: Int64Array,
    entries: Int32Array,
) -> None:
    """Fill the exposing ties of each candidate and the entries they come from, in the order of time.

    ``filled`` holds where each candidate's ties begin, and is used up.
    """
    found = 0
    for cascade in range(past.offsets.size - 1):
        first, last = past.offsets[cascade], past.offsets[cascade + 1]
        for entry in range(first, last):
            place[past.nodes[entry]] = entry
        start = found
        for entry in range(first, last):
            source = past.nodes[entry]
            for tie in range(past.tie_offsets[source], past.tie_offsets[source + 1]):
                target = past.tie_ends[tie]
                if place[target] > entry:
                    if seen[target] < start:
                        seen[target] = found
                        found += 1
                    at = filled[seen[target]]
                    ties[at], entries[at] = tie, entry
                    filled[seen[target]] += 1
        for entry in range(first, last):
            place[past.nodes[entry]] = LATE

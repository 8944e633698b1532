"""Who was exposed to whom in past cascades: arrays in, counts out."""

from typing import NamedTuple

import numpy as np

from ambassador.propagation.arrays import BoolArray, FloatArray, Int32Array, Int64Array
from ambassador.propagation.kernels.coins import node_coin, run_key
from ambassador.propagation.kernels.compiled import Bool, Int, kernel

NumberArray = Int64Array | FloatArray

LATE = np.int64(1) << 62  # the place of who never joins: behind every entry there can be
NEVER = np.int64(-1)  # before the number of any cascade
EXCUSED = np.int64(-1)  # the place of who is no candidate: before everybody's


class Past(NamedTuple):
    """A log, the ties word travels along, by source, and by entry which part of its answers have come."""

    offsets: Int64Array
    nodes: Int32Array
    tie_offsets: Int64Array
    targets: Int32Array
    excused_offsets: Int64Array
    excused: Int32Array
    waited: FloatArray


class ExposureScratch(NamedTuple):
    """What a walk needs: ``place`` holds ``LATE`` and ``seen`` holds ``NEVER`` for every node."""

    place: Int64Array
    seen: Int64Array


class Sample(NamedTuple):
    """Which silent candidates are kept: those whose 32-bit coin is below ``below``."""

    key: np.uint64
    below: np.uint64


class Counts(NamedTuple):
    """What a walk counts: the first four by tie, the others by node."""

    trials: FloatArray
    successes: Int64Array
    credit: FloatArray
    together: Int64Array
    exposed: FloatArray
    followed: Int64Array


class Found(NamedTuple):
    """Candidates in the order they were first exposed, and the ties that expose them."""

    who: Int32Array
    which: Int32Array
    activated: BoolArray
    candidate: Int64Array
    ties: Int64Array
    entries: Int32Array


@kernel
def enter(past: Past, scratch: ExposureScratch, cascade: Int) -> tuple[int, int]:
    """Note the place of everybody active in a cascade; give its first entry and the one behind its last."""
    first, last = int(past.offsets[cascade]), int(past.offsets[cascade + 1])
    for entry in range(first, last):
        scratch.place[past.nodes[entry]] = entry
    for other in range(past.excused_offsets[cascade], past.excused_offsets[cascade + 1]):
        scratch.place[past.excused[other]] = EXCUSED
    return first, last


@kernel
def leave(past: Past, scratch: ExposureScratch, cascade: Int) -> None:
    """Forget who was active."""
    for entry in range(past.offsets[cascade], past.offsets[cascade + 1]):
        scratch.place[past.nodes[entry]] = LATE
    for other in range(past.excused_offsets[cascade], past.excused_offsets[cascade + 1]):
        scratch.place[past.excused[other]] = LATE


@kernel
def add_in_cascade(
    past: Past, place: Int64Array, cascade: Int, values: NumberArray, sums: NumberArray
) -> None:
    """Add up, for each entry of one cascade, a figure of the ties from those active before its author."""
    for entry in range(past.offsets[cascade], past.offsets[cascade + 1]):
        source = past.nodes[entry]
        for tie in range(past.tie_offsets[source], past.tie_offsets[source + 1]):
            when = place[past.targets[tie]]
            if entry < when < LATE:
                sums[when] += values[tie]


@kernel
def add_exposing(past: Past, scratch: ExposureScratch, values: NumberArray, sums: NumberArray) -> None:
    """Add up, for each entry, a figure of the ties from those who were active before its author."""
    for cascade in range(past.offsets.size - 1):
        enter(past, scratch, cascade)
        add_in_cascade(past, scratch.place, cascade, values, sums)
        leave(past, scratch, cascade)


@kernel
def count_records(past: Past, scratch: ExposureScratch, exposing: Int64Array, counts: Counts) -> None:
    """Count trials, successes, shared credit and common cascades by tie; exposures and answers by node.

    A trial counts for the part of its answers that have come.
    """
    place, seen = scratch.place, scratch.seen
    for cascade in range(past.offsets.size - 1):
        first, last = enter(past, scratch, cascade)
        for entry in range(first, last):
            source = past.nodes[entry]
            for tie in range(past.tie_offsets[source], past.tie_offsets[source + 1]):
                target = past.targets[tie]
                when = place[target]
                counts.together[tie] += EXCUSED < when < LATE
                if when <= entry:
                    continue
                counts.trials[tie] += past.waited[entry]
                if when != LATE:
                    counts.successes[tie] += 1
                    counts.credit[tie] += 1.0 / exposing[when]
                if seen[target] != cascade:
                    seen[target] = cascade
                    counts.exposed[target] += past.waited[entry]
                    counts.followed[target] += when != LATE
        leave(past, scratch, cascade)


@kernel
def is_kept(sample: Sample, cascade: Int, node: Int, when: Int) -> Bool:
    """Whether a candidate is listed: who activated always, the silent by their coin."""
    if when != LATE or sample.below >> np.uint64(32):
        return True
    return node_coin(run_key(sample.key, cascade), node) < sample.below


@kernel
def list_candidates(past: Past, scratch: ExposureScratch, sample: Sample, found: Found) -> tuple[int, int]:
    """Fill who is exposed in which cascade, whether they followed, and by which ties; give how many.

    Where ``found`` has no room they are counted only.
    """
    count, pair = 0, 0
    place, seen, filling = scratch.place, scratch.seen, found.ties.size > 0
    for cascade in range(past.offsets.size - 1):
        first, last = enter(past, scratch, cascade)
        start = count
        for entry in range(first, last):
            source = past.nodes[entry]
            for tie in range(past.tie_offsets[source], past.tie_offsets[source + 1]):
                target = past.targets[tie]
                if place[target] <= entry or not is_kept(sample, cascade, target, place[target]):
                    continue
                if seen[target] < start:
                    seen[target] = count
                    if filling:
                        found.who[count], found.which[count] = target, cascade
                        found.activated[count] = place[target] != LATE
                    count += 1
                if filling:
                    found.candidate[pair] = seen[target]
                    found.ties[pair], found.entries[pair] = tie, entry
                pair += 1
        leave(past, scratch, cascade)
    return count, pair

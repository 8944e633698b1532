"""Sums over the people who exposed a candidate, and over posts that still excite: arrays in, arrays out."""

import numpy as np

from ambassador.propagation.arrays import BoolArray, FloatArray, Int64Array
from ambassador.propagation.kernels.compiled import kernel
from ambassador.propagation.kernels.exposure import LATE, ExposureScratch, Past, add_in_cascade, enter, leave

LEAST = 1e-9  # a plain guard: the logarithm of no hazard


@kernel
def hazard_slopes(
    offsets: Int64Array,
    tie_hazard: FloatArray,
    own_hazard: FloatArray,
    activated: BoolArray,
    weight: FloatArray,
) -> float:
    """Log-likelihood of 1 - exp(-sum of hazards); each hazard becomes its slope in the log of it."""
    total = 0.0
    for i in range(offsets.size - 1):
        hazard = own_hazard[i]
        for pair in range(offsets[i], offsets[i + 1]):
            hazard += tie_hazard[pair]
        hazard = max(hazard, LEAST)
        if activated[i]:
            chance = -np.expm1(-hazard)
            total += weight[i] * np.log(chance)
            slope = weight[i] * (1.0 - chance) / chance
        else:
            total -= weight[i] * hazard
            slope = -weight[i]
        own_hazard[i] *= slope
        for pair in range(offsets[i], offsets[i + 1]):
            tie_hazard[pair] *= slope
    return total


@kernel
def add_by_candidate(offsets: Int64Array, values: FloatArray, sums: FloatArray) -> None:
    """Add up the values of each candidate's ties."""
    for i in range(offsets.size - 1):
        for pair in range(offsets[i], offsets[i + 1]):
            sums[i] += values[pair]


@kernel
def largest_by_candidate(offsets: Int64Array, values: FloatArray, largest: FloatArray) -> None:
    """Largest value among each candidate's ties; what ``largest`` holds is a floor."""
    for i in range(offsets.size - 1):
        for pair in range(offsets[i], offsets[i + 1]):
            largest[i] = max(largest[i], values[pair])


@kernel
def share_credit(
    past: Past,
    scratch: ExposureScratch,
    hazard: FloatArray,
    own: FloatArray,
    totals: FloatArray,
    credit: FloatArray,
    doubt: FloatArray,
) -> None:
    """Add the chance that each tie's coin came up, given that one of those before the target did.

    A coin may also have come up whose answer is still to come when the log ends.
    ``hazard`` is by tie, ``own`` by node, ``totals`` is 0 for every entry; ``doubt`` collects the variance.
    """
    place = scratch.place
    for cascade in range(past.offsets.size - 1):
        first, last = enter(past, scratch, cascade)
        add_in_cascade(past, place, cascade, hazard, totals)
        for entry in range(first, last):
            source = past.nodes[entry]
            for tie in range(past.tie_offsets[source], past.tie_offsets[source + 1]):
                target = past.targets[tie]
                when = place[target]
                waiting = 1.0 - past.waited[entry]
                if when == LATE and waiting > 0.0:
                    silent = np.exp(-hazard[tie])
                    share = (1.0 - silent) * waiting / (silent + (1.0 - silent) * waiting)
                    credit[tie] += share
                    doubt[tie] += share * (1.0 - share)
                if entry < when < LATE:
                    whole = max(totals[when] + own[target], LEAST)
                    share = min(np.expm1(-hazard[tie]) / np.expm1(-whole), 1.0)
                    credit[tie] += share
                    doubt[tie] += share * (1.0 - share)
        leave(past, scratch, cascade)


@kernel
def decay_sums(
    times: FloatArray, window: float, rates: FloatArray, before: FloatArray, after: FloatArray
) -> None:
    """Write, per post and rate b, the sum of exp(-b (t - s)) over the posts s before it; also at the end.

    Of posts at one moment each counts for those that stand after it. One pass (Ozaki 1979).
    """
    after[:] = 0.0
    last = times[0]
    for post in range(times.size):
        since = times[post] - last
        for k in range(rates.size):
            after[k] *= np.exp(-rates[k] * since)
            before[post, k] = after[k]
            after[k] += 1.0
        last = times[post]
    for k in range(rates.size):
        after[k] *= np.exp(-rates[k] * (window - last))

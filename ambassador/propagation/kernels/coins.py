"""Coins by counter and streams by batch, both from the SplitMix64 finaliser.

A coin is a function of (key, run, tie) alone: the same on any number of threads, and common to
every set of seeds tried on the same key. Source: Steele, Lea, Flood, "Fast splittable pseudorandom
number generators", OOPSLA 2014. Mixing signed with unsigned 64-bit integers becomes float in numba,
so every operand here is ``uint64``.
"""

import numpy as np

from ambassador.propagation.arrays import UInt64Array
from ambassador.propagation.kernels.compiled import Int, kernel

# 2^64 over the golden ratio: the increment of SplitMix64 (Steele, Lea, Flood 2014).
GOLDEN = np.uint64(0x9E3779B97F4A7C15)
# An odd multiplier with good spectra (Steele, Vigna 2021, "Computationally
# easy, spectrally good multipliers"), so that runs and ties step differently.
RUN_STEP = np.uint64(0xD1342543DE82EF95)
# Of streams of gaps; salts are the odd constants of wyhash (Wang Yi), different bits for different uses.
GAP_SALT = np.uint64(0xE7037ED1A0B428DB)
NODE_SALT = np.uint64(0xA0761D6478BD642F)  # of nodes' own coins
# Multipliers of the SplitMix64 finaliser, Stafford's variant 13.
FIRST = np.uint64(0xBF58476D1CE4E5B9)
SECOND = np.uint64(0x94D049BB133111EB)  # the second of them
LOW_HALF = np.uint64(0xFFFFFFFF)  # the lower of two coins in a word
ONE = np.uint64(1)  # numba mixes no signed numbers into unsigned words: every operand is one itself
HALF = np.uint64(32)  # bits of a coin
S27, S30, S31 = np.uint64(27), np.uint64(30), np.uint64(31)  # shifts of the SplitMix64 finaliser
UNIT = 2.0**-53  # a double holds 53 bits: as many are kept of a word of 64
S11 = np.uint64(11)  # the bits that are not


@kernel
def mixed(word: np.uint64) -> np.uint64:
    """Scramble 64 bits, one to one."""
    word = (word ^ (word >> S30)) * FIRST
    word = (word ^ (word >> S27)) * SECOND
    return word ^ (word >> S31)


@kernel
def run_key(key: np.uint64, run: Int) -> np.uint64:
    """Key of one run (or of one batch)."""
    return mixed(key + (np.uint64(run) + ONE) * RUN_STEP)


@kernel
def tie_coin(run: np.uint64, first: Int, place: Int) -> np.uint64:
    """32 fair bits for the tie number ``first + place``, where ``first`` is its source's first tie.

    Two neighbours share one word, counted from the first, so that no node's ties start on a half.
    """
    word = mixed(run + (np.uint64(first) + (np.uint64(place) >> ONE)) * GOLDEN)
    return (word >> (HALF * (np.uint64(place) & ONE))) & LOW_HALF


@kernel
def node_coin(run: np.uint64, node: Int) -> np.uint64:
    """32 fair bits for one node: its threshold, or whether it posts."""
    return mixed((run ^ NODE_SALT) + np.uint64(node) * GOLDEN) & LOW_HALF


@kernel
def next_word(state: UInt64Array) -> np.uint64:
    """Advance the stream kept in ``state[0]`` and give 64 fair bits."""
    state[0] += GOLDEN
    return mixed(state[0])


@kernel
def below(bits: np.uint64, count: Int) -> Int:
    """Turn 32 fair bits into a whole number in [0, count)."""
    return np.int64((bits * np.uint64(count)) >> HALF)


@kernel
def unit_interval(word: np.uint64) -> float:
    """Turn 64 fair bits into a number in [0, 1)."""
    return np.float64(word >> S11) * UNIT


@kernel
def open_unit(word: np.uint64) -> float:
    """Turn 64 fair bits into a number in (0, 1), never 0, so that it has a logarithm."""
    return (np.float64(word >> S11) + 0.5) * UNIT


@kernel
def gap_word(run: np.uint64, node: Int) -> np.uint64:
    """First 64 fair bits of a node's own stream of gaps; the next are ``mixed(word + GOLDEN)``."""
    return mixed((run ^ GAP_SALT) + np.uint64(node) * GOLDEN)

"""Fair coins by counter, as the kernels toss them."""

import math
from collections.abc import Sequence

MASK = 2**64 - 1


CERTAIN = 2**32


POSTING_SALT = 0x8BB84B93962EACC9


NODE_SALT = 0xA0761D6478BD642F


GAP_SALT = 0xE7037ED1A0B428DB


MOST_FOR_GAPS = 1 / 16


GOLDEN = 0x9E3779B97F4A7C15


RUN_STEP = 0xD1342543DE82EF95


Tie = tuple[int, int, float]


def mixed(word: int) -> int:
    word = ((word ^ (word >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) & MASK
    return word ^ (word >> 31)


def run_key(key: int, run: int) -> int:
    return mixed((key + (run + 1) * RUN_STEP) & MASK)


def tie_coin(run: int, first: int, place: int) -> int:
    word = mixed((run + (first + place // 2) * GOLDEN) & MASK)
    return word >> 32 if place % 2 else word % CERTAIN


def node_coin(run: int, node: int) -> int:
    return mixed(((run ^ NODE_SALT) + node * GOLDEN) & MASK) % CERTAIN


def live_by_gaps(run: int, node: int, degree: int, probability: float) -> list[int]:
    """Give the places of a node's live ties where all ties of the network share one small probability."""
    word = mixed(((run ^ GAP_SALT) + node * GOLDEN) & MASK)
    places, place = [], -1
    while True:
        unit = ((word >> 11) + 0.5) * 2.0**-53
        place += 1 + int(math.log(unit) * (1 / math.log1p(-probability)))
        if place >= degree:
            return places
        places.append(place)
        word = mixed((word + GOLDEN) & MASK)


def threshold(probability: float) -> int:
    return int(probability * CERTAIN + 0.5)


def weights(ties: Sequence[Tie]) -> list[int]:
    """Give in-weights of linear threshold, by tie: divided by their sum where that is above 1."""
    totals: dict[int, float] = {}
    for _, target, probability in ties:
        totals[target] = totals.get(target, 0.0) + probability
    return [int(p / max(totals[target], 1.0) * CERTAIN) for _, target, p in ties]


class Stream:
    """The stream of one batch of reverse-reachable sets."""

    def __init__(self, state: int) -> None:
        self.state = state

    def word(self) -> int:
        self.state = (self.state + GOLDEN) & MASK
        return mixed(self.state)

    def below(self, count: int) -> int:
        return (self.word() % CERTAIN * count) >> 32

"""How many answered the first post of each cascade, and how many answered those who answered."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
Int64Array = NDArray[np.int64]


def _none() -> Int64Array:
    return np.empty(0, np.int64)


@dataclass(frozen=True, eq=False)
class AnswerCounts:
    """People counted once in each cascade, by what they answered first."""

    direct: Int64Array = field(default_factory=_none)
    """By cascade: who answered its first post, or something that is not known."""
    answered: Int64Array = field(default_factory=_none)
    """By everybody but the starters: how many answered them."""
    cascade: Int64Array = field(default_factory=_none)
    """The cascade each of these is in, rising."""


def count_answers(
    cascade: Int64Array, author: Int64Array, time: FloatArray, parent: Int64Array, starters: Int64Array
) -> AnswerCounts:
    """Count over posts: ``parent`` is the author answered, -1 where not known; ``starters`` go by cascade."""
    if not author.size:
        return AnswerCounts(np.zeros(starters.size, np.int64))
    people, who = np.unique(author, return_inverse=True)
    code = cascade * people.size + who
    order = np.lexsort((time, code))
    pairs, first = np.unique(code[order], return_index=True)
    post = order[first]
    within, joined = cascade[post], author[post] != starters[cascade[post]]
    place = np.minimum(np.searchsorted(people, parent[post]), people.size - 1)
    wanted = within * people.size + place
    there = np.minimum(np.searchsorted(pairs, wanted), pairs.size - 1)
    known = (people[place] == parent[post]) & (pairs[there] == wanted) & (there != np.arange(pairs.size))
    by_other = joined & known & joined[there]
    answered = np.bincount(there[by_other], minlength=pairs.size)
    direct = np.bincount(within[joined & ~by_other], minlength=starters.size)
    return AnswerCounts(direct.astype(np.int64), answered[joined].astype(np.int64), within[joined])

"""Choosing people by counting sets and by trying everything."""

import math
from collections.abc import Iterable, Sequence
from itertools import combinations, product

from tests.naive.coins import Tie


def greedy_cover(sets: Sequence[Sequence[int]], nodes: int, count: int) -> list[int]:
    """Pick the node that covers most sets nobody covers yet; the smaller number where two are equal."""
    left = [set(members) for members in sets]
    coverage = [sum(node in members for members in left) for node in range(nodes)]
    picked: list[int] = []
    while len(picked) < count:
        gains = [sum(node in members for members in left) for node in range(nodes)]
        best = max(range(nodes), key=lambda node: (gains[node], coverage[node], -node))
        if gains[best] == 0:
            break
        picked.append(best)
        left = [members for members in left if best not in members]
    return picked


def sets_by_owner(
    sets: Sequence[Sequence[int]], picked: Sequence[int], wanted: Sequence[int]
) -> list[list[int]]:
    """Count each wanted node's sets that hold nobody picked, only the first, only the second ..., several."""
    table = []
    for node in wanted:
        inside = [[one for one in picked if one in members] for members in sets if node in members]
        alone = [inside.count([one]) for one in picked]
        table.append([inside.count([]), *alone, sum(len(found) > 1 for found in inside)])
    return table


def chance_of_at_least(hits: int, draws: int, share: float) -> float:
    """Sum the binomial distribution from ``hits`` on."""
    return sum(math.comb(draws, k) * share**k * (1 - share) ** (draws - k) for k in range(hits, draws + 1))


def exact_spread(ties: Sequence[Tie], seeds: Iterable[int], value: Sequence[float] | None = None) -> float:
    """Sum over every outcome of every tie's coin: independent cascade, for tiny networks."""
    starters, total = list(seeds), 0.0
    for outcome in product((False, True), repeat=len(ties)):
        chance = 1.0
        for live, (_, _, probability) in zip(outcome, ties, strict=True):
            chance *= probability if live else 1.0 - probability
        if chance:
            alive = [tie for tie, live in zip(ties, outcome, strict=True) if live]
            reached = descendants(alive, starters)
            total += chance * (len(reached) if value is None else sum(value[node] for node in reached))
    return total


def descendants(ties: Sequence[Tie], seeds: Iterable[int]) -> set[int]:
    reached, waiting = set(seeds), list(seeds)
    while waiting:
        node = waiting.pop()
        for source, target, _ in ties:
            if source == node and target not in reached:
                reached.add(target)
                waiting.append(target)
    return reached


def best_of(choices: Iterable[Sequence[int]], worth: "dict[frozenset[int], float]") -> float:
    return max((worth[frozenset(choice)] for choice in choices), default=0.0)


def subsets(nodes: Iterable[int], largest: int) -> list[tuple[int, ...]]:
    pool = list(nodes)
    return [chosen for size in range(largest + 1) for chosen in combinations(pool, size)]

"""What is learned from the past, one case after the other."""

import math
from collections.abc import Sequence
from math import exp, gamma
from random import Random

from tests.naive.coins import Tie


def beta_function(a: float, b: float) -> float:
    return gamma(a) * gamma(b) / gamma(a + b)


def parent_posterior(
    cascade: Sequence[int],
    node: Sequence[int],
    time: Sequence[float],
    probability: dict[tuple[int, int], float],
    laws: Sequence[tuple[float, float]],
    outside: float,
) -> list[dict[int, float]]:
    """Give per post {earlier post or -1: probability}, straight from the density of who got through first."""

    def density(waited: float, median: float, sigma: float) -> float:
        z = (math.log(waited) - math.log(median)) / sigma
        return math.exp(-z * z / 2) / (waited * sigma * math.sqrt(2 * math.pi))

    def reached(waited: float, median: float, sigma: float) -> float:
        return 0.5 * math.erfc(-(math.log(waited) - math.log(median)) / sigma / math.sqrt(2))

    found = []
    for i, law in enumerate(laws):
        tied = [
            j
            for j in range(len(node))
            if cascade[j] == cascade[i] and time[j] < time[i] and (node[j], node[i]) in probability
        ]
        p = {j: probability[node[j], node[i]] for j in tied}
        silent = {j: 1 - p[j] * reached(time[i] - time[j], *law) for j in tied}
        weight = {-1: outside * math.prod(silent.values())}
        for j in tied:
            others = math.prod(silent[k] for k in tied if k != j)
            weight[j] = p[j] * density(time[i] - time[j], *law) * others
        total = sum(weight.values())
        found.append({j: w / total for j, w in weight.items()} if total else {-1: 1.0})
    return found


def chosen_logit(rows: Sequence[Sequence[Sequence[float]]], weight: Sequence[float]) -> list[list[float]]:
    """Give the probabilities of a conditional logit, choice by choice."""
    found = []
    for choice in rows:
        raised = [math.exp(sum(w * x for w, x in zip(weight, row, strict=True))) for row in choice]
        found.append([value / sum(raised) for value in raised])
    return found


def decay_sums(
    times: Sequence[float], window: float, rates: Sequence[float]
) -> tuple[list[list[float]], list[float]]:
    """Sum exp(-rate * age) over earlier posts, at every post and at the end: one pair of posts at a time."""

    def total(at: float, earlier: Sequence[float], rate: float) -> float:
        return sum(exp(-rate * (at - time)) for time in earlier)

    before = [[total(time, times[:post], rate) for rate in rates] for post, time in enumerate(times)]
    return before, [total(window, times, rate) for rate in rates]


def weighted_quantile(pairs: Sequence[tuple[float, float]], share: float) -> float:
    """Give the least value with at least ``share`` of all weight at or below it."""
    whole = sum(weight for _, weight in pairs)
    enough = [
        value
        for value, _ in pairs
        if sum(weight for other, weight in pairs if other <= value) >= share * whole * (1 - 1e-9)
    ]
    return min(enough)


def exposures_of(
    ties: Sequence[tuple[int, int]], cascades: Sequence[Sequence[int]]
) -> list[tuple[int, int, bool, list[int]]]:
    """Who was exposed in which cascade, whether they followed, and by which ties, in the order of time."""
    found = []
    for number, members in enumerate(cascades):
        first_exposed: list[int] = []
        for source in members:
            for _, target in sorted(tie for tie in ties if tie[0] == source):
                late = target not in members or members.index(target) > members.index(source)
                if late and target not in first_exposed:
                    first_exposed.append(target)
        for person in first_exposed:
            end = members.index(person) if person in members else len(members)
            exposing = [source for source in members[:end] if (source, person) in ties]
            numbers = [sorted(ties).index((source, person)) for source in exposing]
            found.append((number, person, person in members, numbers))
    return found


def shared_credit(
    ties: Sequence[tuple[int, int]],
    cascades: Sequence[Sequence[int]],
    chance: Sequence[float],
    own: Sequence[float],
    waited: Sequence[Sequence[float]] | None = None,
) -> list[float]:
    """Expected successes of each tie's coin given that one of those before the target came up.

    Where answers are still to come, a coin may have come up that nobody saw: ``waited`` says by cascade which
    part of the answers to each member had come.
    """
    credit = [0.0] * len(ties)
    for cascade, person, followed, numbers in exposures_of(ties, cascades):
        if not followed and waited is not None:
            for number in numbers:
                source = sorted(ties)[number][0]
                unseen = chance[number] * (1.0 - waited[cascade][cascades[cascade].index(source)])
                credit[number] += unseen / (1.0 - chance[number] + unseen)
        if followed:
            nobody = 1.0 - own[person]
            for number in numbers:
                nobody *= 1.0 - chance[number]
            for number in numbers:
                credit[number] += chance[number] / (1.0 - nobody)
    return credit


def simulated_cascades(ties: Sequence[Tie], nodes: int, count: int, rng: Random) -> list[list[int]]:
    """Independent cascades from random starters, wave by wave."""
    cascades = []
    for _ in range(count):
        members = [rng.randrange(nodes)]
        wave = list(members)
        while wave:
            coming = []
            for node in wave:
                for source, target, probability in ties:
                    if source == node and target not in members and rng.random() < probability:
                        members.append(target)
                        coming.append(target)
            wave = coming
        cascades.append(members)
    return cascades


def tie_trials(
    cascade: Sequence[int],
    node: Sequence[int],
    time: Sequence[float],
    ties: Sequence[tuple[int, int]],
    law: tuple[float, float],
) -> list[float]:
    """Count for each tie the posts of its source its target was asked by, as far as answers have come."""
    median, sigma = law

    def come(left: float) -> float:
        if left <= 0:
            return 0.0
        return 0.5 * math.erfc(-(math.log(left) - math.log(median)) / sigma / math.sqrt(2))

    found = []
    for source, target in ties:
        asked = 0.0
        for i in range(len(node)):
            if node[i] != source:
                continue
            theirs = [time[j] for j in range(len(node)) if cascade[j] == cascade[i] and node[j] == target]
            if theirs:
                asked += sum(at > time[i] for at in theirs)
            else:
                asked += come(max(time) - time[i])
        found.append(asked)
    return found

"""Slow and obvious twins of the kernels, in plain Python, on the same coins.

Networks are lists of ties (source, target, probability) in the order of tie numbers; nothing here
imports a kernel.
"""

import math
from collections.abc import Iterable, Sequence
from itertools import combinations, product
from math import exp, gamma
from random import Random

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


class Run:
    """One simulated launch: levels[i] is who became active in step i."""

    def __init__(
        self,
        ties: Sequence[Tie],
        seeds: Sequence[int],
        key: int,
        run: int,
        *,
        diffusion: str = "ic",
        posting: Sequence[float] | None = None,
        deadline: int | None = None,
    ) -> None:
        self.ties, self.diffusion, self.coins = ties, diffusion, run_key(key, run)
        self.weights = weights(ties)
        post = [1.0] * len(seeds) if posting is None else posting
        starters = [
            seed
            for seed, chance in zip(seeds, post, strict=True)
            if node_coin(self.coins ^ POSTING_SALT, seed) < threshold(chance)
        ]
        self.branch = {seed: list(seeds).index(seed) for seed in starters}
        self.exposed_by = dict(self.branch)
        self.levels = [starters]
        self.exposed = []
        self.heard: dict[int, int] = {}
        while self.levels[-1]:
            grows = deadline is None or len(self.levels) <= deadline
            self.levels.append(self.next_level(grows=grows))
            self.exposed.append(len(self.exposed_by))
        self.levels.pop()

    def next_level(self, *, grows: bool) -> list[int]:
        fresh = []
        for node in self.levels[-1]:
            for number, (source, target, probability) in enumerate(self.ties):
                if source != node or target in self.branch:
                    continue
                self.exposed_by.setdefault(target, self.branch[node])
                if grows and self.passes(number, target, probability):
                    self.branch[target] = self.branch[node]
                    fresh.append(target)
        return fresh

    def passes(self, number: int, target: int, probability: float) -> bool:
        if self.diffusion == "ic":
            source = self.ties[number][0]
            first = next(i for i, tie in enumerate(self.ties) if tie[0] == source)
            if 0 < probability <= MOST_FOR_GAPS and len({tie[2] for tie in self.ties}) == 1:
                degree = sum(tie[0] == source for tie in self.ties)
                return number - first in live_by_gaps(self.coins, source, degree, probability)
            return tie_coin(self.coins, first, number - first) < threshold(probability)
        self.heard[target] = self.heard.get(target, 0) + self.weights[number]
        return node_coin(self.coins, target) < self.heard[target]

    @property
    def active(self) -> set[int]:
        return set(self.branch)


class Stream:
    """The stream of one batch of reverse-reachable sets."""

    def __init__(self, state: int) -> None:
        self.state = state

    def word(self) -> int:
        self.state = (self.state + GOLDEN) & MASK
        return mixed(self.state)

    def below(self, count: int) -> int:
        return (self.word() % CERTAIN * count) >> 32


class Batch:
    """One batch of reverse-reachable sets, lane by lane, in waves of 128 draws.

    ``into[v]`` lists the in-ties of v as (source, threshold) in the order of sources; ``numbers[v]``
    is the distribution function of the number of live in-ties (times 2^32), or None.
    """

    def __init__(  # noqa: PLR0913 - a twin has every rule of its kernel
        self,
        into: Sequence[Sequence[tuple[int, int]]],
        numbers: Sequence[Sequence[int] | None],
        *,
        key: int,
        batch: int,
        lanes: int = 64,
        diffusion: str = "ic",
        value: Sequence[float] | None = None,
        posting: Sequence[float] | None = None,
        blocked: Iterable[int] = (),
        deadline: int | None = None,
    ) -> None:
        self.into, self.numbers, self.diffusion = into, numbers, diffusion
        self.coins = run_key(key, batch)
        self.stream = Stream(self.coins)
        self.members: list[list[int]] = [[self.root(value)] for _ in range(lanes)]
        self.grow(deadline)
        out = set(blocked)
        kept = []
        for lane, nodes in enumerate(self.members):
            posts = [node for node in nodes if posting is None or self.posts(lane, node, posting[node])]
            kept.append([] if out.intersection(posts) else posts)
        self.sets = kept

    def posts(self, lane: int, node: int, chance: float) -> bool:
        return node_coin(run_key(self.coins, lane), node) < threshold(chance)

    def root(self, value: Sequence[float] | None) -> int:
        part = (self.stream.word() >> 11) * 2.0**-53
        if value is None:
            return int(part * len(self.into))
        running, total = [], 0.0
        for worth in value:
            total += worth
            running.append(total)
        return next(node for node, upto in enumerate(running) if upto > part * total)

    def grow(self, deadline: int | None) -> None:
        level = [(nodes[0], lane) for lane, nodes in enumerate(self.members)]
        step = 0
        while level and (deadline is None or step < deadline):
            coming: list[tuple[int, int]] = []
            for node, lane in level:
                for source in self.live(node):
                    if source not in self.members[lane]:
                        self.members[lane].append(source)
                        coming.append((source, lane))
            level, step = coming, step + 1

    def live(self, node: int) -> list[int]:
        ties = self.into[node]
        if self.diffusion == "lt":
            return self.one(ties)
        numbers = self.numbers[node]
        if numbers is None:
            return self.each(ties)
        word = self.stream.word()
        wanted = next(count for count, upto in enumerate(numbers) if word % CERTAIN < upto)
        places = [(word >> 32) * len(ties) >> 32] if wanted else []
        while len(places) < wanted:
            place = self.stream.below(len(ties))
            if place not in places:
                places.append(place)
        return [ties[place][0] for place in places]

    def each(self, ties: Sequence[tuple[int, int]]) -> list[int]:
        found = []
        word = 0
        for number, (source, upto) in enumerate(ties):
            word = word >> 32 if number % 2 else self.stream.word()
            if word % CERTAIN < upto:
                found.append(source)
        return found

    def one(self, ties: Sequence[tuple[int, int]]) -> list[int]:
        word = self.stream.word()
        low = word % CERTAIN
        if len({upto for _, upto in ties}) <= 1 and self.even:
            total = sum(upto for _, upto in ties)
            return [ties[(word >> 32) * len(ties) >> 32][0]] if low < total else []
        total = 0
        for source, upto in ties:
            total += upto
            if low < total:
                return [source]
        return []

    @property
    def even(self) -> bool:
        """Say whether every node's in-ties share one threshold, which is when places are drawn evenly."""
        return all(len({upto for _, upto in ties}) <= 1 for ties in self.into)


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


def mean_distance(parent: Sequence[int], nodes: Sequence[int]) -> float:
    """Structural virality by its definition: the mean distance over ordered pairs of one tree."""

    def ancestors(node: int) -> list[int]:
        line = [node]
        while parent[line[-1]] >= 0:
            line.append(parent[line[-1]])
        return line

    total = 0
    for one in nodes:
        for other in nodes:
            first, second = ancestors(one), ancestors(other)
            shared = len(set(first) & set(second))
            total += len(first) + len(second) - 2 * shared
    return total / (len(nodes) * (len(nodes) - 1))


DELAY_SALT = 0xE7037ED1A0B428DB
VIEWS_SALT = 0x589965CC75374CC3


class TimedRun:
    """One simulated launch in continuous time: when[node] is the moment of activation."""

    def __init__(  # noqa: PLR0913 - everything a run depends on
        self,
        ties: Sequence[Tie],
        key: int,
        run: int,
        *,
        starts: dict[int, float],
        heat: Sequence[float],
        table: Sequence[float],
        deadline: float,
        diffusion: str = "ic",
        strength: Sequence[float] | None = None,
    ) -> None:
        self.ties, self.diffusion, self.coins = ties, diffusion, run_key(key, run)
        self.levels = weights(ties) if diffusion == "lt" else [threshold(p) for _, _, p in ties]
        self.heat, self.table, self.strength = heat, table, strength
        self.when: dict[int, float] = {}
        self.branch: dict[int, int] = {}
        self.exposed_by: dict[int, int] = {}
        self.exposed_at: dict[int, float] = {}
        self.heard: dict[int, float] = {}
        waiting = [(hours, seed, i, float(CERTAIN)) for i, (seed, hours) in enumerate(starts.items())]
        while waiting:
            waiting.sort(key=lambda event: event[0])  # stable: at one moment the first entered comes first
            hours, node, owner, weight = waiting.pop(0)
            if hours >= deadline or node in self.when:
                continue
            self.heard[node] = self.heard.get(node, 0.0) + weight
            if diffusion == "lt" and node_coin(self.coins, node) >= self.heard[node]:
                continue
            self.when[node], self.branch[node] = hours, owner
            waiting += self.delivered(node, owner, hours)

    def delivered(self, node: int, owner: int, hours: float) -> list[tuple[float, int, int, float]]:
        found = []
        targets = [target for source, target, _ in self.ties if source == node]
        for one in (node, *targets):
            if one not in self.exposed_by:
                self.exposed_by[one], self.exposed_at[one] = owner, hours
        for number, (source, target, _) in enumerate(self.ties):
            if source != node or target in self.when:
                continue
            weight = self.levels[number] * self.heat[owner] if self.diffusion == "lt" else float(CERTAIN)
            if self.diffusion == "ic" and not self.carries(number, self.heat[owner]):
                continue
            cell = mixed(((self.coins ^ DELAY_SALT) + number * GOLDEN) & MASK) >> 52
            found.append((hours + self.table[cell], target, owner, weight))
        return found

    def carries(self, number: int, heat: float) -> bool:
        first = next(i for i, tie in enumerate(self.ties) if tie[0] == self.ties[number][0])
        coin = tie_coin(self.coins, first, number - first)
        chance = self.levels[number] / CERTAIN
        if chance in (0.0, 1.0) or heat == 1.0:
            return coin < self.levels[number]
        if self.strength is None:
            return coin < (1 - (1 - chance) ** heat) * CERTAIN
        alpha, beta = chance * self.strength[number], (1 - chance) * self.strength[number]
        return coin < (1 - beta_function(alpha, beta + heat) / beta_function(alpha, beta)) * CERTAIN

    def views(self, mean: Sequence[float], noise: Sequence[float]) -> float:
        cells = {node: node_coin(self.coins ^ VIEWS_SALT, node) >> 20 for node in self.when}
        return sum(mean[node] * noise[cell] for node, cell in cells.items())


def beta_function(a: float, b: float) -> float:
    return gamma(a) * gamma(b) / gamma(a + b)


def parent_posterior(
    cascade: Sequence[int],
    node: Sequence[int],
    time: Sequence[float],
    probability: dict[tuple[int, int], float],
    law: tuple[float, float],
    outside: float,
) -> list[dict[int, float]]:
    """Give per post {earlier post or -1: probability}, straight from the density of who got through first."""
    median, sigma = law

    def density(waited: float) -> float:
        z = (math.log(waited) - math.log(median)) / sigma
        return math.exp(-z * z / 2) / (waited * sigma * math.sqrt(2 * math.pi))

    def reached(waited: float) -> float:
        return 0.5 * math.erfc(-(math.log(waited) - math.log(median)) / sigma / math.sqrt(2))

    found = []
    for i in range(len(node)):
        tied = [
            j
            for j in range(len(node))
            if cascade[j] == cascade[i] and time[j] < time[i] and (node[j], node[i]) in probability
        ]
        p = {j: probability[node[j], node[i]] for j in tied}
        silent = {j: 1 - p[j] * reached(time[i] - time[j]) for j in tied}
        weight = {-1: outside * math.prod(silent.values())}
        for j in tied:
            others = math.prod(silent[k] for k in tied if k != j)
            weight[j] = p[j] * density(time[i] - time[j]) * others
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
) -> list[float]:
    """Expected successes of each tie's coin given that one of those before the target came up."""
    credit = [0.0] * len(ties)
    for _, person, followed, numbers in exposures_of(ties, cascades):
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


def share_behind(parent: Sequence[int], head: int) -> float:
    """Give the share of a tree's posts that are a post or come of it."""

    def is_behind(post: int) -> bool:
        return post == head or (parent[post] >= 0 and is_behind(parent[post]))

    return sum(is_behind(post) for post in range(len(parent))) / len(parent)

"""Runs and reverse-reachable sets on those coins."""

from collections.abc import Iterable, Sequence

from tests.naive.coins import (
    CERTAIN,
    MOST_FOR_GAPS,
    POSTING_SALT,
    Stream,
    Tie,
    live_by_gaps,
    node_coin,
    run_key,
    threshold,
    tie_coin,
    weights,
)


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

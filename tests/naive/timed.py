"""Runs in days."""

from collections.abc import Sequence

from tests.naive.coins import (
    CERTAIN,
    GOLDEN,
    MASK,
    Tie,
    mixed,
    node_coin,
    run_key,
    threshold,
    tie_coin,
    weights,
)
from tests.naive.past import beta_function

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
        frailty: Sequence[float],
        table: Sequence[float],
        deadline: float,
        diffusion: str = "ic",
        strength: Sequence[float] | None = None,
    ) -> None:
        self.ties, self.diffusion, self.coins = ties, diffusion, run_key(key, run)
        self.levels = weights(ties) if diffusion == "lt" else [threshold(p) for _, _, p in ties]
        self.frailty, self.table, self.strength = frailty, table, strength
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
            weight = self.levels[number] * self.frailty[owner] if self.diffusion == "lt" else float(CERTAIN)
            if self.diffusion == "ic" and not self.carries(number, self.frailty[owner]):
                continue
            cell = mixed(((self.coins ^ DELAY_SALT) + number * GOLDEN) & MASK) >> 52
            found.append((hours + self.table[cell], target, owner, weight))
        return found

    def carries(self, number: int, frailty: float) -> bool:
        first = next(i for i, tie in enumerate(self.ties) if tie[0] == self.ties[number][0])
        coin = tie_coin(self.coins, first, number - first)
        chance = self.levels[number] / CERTAIN
        if chance in (0.0, 1.0) or frailty == 1.0:
            return coin < self.levels[number]
        if self.strength is None:
            return coin < (1 - (1 - chance) ** frailty) * CERTAIN
        alpha, beta = chance * self.strength[number], (1 - chance) * self.strength[number]
        return coin < (1 - beta_function(alpha, beta + frailty) / beta_function(alpha, beta)) * CERTAIN

    def views(self, mean: Sequence[float], noise: Sequence[float]) -> float:
        cells = {node: node_coin(self.coins ^ VIEWS_SALT, node) >> 20 for node in self.when}
        return sum(mean[node] * noise[cell] for node, cell in cells.items())

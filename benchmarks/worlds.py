"""Pasts of mentions alone, made up by a known law: how good picks are there, and how often ranges hold.

Few starters, each with a level of their own, most of whom posted once or never; nearly everybody else talks
once. ``python -m benchmarks worlds`` measures twenty pasts of each kind, the whole benchmark two.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import ndtr

from ambassador.propagation.arrays import FloatArray, Int64Array
from ambassador.services.calibration.leading import LeadingLaw
from ambassador.services.calibration.rolling_origin import first_judged, judge_log
from ambassador.services.cascades.cascade_history import CascadeHistory, count_answers
from ambassador.services.forecasts.forecast_from_past import sizes_together
from ambassador.services.forecasts.forecast_problem import PastLaws
from ambassador.services.strangers.starter_law import StarterLaw
from ambassador.values.calibration.calibration import Way
from ambassador.values.imports.imports import Note
from benchmarks.rows import Row

STARTERS, CASCADES = 420, 565
LEVEL: Final = (float(np.log(400.0)) - 0.5, 1.0)
WITHIN: Final = (-0.18, 0.6)
"""Mean and deviation of the logarithm: of levels, and of what one post makes of its author's."""
KNOWN: Final = 6
PICKED: Final = 10
LAUNCHES: Final = (1, 5, 20)
_DRAWN, _CAME, _TRIED = 2_000, 50, 30


@dataclass(frozen=True, eq=False)
class World:
    """A past, and the truth nobody sees."""

    history: CascadeHistory
    level: FloatArray
    """Expected answers to one more post of each starter."""

    @classmethod
    def draw(cls, key: int, deep: float) -> "World":
        """Draw levels, then cascades, a share ``deep`` of whose answers are to answers."""
        rng = np.random.default_rng([key, round(100 * deep)])
        level = rng.lognormal(*LEVEL, STARTERS)
        starters = (STARTERS * rng.random(CASCADES) ** 2.2).astype(np.int64)
        sizes = np.floor(level[starters] * rng.lognormal(*WITHIN, CASCADES)).astype(np.int64)
        began = np.sort(rng.random(CASCADES)) * 200 * 86_400
        cascade = np.repeat(np.arange(CASCADES), sizes + 1)
        first = np.cumsum(sizes + 1) - sizes - 1
        place = np.arange(cascade.size) - first[cascade]
        who = STARTERS + np.arange(cascade.size)
        who[place == 0] = starters
        at = began[cascade] + np.where(place, 3_600.0 * place, 0.0)
        answered = np.where(rng.random(cascade.size) < deep, (rng.random(cascade.size) * place), 0)
        parent = np.where(place > 0, who[first[cascade] + answered.astype(np.int64)], -1)
        answers = count_answers(cascade, who, at, parent, starters)
        nobody = np.full(CASCADES, np.nan)
        return cls(
            CascadeHistory(
                starters=starters,
                sizes=sizes.astype(np.float64) + 1.0,
                began=began,
                followers=nobody,
                entry_cascade=cascade,
                entry_key=who,
                entry_time=at,
                answers=answers,
                entry_parent=parent,
            ),
            level,
        )

    def leads(self) -> LeadingLaw:
        """Judge the past and learn the law that leads, as a workspace does."""
        first = first_judged(self.history)
        law = StarterLaw.learn(self.history, len(self.history))
        if first is None or law is None:
            raise ValueError("so long a past has something to judge")
        log = judge_log(self.history, first, None)
        weights = {Way(name): weight for name, weight in log.weights.items() if weight}
        return LeadingLaw(self.history, law, Note("made up"), weights, doubt=log.doubt or 0.0)

    def held(self, low: FloatArray, high: FloatArray, keys: Int64Array) -> FloatArray:
        """Tell exactly how often ranges of some starters' next cascades hold, each by itself."""
        ends = (np.ceil(low) - 1.0, np.floor(high))
        below, upto = (
            ndtr((np.log(np.maximum(one, 1e-9) / self.level[keys]) - WITHIN[0]) / WITHIN[1]) for one in ends
        )
        return np.asarray(upto - below)

    def by_law(self, keys: Int64Array) -> FloatArray:
        """Expect one more cascade of each as who knows the law does, from the same past (Bayes' theorem)."""
        logs = np.log(np.maximum(self.history.sizes - 1.0, 0.5)) - WITHIN[0]
        place = np.searchsorted(keys, self.history.starters)
        count, total = np.bincount(place), np.bincount(place, logs)
        precision = 1 / LEVEL[1] ** 2 + count / WITHIN[1] ** 2
        middle = (LEVEL[0] / LEVEL[1] ** 2 + total / WITHIN[1] ** 2) / precision
        return np.asarray(np.exp(middle + 0.5 / precision))


def measured(world: World, rng: np.random.Generator) -> tuple[float, ...]:
    """Measure one past: ranges of single starters, the pick, whoever knows the law, and launches."""
    leads = world.leads()
    keys, count = np.unique(world.history.starters, return_counts=True)
    samples, expected = leads.samples(keys.tolist()), leads.moments(keys.tolist())[0]
    low, high = np.quantile(samples[count >= KNOWN], [0.1, 0.9], axis=1)
    best = np.sort(world.level[keys])[-PICKED:].sum()
    bayes, picked = world.by_law(keys), np.argsort(expected)[-PICKED:]
    return (
        float(world.held(low, high, keys[count >= KNOWN]).mean()),
        float(world.level[keys[picked]].sum() / best),
        float(world.level[keys[np.argsort(bayes)[-PICKED:]]].sum() / best),
        float(expected[picked].sum() / (1.0 + world.level[keys[picked]]).sum()),
        float(np.sort(bayes)[-PICKED:].sum() / world.level[keys[np.argsort(bayes)[-PICKED:]]].sum()),
        *(_launches(world, samples, keys, leads.doubt, size, rng) for size in LAUNCHES),
    )


def _launches(
    world: World, samples: FloatArray, keys: Int64Array, doubt: float, size: int, rng: np.random.Generator
) -> float:
    """Tell how often 80% ranges of the totals of launches hold."""
    held = []
    for _ in range(_TRIED):
        who = rng.choice(keys.size, size, replace=False)
        level = world.level[keys[who]]
        came = (1 + np.floor(level * rng.lognormal(*WITHIN, (_CAME, size)))).sum(axis=1)
        past = PastLaws(tuple(tuple(row) for row in np.log(samples[who]).tolist()))
        drawn = sizes_together(past, doubt, rng.standard_normal(_DRAWN), rng).sum(axis=1)
        low, high = np.quantile(drawn, [0.1, 0.9])
        held.append(((low <= came) & (came <= high)).mean())
    return float(np.mean(held))


def world_rows(pasts: int) -> Iterator[Row]:
    """Measure so many pasts of each kind."""
    for told, deep in (("a third of answers to answers", 0.35), ("two thirds", 0.65)):
        rng = np.random.default_rng(1)
        found = np.array([measured(World.draw(key, deep), rng) for key in range(1, pasts + 1)])
        mean, error = found.mean(axis=0), found.std(axis=0, ddof=1) / np.sqrt(pasts)
        low, high = found.min(axis=0), found.max(axis=0)
        name = f"Mentions alone, {told}, {pasts} pasts"
        yield Row(
            f"{name}: 80% ranges of single starters with {KNOWN} cascades or more hold",
            "75 to 85%",
            f"{mean[0]:.0%} ({low[0]:.0%} to {high[0]:.0%} by past)",
        )
        yield Row(
            f"{name}: the ten picked are worth, of the ten truly best",
            f"90%; who knows the law reaches {mean[2]:.0%}",
            f"{mean[1]:.0%}, standard error {error[1]:.1%}",
        )
        yield Row(
            f"{name}: expected of the ten, over what they are worth",
            f"within 10% of 1; who knows the law {mean[4]:.2f}",
            f"{mean[3]:.2f}, standard error {error[3]:.2f}",
        )
        held = ", ".join(f"{one:.0%}" for one in mean[5:])
        yield Row(f"{name}: 80% ranges of launches of 1, 5, 20 starters hold", "75 to 85%", held)


def main(arguments: Sequence[str]) -> None:
    """Measure as many pasts as asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks worlds", description=__doc__)
    parser.add_argument("--pasts", type=int, default=20)
    asked = parser.parse_args(arguments)
    print("| what | target | measured |\n|---|---|---|", flush=True)
    for row in world_rows(asked.pasts):
        print(f"| {row.what} | {row.target} | {row.measured} |", flush=True)

"""Hidden parents: right as often as who knows the truth, and sure as often as right; a million mentions."""

import heapq
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from ambassador.propagation.arrays import BoolArray, FloatArray, Int64Array
from ambassador.propagation.cascades import CascadeLog, build_forest, list_cascades
from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.parents import (
    CascadePosts,
    LogNormal,
    infer_parents,
    learn_hidden_parents,
    list_possible_parents,
)
from ambassador.propagation.parents.possible_parents import ParentPosterior
from benchmarks.networks import DATA_FOLDER
from benchmarks.rows import Row

CONGRESS = Path(DATA_FOLDER) / "networks" / "congress_network_data.json"
LAW = LogNormal(3600.0, 1.0)
APART = 1e7
"""Seconds between the starts of two cascades."""
GROUPS = 20
SEEN = 3
"""Cascades with seen parents per cascade that hides them."""
MORE = 9
"""Further cascades that hide them: ten times as many in all."""
MILLION = 1_000_000


def parent_rows() -> Iterator[Row]:
    """Hide the parents of simulated cascades and find them again; then time a million mentions."""
    network = congress(CONGRESS)
    if network is not None:
        for name, cascades, starters, strength in (
            ("20,000 cascades of one starter", 20_000, 1, 1.0),
            ("10,000 cascades of 20 starters", 10_000, 20, 1.0),
            ("2,000 cascades of 5 starters, probabilities five times as high", 2_000, 5, 5.0),
        ):
            yield from _congress_rows(name, network, cascades, starters, strength)
    yield _million_row()


def congress(path: Path) -> InfluenceNetwork | None:
    """Read the network of the US Congress with its measured probabilities, if it is here."""
    if not path.exists():
        return None
    data = json.loads(path.read_text(encoding="utf-8"))[0]
    pairs = [(source, target) for source, targets in enumerate(data["outList"]) for target in targets]
    likely = [probability for weights in data["outWeight"] for probability in weights]
    source, target = np.array(pairs).T
    return InfluenceNetwork.from_arrays(source, target, likely, len(data["outList"]))


def simulated(
    network: InfluenceNetwork, cascades: int, starters: int, rng: np.random.Generator
) -> tuple[CascadeLog, Int64Array]:
    """Run independent cascades in continuous time; give the log and the true parents, -1 for starters."""
    rows: list[tuple[int, int, float]] = []
    truth: dict[tuple[int, int], int] = {}
    for cascade in range(cascades):
        seeds = rng.choice(network.node_count, starters, replace=False).tolist()
        waiting = [(0.0, node, -1) for node in seeds]
        while waiting:
            at, node, above = heapq.heappop(waiting)
            if (cascade, node) in truth:
                continue
            truth[cascade, node] = above
            rows.append((cascade, node, APART * cascade + at))
            first, last = int(network.out_offsets[node]), int(network.out_offsets[node + 1])
            through = first + np.flatnonzero(rng.random(last - first) < network.probability[first:last])
            for target in network.out_targets[through].tolist():
                delay = LAW.median * float(np.exp(LAW.sigma * rng.standard_normal()))
                heapq.heappush(waiting, (at + delay, target, node))
    log = CascadeLog.from_entries(*zip(*rows, strict=True))
    places = zip(log.cascades.tolist(), log.nodes.tolist(), strict=True)
    return log, np.array([truth[place] for place in places], np.int64)


def _congress_rows(
    name: str, network: InfluenceNetwork, cascades: int, starters: int, strength: float
) -> Iterator[Row]:
    true = network.with_probability(np.minimum(1.0, strength * network.probability))
    log, truth = simulated(true, cascades, starters, np.random.default_rng(1))
    best, _ = _hits(log, truth, infer_parents(list_possible_parents(log, true), true.probability, LAW))
    target = f">= {best.mean() - 0.01:.3f} (knowing the true probabilities: {best.mean():.3f})"
    seen = simulated(true, SEEN * cascades, starters, np.random.default_rng(3))
    further = simulated(true, MORE * cascades, starters, np.random.default_rng(4))[0]
    for told, posterior, seconds in _ways(true, log, seen, further):
        hit, sure = _hits(log, truth, posterior)
        groups = np.array_split(np.argsort(sure), GROUPS)
        error = sum(abs(sure[group].mean() - hit[group].mean()) * group.size for group in groups) / hit.size
        yield Row(
            f"Congress, {name}: hidden parents found, {told}",
            target,
            f"{hit.mean():.3f} of {hit.size:,}, learned in {seconds:.1f} s",
        )
        yield Row(
            f"Congress, {name}: calibration error of the stated probabilities, {told}",
            "<= 0.02",
            f"{error:.4f}",
        )


def _ways(
    true: InfluenceNetwork, log: CascadeLog, seen: tuple[CascadeLog, Int64Array], further: CascadeLog
) -> Iterator[tuple[str, ParentPosterior, float]]:
    """Learn from ties alone, from few cascades and many, with probabilities given, and with parents seen."""
    both, parents = _behind(log, *seen)
    many = _behind(log, further, np.full(further.nodes.size, -1, np.int64))[0]
    ways: tuple[tuple[str, CascadeLog | CascadePosts, dict[str, Any]], ...] = (
        ("nothing given but the ties", log, {}),
        (f"nothing given but the ties, {1 + MORE} times as many cascades", many, {}),
        ("probabilities given with the ties", log, {"given": true.probability}),
        (f"{SEEN} times as many cascades with parents seen", both, {"seen": parents}),
    )
    for told, posts, more in ways:
        start = time.perf_counter()
        learned = learn_hidden_parents(posts, true, rng=np.random.default_rng(2), **more)
        yield told, learned.infer(log), time.perf_counter() - start


def _behind(log: CascadeLog, seen: CascadeLog, truth: Int64Array) -> tuple[CascadePosts, Int64Array]:
    """Lay the cascades whose parents are hidden behind those in which they were seen."""
    place = {
        at: number for number, at in enumerate(zip(seen.cascades.tolist(), seen.nodes.tolist(), strict=True))
    }
    pairs = zip(seen.cascades.tolist(), truth.tolist(), strict=True)
    parents = np.array([place.get(pair, -1) for pair in pairs], np.int64)
    posts = CascadePosts(
        np.concatenate([seen.offsets[:-1], log.offsets + seen.nodes.size]),
        np.concatenate([seen.nodes, log.nodes]),
        np.concatenate([seen.times, log.times]),
    )
    return posts, np.concatenate([parents, np.full(log.nodes.size, -1, np.int64)])


def _hits(log: CascadeLog, truth: Int64Array, posterior: ParentPosterior) -> tuple[BoolArray, FloatArray]:
    best, sure = posterior.most_likely()
    asked = truth >= 0
    return np.where(best >= 0, log.nodes[best], -1)[asked] == truth[asked], sure[asked]


def _million_row() -> Row:
    rng = np.random.default_rng(1)
    above = (rng.random(MILLION) * np.arange(MILLION)).astype(np.int64)
    starts = rng.random(MILLION) < 0.1  # noqa: PLR2004 - one post in ten starts something
    ids = [f"post-{1_000_000_000 + number}" for number in range(MILLION)]
    parents = [
        None if start else ids[place] for start, place in zip(starts.tolist(), above.tolist(), strict=True)
    ]
    authors = [f"author-{number}" for number in rng.integers(0, 200_000, MILLION).tolist()]
    clock, processor = time.perf_counter(), time.process_time()
    cascades = list_cascades(build_forest(ids, parents, authors, np.arange(MILLION, dtype=np.float64)))
    seconds, busy = time.perf_counter() - clock, time.process_time() - processor
    return Row(
        "A million mentions with ids in text: all trees and measures",
        "<= 10 s",
        f"{seconds:.1f} s ({busy:.1f} s of processor), {len(cascades):,} cascades",
    )

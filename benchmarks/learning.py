"""Learned influence: on cascades it has not seen, on a truth it should learn back, on a large past."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy.stats import spearmanr

from ambassador.propagation.cascades import CascadeLog
from ambassador.propagation.influence import learn
from ambassador.propagation.network import InfluenceNetwork
from ambassador.services.calibration.influence_evaluation import evaluate_influence
from ambassador.values.learning import InfluenceEvaluation, TieDirection
from benchmarks.networks import DATA_FOLDER
from benchmarks.rows import Row

_DELAY = (8.0, 1.0)
_APART = 1e7
_ALONG = 0.6
_LARGE = (100_000, 1_050_000, 20_000, 50)


def learning_rows(*, quick: bool) -> Iterator[Row]:
    """Measure learning; rows whose data are not there are left out."""
    yield from android_rows()
    yield from recovery_rows((300, 3_000) if quick else (300, 3_000, 30_000))
    if not quick:
        yield large_row()


def android_rows() -> Iterator[Row]:
    """Learn on the train part of android, measure on its test part, in both directions."""
    folder = Path(DATA_FOLDER) / "android"
    if not folder.is_dir():
        return
    files = [folder / name for name in ("ties.csv", "mentions_train.csv", "mentions_test.csv")]
    targets = {TieDirection.REVERSED: (">= 0.865", ">= -0.0595"), TieDirection.AS_LISTED: ("", "")}
    for direction, (auc, likelihood) in targets.items():
        found = evaluate_influence(files[0], files[1], files[2], direction=direction)
        yield from _android(f"android test, {direction}", found, auc, likelihood)


def _android(name: str, found: InfluenceEvaluation, auc: str, likelihood: str) -> Iterator[Row]:
    active = found.baselines["activity_only"]
    above = "above how active people are"
    yield Row(f"{name}: AUC", auc or above, f"{found.auc:.4f} (activity alone {active.auc:.4f})")
    yield Row(
        f"{name}: mean log-likelihood",
        likelihood or above,
        f"{found.log_likelihood:.5f} (activity alone {active.log_likelihood:.5f})",
    )
    yield Row(f"{name}: calibration error", "<= 0.005", f"{found.calibration_error:.4f}")
    yield Row(f"{name}: calibration slope", "0.9 to 1.1", f"{found.calibration_slope:.3f}")
    by_cascade = found.top_share_error_by_cascade
    yield Row(
        f"{name}: top 5%, standard errors off",
        "within 2",
        f"{found.top_share_error:+.2f} as if people were independent, {by_cascade:+.2f} by cascade",
    )
    if found.stored is not None:
        yield Row(
            f"{name}: the tie probabilities alone, as picks and forecasts use them",
            "slope 0.9 to 1.1",
            f"{found.stored_slope:.3f}; AUC {found.stored.auc:.4f}, log-likelihood "
            f"{found.stored.log_likelihood:.5f}, calibration error {found.stored.calibration_error:.4f}, "
            f"top 5% off by {found.stored_top_error_by_cascade or 0.0:+.2f} standard errors by cascade",
        )


def recovery_rows(counts: tuple[int, ...]) -> Iterator[Row]:
    """Simulate cascades with measured probabilities and learn them back."""
    network = congress()
    if network is None:
        return
    truth = np.asarray(network.probability, dtype=np.float64)
    log = simulated(network, max(counts), np.random.default_rng(3))
    for count in counts:
        end = int(log.offsets[count])
        part = CascadeLog(log.offsets[: count + 1], log.nodes[:end], log.times[:end])
        learned = learn(network, part).influence
        low, high = learned.interval(0.9)
        held = float(((truth >= low) & (truth <= high)).mean())
        rank = float(spearmanr(np.asarray(learned.network.probability), truth).statistic)
        yield Row(
            f"Congress, {count:,} cascades ({end - count:,} activations) over {truth.size:,} ties",
            "90% intervals hold 90%",
            f"hold {held:.1%}; rank correlation {rank:.2f}; delay {learned.delay().median:,.0f} s, "
            f"true {np.exp(_DELAY[0]):,.0f} s",
        )


def large_row() -> Row:
    """Time learning from a million posts over a million ties."""
    network, log = large_past(*_LARGE)
    start, processor = time.perf_counter(), time.process_time()
    learn(network, log)
    took, used = time.perf_counter() - start, time.process_time() - processor
    return Row(
        f"Learn from {log.nodes.size:,} posts over {network.tie_count:,} ties",
        "<= 60 s on two cores",
        f"{took:.0f} s ({used:.0f} s of processor)",
    )


def congress() -> InfluenceNetwork | None:
    """Read the members of the US Congress with their measured probabilities."""
    path = Path(DATA_FOLDER) / "networks" / "congress_network_data.json"
    if not path.exists():
        return None
    held = json.loads(path.read_text(encoding="utf-8"))[0]
    counts = [len(targets) for targets in held["outList"]]
    source = np.repeat(np.arange(len(counts)), counts)
    target = np.concatenate([np.asarray(one, np.int64) for one in held["outList"]])
    probability = np.concatenate([np.asarray(one, np.float64) for one in held["outWeight"]])
    return InfluenceNetwork.from_arrays(source, target, probability, len(counts))


def simulated(network: InfluenceNetwork, count: int, rng: np.random.Generator) -> CascadeLog:
    """Draw independent cascades from random starters, with log-normal delays."""
    chance, offsets, targets = network.probability, network.out_offsets, network.out_targets
    entries: list[tuple[int, int, float]] = []
    for number in range(count):
        first = int(rng.integers(network.node_count))
        active, waiting = {first: 0.0}, [first]
        while waiting:
            source = waiting.pop()
            begin, end = offsets[source], offsets[source + 1]
            for target in targets[begin:end][rng.random(end - begin) < chance[begin:end]].tolist():
                if target not in active:
                    active[target] = active[source] + float(rng.lognormal(*_DELAY))
                    waiting.append(target)
        entries += [(number, node, number * _APART + moment) for node, moment in active.items()]
    return CascadeLog.from_entries(*zip(*entries, strict=True))


def large_past(nodes: int, ties: int, cascades: int, size: int) -> tuple[InfluenceNetwork, CascadeLog]:
    """Draw a large network and cascades that run along its ties six times in ten."""
    rng = np.random.default_rng(0)
    source = (nodes * rng.random(ties) ** 2).astype(np.int64)
    network = InfluenceNetwork.from_arrays(source, rng.integers(nodes, size=ties), 1.0, nodes)
    members = np.empty((cascades, size), np.int64)
    members[:, 0] = nodes * rng.random(cascades) ** 2
    for place in range(1, size):
        parent = members[np.arange(cascades), rng.integers(place, size=cascades)]
        begin, degree = network.out_offsets[parent], np.diff(network.out_offsets)[parent]
        along = begin + rng.integers(2**31, size=cascades) % np.maximum(degree, 1)
        followed = network.out_targets[np.minimum(along, network.tie_count - 1)]
        elsewhere = (nodes * rng.random(cascades) ** 2).astype(np.int64)
        members[:, place] = np.where((degree > 0) & (rng.random(cascades) < _ALONG), followed, elsewhere)
    moments = np.tile(np.arange(size) * 1e3, cascades) + np.repeat(np.arange(cascades) * _APART, size)
    return network, CascadeLog.from_entries(np.repeat(np.arange(cascades), size), members.ravel(), moments)

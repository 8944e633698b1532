"""The same pick by this process alone and by worker processes on this machine."""

import tempfile
import time
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import numpy as np

from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.pick.cluster.executor import NEAR, ClusterExecutor, open_cluster
from ambassador.propagation.pick.selection import SeedSet, pick_seeds
from benchmarks.rows import Row

MEGABYTE = 1e6


def cluster_rows(name: str, network: InfluenceNetwork, wanted: float) -> Iterator[Row]:
    """Pick 50 alone, then on workers: ratio of times, bytes moved, and whether all agree."""
    _pick(network, 0.1, None)
    alone = _pick(network, wanted, None)
    what = f"{name}: pick 50 to {wanted:.2f}"
    yield Row(
        f"{what}, one machine, one thread",
        "",
        f"{alone.seconds:.2f} s; certificate {alone.certificate:.3f}, {alone.rr_sets:,} sets, "
        f"{alone.stopped_because}",
    )
    for workers, near in ((1, NEAR), (2, NEAR), (2, 0)):
        start = time.perf_counter()
        with (
            tempfile.TemporaryDirectory() as folder,
            open_cluster(f"local:{workers}", Path(folder)) as executor,
        ):
            up = time.perf_counter() - start
            executor.near = near
            _pick(network, 0.1, executor)
            before = executor.bytes_sent()
            shared = _pick(network, wanted, executor)
            moved = (executor.bytes_sent() - before) / MEGABYTE / 2
        yield Row(
            f"{what}, local cluster, {workers} worker(s){'' if near else ', all sets stay there'}",
            "the same pick",
            f"{'the same' if _same(alone, shared) else 'ANOTHER'} pick in {shared.seconds:.2f} s, "
            f"{shared.seconds / alone.seconds:.2f}x the time of one thread; {moved:,.1f} MB moved; "
            f"{up:.1f} s to start the workers",
        )


def _pick(network: InfluenceNetwork, wanted: float, executor: ClusterExecutor | None) -> SeedSet:
    """Pick twice and give the faster; what else the machine does only adds to the time."""
    return min((_once(network, wanted, executor) for _ in range(2)), key=lambda pick: pick.seconds)


def _once(network: InfluenceNetwork, wanted: float, executor: ClusterExecutor | None) -> SeedSet:
    return pick_seeds(
        network, 50, rng=np.random.default_rng(1), certificate=wanted, threads=1, executor=executor
    )


def _same(one: SeedSet, other: SeedSet) -> bool:
    names = [field.name for field in fields(SeedSet) if field.name != "seconds"]
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in names)

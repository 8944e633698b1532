"""How time and memory grow with the size of the network; each step in a process of its own."""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.pick.selection import pick_seeds
from benchmarks.networks import chung_lu_ties
from benchmarks.rows import Row

Step = Callable[[Path, int], dict[str, float]]
TARGETS = {10_000_000: "opened in 1 s, picked within 120 s and 8 GB"}
ROW_GROUP = 1_000_000


def size_rows(*, largest: int) -> Iterator[Row]:
    """Build from Parquet, save, open and pick at n = 1e4, 1e5, ... with ten ties each."""
    nodes = 10_000
    while nodes <= largest:
        with tempfile.TemporaryDirectory() as folder:
            _measured("draw", Path(folder), nodes)
            built, picked = (_measured(step, Path(folder), nodes) for step in ("build", "pick"))
        yield Row(
            f"n = {nodes:,}, {built['ties']:,.0f} ties",
            TARGETS.get(nodes, ""),
            f"built from Parquet in {built['build']:.1f} s and {built['peak']:.1f} GB, saved in "
            f"{built['save']:.1f} s, {built['bytes']:.1f} bytes a tie; opened in {picked['open']:.2f} s; "
            f"pick 50 to 0.80 in {picked['pick']:.2f} s and {picked['peak']:.1f} GB "
            f"(certificate {picked['certificate']:.3f}, {picked['sets']:,.0f} sets)",
        )
        nodes *= 10


def _measured(step: str, folder: Path, nodes: int) -> dict[Any, Any]:
    command = [sys.executable, "-m", "benchmarks.size", step, str(folder), str(nodes)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    return dict(json.loads(done.stdout))


def draw(folder: Path, nodes: int) -> dict[str, float]:
    """Draw a network and write its ties to Parquet."""
    arrow: Any = import_module("pyarrow")
    parquet: Any = import_module("pyarrow.parquet")
    source, target = chung_lu_ties(nodes, 10 * nodes)
    schema = arrow.schema([("source", arrow.int32()), ("target", arrow.int32())])
    with parquet.ParquetWriter(folder / "ties.parquet", schema) as file:
        for first in range(0, source.size, ROW_GROUP):
            rows = slice(first, first + ROW_GROUP)
            file.write_table(arrow.table([source[rows], target[rows]], schema=schema))
    return {}


def build(folder: Path, nodes: int) -> dict[str, float]:
    """Build from Parquet and save."""
    start = time.perf_counter()
    network = InfluenceNetwork.from_parquet(folder / "ties.parquet", node_count=nodes)
    built = time.perf_counter()
    network.save(folder / "network")
    saved = time.perf_counter()
    size = (folder / "network").stat().st_size
    return {
        "ties": network.tie_count,
        "build": built - start,
        "save": saved - built,
        "bytes": size / network.tie_count,
        "peak": peak(),
    }


def pick(folder: Path, _: int) -> dict[str, float]:
    """Open the saved network and pick."""
    start = time.perf_counter()
    network = InfluenceNetwork.open(folder / "network")
    opened = time.perf_counter()
    chosen = pick_seeds(network, 50, rng=np.random.default_rng(1), certificate=0.8, threads=2)
    return {
        "open": opened - start,
        "pick": time.perf_counter() - opened,
        "certificate": chosen.certificate,
        "sets": chosen.rr_sets,
        "peak": peak(),
    }


def peak() -> float:
    """Give the most memory of this process in GB; ``getrusage`` would count its parent's before the start."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


STEPS: dict[str, Step] = {"draw": draw, "build": build, "pick": pick}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(STEPS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))))

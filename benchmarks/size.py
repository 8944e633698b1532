"""How time and memory grow with the size of the network."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.selection import pick_seeds
from benchmarks.networks import chung_lu
from benchmarks.rows import Row


def size_rows(*, largest: int) -> Iterator[Row]:
    """Build, save, open and pick at n = 1e4, 1e5, ... with ten ties each."""
    nodes = 10_000
    while nodes <= largest:
        start = time.perf_counter()
        network = chung_lu(nodes, 10 * nodes)
        built = time.perf_counter() - start
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "network"
            network.save(path)
            bytes_per_tie = path.stat().st_size / network.tie_count
            start = time.perf_counter()
            mapped = InfluenceNetwork.open(path)
            opened = time.perf_counter() - start
            pick = pick_seeds(mapped, 50, rng=np.random.default_rng(1), certificate=0.8)
        yield Row(
            f"n = {nodes:,}, {network.tie_count:,} ties, two ways",
            "",
            f"drawn and built {built:.1f} s, {bytes_per_tie:.1f} bytes a tie on disk, opened {opened:.2f} s, "
            f"pick 50 to 0.80 in {pick.seconds:.2f} s",
        )
        nodes *= 10

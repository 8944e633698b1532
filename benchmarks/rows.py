"""What is measured: each function gives rows (what, target, measured)."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.probabilities import constant
from ambassador.propagation.selection import Limits, biggest_first, pick_seeds
from ambassador.propagation.spread import estimate_spread, estimate_total
from benchmarks.peers import cynetdiff_seconds, networkx_seconds

REPEATS = 3
MOST_TIES_FOR_A_LOOP = 200_000


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    target: str
    measured: str


def best_seconds(work: Callable[[], object]) -> float:
    """Give the shortest of a few times; what else the machine does only adds to it."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def simulation_rows(name: str, network: InfluenceNetwork, runs: int, target: str) -> Iterator[Row]:
    """Compare simulations per second from 50 seeds, and the means they come to."""
    seeds = biggest_first(network, 50)
    total = partial(estimate_total, network, seeds, runs=runs)
    full = partial(estimate_spread, network, seeds, runs=runs)

    def ours(work: Callable[..., object], threads: int) -> float:
        return best_seconds(lambda: work(rng=np.random.default_rng(1), threads=threads)) / runs

    ours(total, 1)
    peer = min(
        (found for _ in range(REPEATS) if (found := cynetdiff_seconds(network, seeds, runs))), default=None
    )
    one, two, detailed = ours(total, 1), ours(total, 2), ours(full, 1)
    yield Row(f"{name}: simulations/s, one thread", "", f"{1 / one:,.0f}")
    if peer is not None:
        yield Row(f"{name}: CyNetDiff simulations/s", "", f"{1 / peer[0]:,.0f} (mean {peer[1]:,.1f})")
        yield Row(f"{name}: totals against CyNetDiff", target, f"{peer[0] / one:.1f}x")
        yield Row(
            f"{name}: with exposure, steps and branches, against CyNetDiff", "", f"{peer[0] / detailed:.1f}x"
        )
    yield Row(f"{name}: two threads against one", ">= 1.9x", f"{one / two:.2f}x")
    mean = estimate_total(network, seeds, runs=runs, rng=np.random.default_rng(1)).mean
    yield Row(f"{name}: mean of ours", "as the peer's", f"{mean:,.1f}")
    if network.tie_count < MOST_TIES_FOR_A_LOOP:
        loop, loop_mean = networkx_seconds(network, seeds, max(3, runs // 100))
        yield Row(f"{name}: networkx loop simulations/s", "", f"{1 / loop:,.0f} (mean {loop_mean:,.1f})")


def pick_rows(
    name: str, network: InfluenceNetwork, wanted: float, targets: tuple[str, str], runs: int
) -> Iterator[Row]:
    """Time picks of 50, in seconds and in units of one CyNetDiff simulation."""
    network.wiring.into("ic")
    peer = cynetdiff_seconds(network, biggest_first(network, 50), runs)
    for threads, target in zip((1, 2), targets, strict=True):
        found = [
            pick_seeds(network, 50, rng=np.random.default_rng(1), certificate=wanted, threads=threads)
            for _ in range(REPEATS)
        ]
        fastest = min(found, key=lambda pick: pick.seconds)
        unit = "" if peer is None else f" = {fastest.seconds / peer[0]:,.2f} simulations"
        yield Row(
            f"{name}: pick 50 to {wanted:.2f}, {threads} thread(s)",
            target,
            f"{fastest.seconds:.3f} s{unit}; certificate {fastest.certificate:.3f}, "
            f"{fastest.rr_sets:,} sets, spread {fastest.spread:,.1f}, {fastest.stopped_because}",
        )


def quality_rows(network: InfluenceNetwork) -> Iterator[Row]:
    """Check the spread of picks on NetHEPT by independent runs."""
    for wanted, target in ((0.9, ">= 1,290"), (0.95, ">= 1,294")):
        for diffusion in ("ic", "lt"):
            pick = pick_seeds(
                network, 50, rng=np.random.default_rng(7), certificate=wanted, diffusion=diffusion
            )
            spread = estimate_total(
                network, pick.nodes, runs=100_000, rng=np.random.default_rng(99), diffusion=diffusion
            )
            yield Row(
                f"NetHEPT as given, {diffusion}, certificate {wanted}: spread in 100,000 other runs",
                target if diffusion == "ic" else "",
                f"{spread.mean:,.1f} ({spread.low:,.1f} to {spread.high:,.1f}); "
                f"certificate {pick.certificate:.3f} in {pick.seconds:.2f} s",
            )


def giant_rows(network: InfluenceNetwork) -> Iterator[Row]:
    """Pick where one person's word reaches most of the network: the memory limit ends it."""
    dense = constant(network, 0.1)
    pick = pick_seeds(dense, 50, rng=np.random.default_rng(1), limits=Limits(bytes=2**29))
    yield Row(
        "n = 1e5, p = 0.1: pick 50 within 512 MB of sets",
        "finishes",
        f"{pick.seconds:.1f} s, certificate {pick.certificate:.3f}, stopped by {pick.stopped_because}",
    )


def first_pick_rows() -> Iterator[Row]:
    """Time the first pick of a fresh process beyond its imports."""
    code = (
        "import time, numpy as np\n"
        "from ambassador.propagation.network import InfluenceNetwork as N\n"
        "from ambassador.propagation.selection import pick_seeds\n"
        "start = time.perf_counter()\n"
        "n = N.from_arrays(np.arange(5000) % 700, np.arange(5000) % 1999, None, 2000)\n"
        "pick_seeds(n, 20, rng=np.random.default_rng(1))\n"
        "print(time.perf_counter() - start)\n"
    )
    times = [
        float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout)  # noqa: S603
        for _ in range(REPEATS)
    ]
    yield Row("First pick in a fresh process, beyond imports", "<= 0.5 s", f"{min(times):.2f} s")

"""What is measured: each function gives rows (what, target, measured)."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numba
import numpy as np

from ambassador.propagation.kernels.coins import mixed
from ambassador.propagation.network import InfluenceNetwork, constant
from ambassador.propagation.pick.constraints import Constraints
from ambassador.propagation.pick.selection import Limits, Scenario, SeedSet, biggest_first, pick_seeds
from ambassador.propagation.simulate import estimate_spread, estimate_total
from ambassador.values.picks.quotas import Quota
from benchmarks.peers import cynetdiff_seconds, ndlib_seconds, networkx_seconds

REPEATS = 5
MOST_TIES_FOR_A_LOOP = 200_000
LONG_ENOUGH = 1.5
"""Seconds a thread works at least where threads are compared."""
PAIRS = 9
"""Times that one and two threads are compared."""
TURN = 0.2
"""Seconds for which a quick pick is repeated each time it is its turn."""
LONG = 5.0
"""A pick of so many seconds is made once."""


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    target: str
    measured: str


def seconds_of(work: Callable[[], object]) -> float:
    """Time one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def threads_gain(work: Callable[[int], object]) -> float:
    """Say how many times faster two threads do the work, in turn; the shortest time of each counts."""
    pairs = [(seconds_of(lambda: work(1)), seconds_of(lambda: work(2))) for _ in range(PAIRS)]
    return min(one for one, _ in pairs) / min(two for _, two in pairs)


def machine_rows() -> Iterator[Row]:
    """Say what two threads can gain here at most, by arithmetic that touches no memory."""

    def arithmetic(threads: int) -> None:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(lambda key: _many_coins(np.uint64(key), 150_000_000), range(2)))

    _many_coins(np.uint64(0), 1)
    yield Row(
        "This machine: plain arithmetic, two threads against one",
        "2x where both cores are free",
        f"{threads_gain(arithmetic):.2f}x",
    )


@numba.njit(nogil=True)
def _many_coins(key: np.uint64, count: int) -> np.uint64:
    for _ in range(count):
        key = mixed(key)
    return key


def simulation_rows(name: str, network: InfluenceNetwork, runs: int, target: str) -> Iterator[Row]:
    """Compare simulations per second from 50 seeds, in turn, and the means they come to.

    The shortest of a few times counts for everybody: what else the machine does only adds to it.
    """
    seeds = biggest_first(network, 50)

    def ours(work: Callable[..., object], threads: int) -> float:
        rng = np.random.default_rng(1)
        return seconds_of(lambda: work(network, seeds, runs=runs, rng=rng, threads=threads)) / runs

    ours(estimate_total, 2)
    ours(estimate_spread, 1)
    times: dict[str, list[float]] = {"one": [], "detailed": []}
    peers: list[tuple[float, float]] = []
    for _ in range(REPEATS):
        times["one"].append(ours(estimate_total, 1))
        times["detailed"].append(ours(estimate_spread, 1))
        peers += [found] if (found := cynetdiff_seconds(network, seeds, runs)) else []
    one, detailed = (min(found) for found in times.values())
    peer = min(peers, default=None)
    yield Row(f"{name}: simulations/s, one thread", "", f"{1 / one:,.0f}")
    if peer is not None:
        yield Row(f"{name}: CyNetDiff simulations/s", "", f"{1 / peer[0]:,.1f} (mean {peer[1]:,.1f})")
        yield Row(f"{name}: totals against CyNetDiff", target, f"{peer[0] / one:.1f}x")
        yield Row(
            f"{name}: with exposure, steps and branches, against CyNetDiff", "", f"{peer[0] / detailed:.1f}x"
        )
    many = runs * max(1, round(LONG_ENOUGH / (one * runs)))
    gained = threads_gain(
        lambda threads: estimate_total(
            network, seeds, runs=many, rng=np.random.default_rng(1), threads=threads
        )
    )
    yield Row(f"{name}: two threads against one", ">= 1.9x", f"{gained:.2f}x")
    mean = estimate_total(network, seeds, runs=runs, rng=np.random.default_rng(1)).mean
    yield Row(f"{name}: mean of ours", "as the peer's", f"{mean:,.1f}")
    if network.tie_count < MOST_TIES_FOR_A_LOOP:
        loop, loop_mean = networkx_seconds(network, seeds, max(3, runs // 100))
        yield Row(f"{name}: networkx loop simulations/s", "", f"{1 / loop:,.0f} (mean {loop_mean:,.1f})")
        slow = ndlib_seconds(network, seeds, 5)
        if slow is not None:
            yield Row(f"{name}: NDlib simulations/s", "", f"{1 / slow[0]:,.0f} (mean {slow[1]:,.1f})")


def pick_rows(
    name: str, network: InfluenceNetwork, wanted: float, targets: tuple[str, str], runs: int
) -> Iterator[Row]:
    """Time picks of 50, in seconds and in units of one CyNetDiff simulation, in turn."""
    pick_seeds(network, 50, rng=np.random.default_rng(1), certificate=0.1, threads=2)
    seeds = biggest_first(network, 50)
    peers: list[float] = []
    picks: dict[int, list[SeedSet]] = {1: [], 2: []}
    for repeat in range(REPEATS):
        found = cynetdiff_seconds(network, seeds, runs)
        peers += [found[0]] if found else []
        for threads, made in picks.items():
            if repeat == 0 or made[0].seconds < LONG:
                made.extend(_picks_of_a_turn(network, wanted, threads))
    for (threads, made), target in zip(picks.items(), targets, strict=True):
        fastest = min(made, key=lambda pick: pick.seconds)
        unit = "" if not peers else f" = {fastest.seconds / min(peers):,.2f} simulations"
        yield Row(
            f"{name}: pick 50 to {wanted:.2f}, {threads} thread(s)",
            target,
            f"{fastest.seconds:.3f} s{unit}; certificate {fastest.certificate:.3f}, "
            f"{fastest.rr_sets:,} sets, spread {fastest.spread:,.1f}, {fastest.stopped_because}",
        )


def _picks_of_a_turn(network: InfluenceNetwork, wanted: float, threads: int) -> Iterator[SeedSet]:
    """Pick at least once, and again until the turn is over: quick picks are timed as long as slow ones."""
    end = time.perf_counter() + TURN
    while True:
        yield pick_seeds(network, 50, rng=np.random.default_rng(1), certificate=wanted, threads=threads)
        if time.perf_counter() > end:
            return


def constraint_rows(network: InfluenceNetwork) -> Iterator[Row]:
    """Pick on NetHEPT under each kind of demand."""
    nodes = network.node_count
    rng = np.random.default_rng(5)
    fees = 1.0 + np.diff(network.out_offsets)
    city = rng.integers(0, 5, nodes)
    cities = [Quota.over(str(name), np.flatnonzero(city == name), 5, 15) for name in range(5)]
    biggest = biggest_first(network, 20).tolist()
    pairs = [(biggest[place], biggest[place + 1]) for place in range(0, 20, 2)]
    value = (city == 0).astype(float)
    by_chance = rng.uniform(1.0, 20.0, nodes)
    for what, constraints, scenario in (
        ("nothing but 50 people", Constraints(), Scenario()),
        ("a budget of 400, fees 1 + followers", Constraints(costs=fees, budget=400.0), Scenario()),
        (
            "a budget of 200, fees of 1 to 20 by chance",
            Constraints(costs=by_chance, budget=200.0),
            Scenario(),
        ),
        ("5 to 15 people in each of 5 cities", Constraints(groups=cities), Scenario()),
        ("both", Constraints(costs=fees, budget=400.0, groups=cities), Scenario()),
        ("3 must, 10 must not", Constraints(must=biggest[:3], never=biggest[10:]), Scenario()),
        ("10 pairs exclude each other", Constraints(exclusive=pairs), Scenario()),
        ("an audience of one city", Constraints(), Scenario(value=value)),
        ("everybody posts in 6 of 10 cases", Constraints(), Scenario(posting=np.full(nodes, 0.6))),
        ("a deadline of 2 steps", Constraints(), Scenario(deadline=2)),
    ):
        pick = pick_seeds(
            network,
            50,
            rng=np.random.default_rng(1),
            certificate=0.8,
            constraints=constraints,
            scenario=scenario,
            limits=Limits(seconds=60.0),
        )
        yield Row(
            f"NetHEPT as given: pick 50 to 0.80 under {what}",
            "with a certificate",
            f"{pick.seconds:.2f} s; certificate {pick.certificate:.3f}, {pick.rr_sets:,} sets, "
            f"spread {pick.spread:,.1f}, {pick.stopped_because}",
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
    """Pick where one person's word reaches most of the network."""
    dense = constant(network, 0.1)
    for wanted in (0.56, 0.9):
        pick = pick_seeds(
            dense, 50, rng=np.random.default_rng(1), certificate=wanted, limits=Limits(bytes=2**29)
        )
        yield Row(
            f"n = 1e5, p = 0.1: pick 50 to {wanted:.2f} within 512 MB of sets",
            "finishes",
            f"{pick.seconds:.1f} s, certificate {pick.certificate:.3f}, stopped by {pick.stopped_because}",
        )


FIRST_PICK = """
import time, numpy as np
from ambassador.propagation.network.network import InfluenceNetwork as N
from ambassador.propagation.pick.selection import pick_seeds
from ambassador.propagation.kernels.coins import mixed
start = time.perf_counter()
mixed(np.uint64(1))
numba = time.perf_counter() - start
n = N.from_arrays(np.arange(5000) % 700, np.arange(5000) % 1999, None, 2000)
pick_seeds(n, 20, rng=np.random.default_rng(1))
print(time.perf_counter() - start, numba)
"""


def first_pick_rows() -> Iterator[Row]:
    """Time the first pick of a fresh process beyond its imports."""
    times = []
    for _ in range(REPEATS):
        command = [sys.executable, "-c", FIRST_PICK]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
        times.append(tuple(map(float, printed.split())))
    whole, imports = min(times)
    yield Row(
        "First pick in a fresh process, beyond imports",
        "<= 0.5 s",
        f"{whole - imports:.2f} s; numba's own modules, imported at the first call: {imports:.2f} s more",
    )

"""``python -m benchmarks`` measures everything and writes ``benchmarks/results.md``.

``python -m benchmarks workspace`` measures a large brand's workspace instead: see ``benchmarks.workspace``;
``python -m benchmarks mentions`` what the verbs take where there are mentions alone: ``benchmarks.mentions``;
``python -m benchmarks searching`` how soon mentions are found by their words: ``benchmarks.searching``;
``python -m benchmarks tone`` what the order of reading finds: ``benchmarks.tone``;
``python -m benchmarks incidents`` how soon bursts are found: ``benchmarks.incidents``;
``python -m benchmarks worlds`` whether picks are good and ranges hold there: ``benchmarks.worlds``.
"""

import argparse
import os
import platform
import resource
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ambassador.warm_up import warm_up
from benchmarks import incidents, mentions, searching, tone, workspace, worlds
from benchmarks.cluster import cluster_rows
from benchmarks.growth import growth_rows
from benchmarks.learning import learning_rows
from benchmarks.networks import DATA_FOLDER, barabasi_albert, chung_lu, nethept
from benchmarks.parents import parent_rows
from benchmarks.readers import reader_rows
from benchmarks.rows import (
    Row,
    constraint_rows,
    first_pick_rows,
    giant_rows,
    machine_rows,
    pick_rows,
    quality_rows,
    simulation_rows,
)
from benchmarks.searching import POSTS, search_rows
from benchmarks.size import size_rows
from benchmarks.tightness import tightness_rows
from benchmarks.votes import vote_rows
from benchmarks.writers import writer_rows

RESULTS = Path(__file__).with_name("results.md")
PACKAGES = ("numpy", "numba", "networkx", "cynetdiff", "distributed")


def rows(*, quick: bool) -> Iterator[Row]:
    """Measure from the cheapest to the dearest."""
    yield from first_pick_rows()
    yield from machine_rows()
    yield from writer_rows()
    yield from reader_rows()
    yield from growth_rows(Path(DATA_FOLDER))
    yield from worlds.world_rows(pasts=2)
    yield from parent_rows()
    yield from vote_rows()
    yield from tone.tone_rows()
    yield from search_rows(100_000 if quick else POSTS)
    own, both = nethept(both_ways=False), nethept(both_ways=True)
    if own is not None and both is not None:
        yield from quality_rows(own)
        yield from constraint_rows(own)
        yield from simulation_rows("NetHEPT both ways", both, 3_000, ">= 4x")
        yield from tightness_rows("NetHEPT both ways", both)
        for wanted, targets in (
            (0.56, ("<= 120 simulations", "<= 75 simulations")),
            (0.9, ("", "<= 6,000 simulations")),
            (0.95, ("", "<= 40,000 simulations")),
        ):
            yield from pick_rows("NetHEPT both ways", both, wanted, targets, 3_000)
    yield from learning_rows(quick=quick)
    middle = chung_lu(100_000, 1_000_000)
    yield from simulation_rows("Chung-Lu 1e5", middle, 60, ">= 4x")
    yield from simulation_rows("Chung-Lu 1e5, p = 0.01", middle.with_probability(0.01), 2_000, ">= 7x")
    yield from pick_rows("Chung-Lu 1e5", middle, 0.56, ("<= 2.7 simulations", "<= 1.6 simulations"), 60)
    yield from tightness_rows("Chung-Lu 1e5", middle)
    yield from giant_rows(middle)
    yield from cluster_rows("Chung-Lu 1e5", middle, 0.85)
    yield from size_rows(largest=100_000 if quick else 10_000_000)
    if quick:
        return
    large = chung_lu(1_000_000, 10_000_000)
    yield from simulation_rows("Chung-Lu 1e6", large, 6, ">= 4x")
    yield from pick_rows("Chung-Lu 1e6", large, 0.56, ("<= 0.75 simulations", "<= 0.5 simulations"), 6)
    yield from pick_rows("Chung-Lu 1e6", large, 0.85, ("", "<= 20 simulations"), 6)
    yield from cluster_rows("Chung-Lu 1e6", large, 0.85)
    attached = barabasi_albert(1_000_000, 5)
    yield from simulation_rows("Barabasi-Albert 1e6", attached, 6, ">= 4x")
    yield from pick_rows("Barabasi-Albert 1e6", attached, 0.56, ("", ""), 6)


def header() -> list[str]:
    """Say on what machine, with which versions, and how busy it was."""
    packages = ", ".join(f"{name} {_version(name)}" for name in PACKAGES)
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    return [
        "# Benchmarks",
        "",
        "Written by `python -m benchmarks`; targets stand beside what was measured.",
        "",
        f"Python {platform.python_version()} on {machine}, load {load} at the start. {packages}.",
        "",
        "| what | target | measured |",
        "|---|---|---|",
    ]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="leave the networks of a million nodes out")
    asked = parser.parse_args()
    warm_up()
    lines = header()
    for row in rows(quick=asked.quick):
        lines.append(f"| {row.what} | {row.target} | {row.measured} |")
        print(lines[-1], flush=True)
        _write(lines)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    _write([*lines, f"| Most memory of the whole run, but for the sizes | | {peak:.1f} GB |"])


def _write(lines: list[str]) -> None:
    """Write what there is, so that a run that is stopped leaves what it measured."""
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["workspace"]:
        workspace.main(sys.argv[2:])
    elif sys.argv[1:2] == ["mentions"]:
        mentions.main(sys.argv[2:])
    elif sys.argv[1:2] == ["searching"]:
        searching.main(sys.argv[2:])
    elif sys.argv[1:2] == ["tone"]:
        tone.main(sys.argv[2:])
    elif sys.argv[1:2] == ["incidents"]:
        incidents.main()
    elif sys.argv[1:2] == ["worlds"]:
        worlds.main(sys.argv[2:])
    else:
        main()

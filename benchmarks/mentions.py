"""Mentions and nothing else, at the size of a platform's export: what each verb takes, beside its target.

``python -m benchmarks mentions`` makes logs up (one-off talkers, stars whose answers point to the start, Zipf
sizes), runs the shell's own verbs one at a time, each in a process of its own, and prints processor time and
the most memory. ``--share 0.1`` makes a tenth of everything; targets are shown at full size alone.
"""

import argparse
import csv
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import numpy as np

from ambassador.propagation.arrays import FloatArray, Int64Array
from benchmarks.rows import Row

BEGAN: Final = datetime(2026, 1, 1, tzinfo=UTC)
DAY: Final = 86_400.0
CASCADES, POSTS = 565, 230_000
STARTERS: Final = 420
SIZE_POSTS, SIZE_CASCADES = 1_280_000, 12_000
LISTENERS, HUBS, PEOPLE = 2_500, 40, 20_000
TRAINED, TESTED = 560, 560
GIANT: Final = 20_000
_HEAD: Final = ("post_id", "platform", "author_handle", "created_at", "kind", "parent_id", "root_id")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where logs are made and the verbs run."""

    folder: Path
    full: bool

    def run(self, what: str, target: str, *verb: str) -> Row:
        """Run a verb of the shell and say what it took."""
        command = [sys.executable, "-m", "ambassador", *verb]
        own = {
            "AMBASSADOR_DATABASE_URL": f"sqlite:///{self.folder}/workspace.db",
            "AMBASSADOR_DATA_FOLDER": str(self.folder),
            "AMBASSADOR_BACKUPS_KEPT": "0",
            "AMBASSADOR_USER": "benchmark",
        }
        answer = self.folder / "answer.txt"
        began = time.monotonic()
        with answer.open("w", encoding="utf-8") as told:
            process = subprocess.Popen(command, stdout=told, stderr=told, env=os.environ | own)  # noqa: S603
            _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall, busy = time.monotonic() - began, used.ru_utime + used.ru_stime
        measured = f"{busy:.1f} s of processor ({wall:.1f} s), {used.ru_maxrss / 1024:.0f} MB"
        if process.returncode:
            last = (answer.read_text(encoding="utf-8").strip().splitlines() or [""])[-1]
            measured += f"; stopped with {process.returncode}: {last[:160]}"
        return Row(what, target if self.full else "", measured)


def zipf_sizes(cascades: int, posts: int, rng: np.random.Generator) -> Int64Array:
    """Draw sizes that fall as a power of their rank and sum to about so many posts."""
    ranks = rng.permutation(np.arange(1, cascades + 1))
    share = ranks**-0.8
    return np.asarray(np.maximum(np.rint(posts * share / share.sum()), 1), np.int64)


def delays(size: int, rng: np.random.Generator) -> FloatArray:
    """Draw when answers come, in seconds after the start."""
    return np.sort(rng.lognormal(np.log(3 * 3_600), 1.6, size))


def write_stars(path: Path, cascades: int, posts: int, *, deep: float = 0.0, key: int = 7) -> None:
    """Write cascades answered by people seen once; a share ``deep`` answers an answer."""
    rng = np.random.default_rng(key)
    starts = np.sort(rng.random(cascades)) * 200 * DAY
    sizes = zipf_sizes(cascades, posts, rng)
    count = 0
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(_HEAD)
        for number, (start, size) in enumerate(zip(starts.tolist(), sizes.tolist(), strict=True)):
            root, starter = f"r{number}", int(STARTERS * rng.random() ** 2.2)
            out.writerow((root, "x", f"starter{starter}", _at(start), "original", "", ""))
            above = np.where(rng.random(size) < deep, rng.integers(0, np.maximum(np.arange(size), 1)), -1)
            for place, (delay, parent) in enumerate(
                zip(delays(size, rng).tolist(), above.tolist(), strict=True)
            ):
                named = f"m{count + parent}" if parent >= 0 and place else root
                who = f"once{count + place}"
                out.writerow((f"m{count + place}", "x", who, _at(start + delay), "repost", named, root))
            count += size


def _at(seconds: float) -> str:
    return (BEGAN + timedelta(seconds=seconds)).isoformat(timespec="seconds")


def write_ties(path: Path, share: float, rng: np.random.Generator) -> list[Int64Array]:
    """Write who hears some hubs; return the listeners of each."""
    listeners = max(20, int(LISTENERS * share**0.5))
    people = max(2 * listeners, int(PEOPLE * share**0.5))
    heard = [np.sort(rng.choice(people, listeners, replace=False)) for _ in range(HUBS)]
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(("source", "target", "platform"))
        for hub, those in enumerate(heard):
            out.writerows((f"hub{hub}", f"p{one}", "x") for one in those.tolist())
    return heard


def write_exposed(
    path: Path, heard: Sequence[Int64Array], cascades: int, day: float, rng: np.random.Generator
) -> None:
    """Write cascades of the hubs that a few of their listeners join."""
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(_HEAD)
        for number in range(cascades):
            hub, start = int(rng.integers(HUBS)), (day + number / 4) * DAY
            root = f"h{day:.0f}-{number}"
            out.writerow((root, "x", f"hub{hub}", _at(start), "original", "", ""))
            joined = heard[hub][rng.random(heard[hub].size) < rng.lognormal(-5.0, 0.8)]
            for who, delay in zip(joined.tolist(), delays(joined.size, rng).tolist(), strict=True):
                out.writerow((f"{root}-{who}", "x", f"p{who}", _at(start + delay), "repost", root, root))


def mention_rows(place: _Place, share: float) -> Iterator[Row]:
    """Measure verb by verb."""
    folder, rng = place.folder, np.random.default_rng(3)
    cascades, posts = max(40, int(CASCADES * share)), int(POSTS * share)
    write_stars(folder / "stars.csv", cascades, posts)
    name = f"{posts:,} posts in {cascades} cascades, mentions alone"
    yield place.run(f"{name}: import", "", "import", "mentions", str(folder / "stars.csv"))
    yield place.run(f"{name}: learn", "15 s", "learn")
    target = "<= 1 GB, certificate 0.85, 10 s"
    yield place.run(f"{name}: pick 20", target, "pick", "--count", "20", "--certificate", "0.85")
    along = "constant:0.01"
    yield place.run(f"{name}: pick 20 along ties", target, *_pick(along))
    yield place.run(f"{name}: calibration", "30 s", "calibration")
    yield place.run(f"{name}: calibration again", "incremental", "calibration")
    heard = write_ties(folder / "ties.csv", share, rng)
    tested = max(40, int(TESTED * share**0.5))
    write_exposed(folder / "train.csv", heard, tested, 0.0, rng)
    write_exposed(folder / "test.csv", heard, tested, 200.0, rng)
    files = [f"--{one}={folder / one}.csv" for one in ("ties", "train", "test")]
    count = tested * heard[0].size
    yield place.run(
        f"{count:,} candidates: evaluate influence", "<= 1.5 GB, 45 s", "evaluate", "influence", *files
    )
    write_stars(folder / "size.csv", max(60, int(SIZE_CASCADES * share)), int(SIZE_POSTS * share))
    long = f"--mentions={folder / 'size.csv'}"
    yield place.run(
        f"{SIZE_POSTS * share:,.0f} posts: evaluate size", "<= 1 GB, 60 s", "evaluate", "size", long
    )
    giant = max(1_000, int(GIANT * share))
    write_stars(folder / "giant.csv", 1, giant, deep=0.4)
    long = f"--mentions={folder / 'giant.csv'}"
    yield place.run(f"A cascade of {giant:,}: evaluate parents", "10 s", "evaluate", "parents", long)


def _pick(rule: str) -> tuple[str, ...]:
    return ("pick", "--count", "20", "--certificate", "0.85", "--probabilities", rule)


def main(arguments: Sequence[str]) -> None:
    """Measure at the size asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks mentions", description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="make so large a part of everything")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        print("| what | target | measured |\n|---|---|---|", flush=True)
        for row in mention_rows(_Place(Path(folder), asked.share >= 1), asked.share):
            print(f"| {row.what} | {row.target} | {row.measured} |", flush=True)

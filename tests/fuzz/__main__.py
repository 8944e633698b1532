"""Try every reader on damaged files: ``python -m tests.fuzz --inputs 1000000 --seconds 3600``."""

import argparse
import multiprocessing
import os
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ambassador.services.work import UnitOfWork
from ambassador.values.drafts import Drafts
from tests.fuzz.bringing import bring, empty_workspace, template
from tests.fuzz.readers import READERS, FuzzedReader, Input

_AT_ONCE = 500
_TIME_LIMIT = 10.0
_TEN_MEGABYTES = 10_000_000
"""So long may ten megabytes take, and a smaller file too; a few inputs grow to seventy."""
_EXAMPLES = 3
_BROUGHT = 20
"""Of so many inputs one is also written into a database, if it was accepted."""


class HangError(BaseException):
    """An input took longer than any may."""


@dataclass
class Tally:
    """What came of the inputs of one reader."""

    name: str
    tried: int = 0
    refused: int = 0
    accepted: int = 0
    brought: int = 0
    foreign: int = 0
    hangs: int = 0
    slowest: float = 0.0
    slowest_input: str = ""
    seconds: float = 0.0
    peak: int = 0
    faults: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Tally") -> None:
        """Take the figures of another part of the same reader."""
        self.tried += other.tried
        self.refused += other.refused
        self.accepted += other.accepted
        self.brought += other.brought
        self.seconds += other.seconds
        self.foreign += other.foreign
        self.hangs += other.hangs
        self.slowest, self.slowest_input = max(
            (self.slowest, self.slowest_input), (other.slowest, other.slowest_input)
        )
        self.peak = max(self.peak, other.peak)
        self.faults += other.faults


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise HangError

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


_Task = tuple[int, int, int, str, str]
"""Which reader, the number of the first input, how many, where faults are kept, the seed."""


def _part(task: _Task) -> Tally:
    """Try some inputs of one reader; input number N of a reader is the same in every run of one seed."""
    at, first, count, keep, seed = task
    reader = READERS[at]
    tally = Tally(reader.name)
    warnings.simplefilter("ignore")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with empty_workspace() as work:
        for number in range(first, first + count):
            _one(
                reader,
                f"{seed}{reader.name}:{number}",
                tally,
                Path(keep),
                None if number % _BROUGHT else work,
            )
    tally.peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    return tally


def _one(reader: FuzzedReader, seed: str, tally: Tally, keep: Path, work: UnitOfWork | None) -> None:
    began = time.process_time()
    given = reader.make(random.Random(seed))
    tally.tried += 1
    try:
        with _time_limit(_TIME_LIMIT * max(1.0, len(given[2]) / _TEN_MEGABYTES)):
            found = reader.read(given)
            if work is not None and isinstance(found, Drafts):
                bring(work, found)
                tally.brought += 1
    except HangError:
        tally.hangs += 1
        _note(tally, seed, given, "hang", keep)
    except Exception as problem:  # noqa: BLE001 - every exception is what is looked for
        tally.foreign += 1
        last = traceback.extract_tb(problem.__traceback__)[-1]
        text = f"{type(problem).__name__} {Path(last.filename).name}:{last.lineno} {str(problem)[:80]!r}"
        _note(tally, seed, given, text, keep)
    else:
        tally.accepted += found is not None
        tally.refused += found is None
    took = time.process_time() - began
    tally.seconds += took
    tally.slowest, tally.slowest_input = max((tally.slowest, tally.slowest_input), (took, seed))


def _note(tally: Tally, seed: str, given: Input, text: str, keep: Path) -> None:
    tally.faults[text] += 1
    if tally.faults[text] <= _EXAMPLES:
        name, kind, data = given
        (keep / f"{kind.value}-{seed.replace(':', '-')}{Path(name).suffix}").write_bytes(data)


def _tasks(asked: argparse.Namespace, names: list[str], keep: str) -> Iterator[_Task]:
    chosen = [at for at, reader in enumerate(READERS) if not names or reader.name in names]
    each = -(-asked.inputs // len(chosen))
    for start in range(0, each, _AT_ONCE):
        for at in chosen:
            yield at, asked.first + start, min(_AT_ONCE, each - start), keep, asked.seed


def _table(tallies: list[Tally]) -> str:
    total = Tally("all")
    for tally in tallies:
        total.add(tally)
    lines = ["reader        tried  refused accepted  written  foreign    hangs  a second  slowest s  peak MB"]
    lines += [
        f"{one.name:10}{one.tried:9}{one.refused:9}{one.accepted:9}{one.brought:9}{one.foreign:9}{one.hangs:9}"
        f"{one.tried / max(one.seconds, 1e-9):10.0f}{one.slowest:11.2f}{one.peak:9}"
        for one in (*tallies, total)
    ]
    return "\n".join(lines)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=20_000, help="how many, over all readers")
    parser.add_argument("--seconds", type=float, default=3_600, help="stop after this time")
    parser.add_argument("--seed", default="", help="any word: other inputs than those of another word")
    parser.add_argument("--first", type=int, default=0, help="number of the first input of each reader")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--readers", default="", help="only these, by comma")
    parser.add_argument("--keep", default="", help="folder for inputs that raise something foreign")
    return parser.parse_args()


def main() -> int:
    """Run and print the table; 1 if anything foreign was raised or anything hung."""
    asked = _asked()
    keep = asked.keep or tempfile.mkdtemp(prefix="fuzz-")
    Path(keep).mkdir(parents=True, exist_ok=True)
    tallies = {reader.name: Tally(reader.name) for reader in READERS}
    names = [name for name in asked.readers.split(",") if name]
    end = time.monotonic() + asked.seconds
    template()  # made before there are processes, so that they share it
    context = multiprocessing.get_context("fork")
    with context.Pool(asked.processes, maxtasksperchild=1) as pool:
        for done in pool.imap_unordered(_part, _tasks(asked, names, keep)):
            tallies[done.name].add(done)
            if time.monotonic() > end:
                pool.terminate()
                break
    tried = [tally for tally in tallies.values() if tally.tried]
    if sum(tally.tried for tally in tried) < asked.inputs:
        sys.stdout.write(f"the time of {asked.seconds:.0f} s is over before all inputs were tried\n")
    sys.stdout.write(_table(tried) + "\n")
    for tally in tried:
        for text, count in tally.faults.most_common():
            sys.stdout.write(f"{tally.name}: {count} x {text}\n")
    slow = max(tried, key=lambda tally: tally.slowest)
    sys.stdout.write(f"the slowest: {slow.slowest_input}, {slow.slowest:.2f} s\n")
    failed = any(tally.foreign or tally.hangs for tally in tried)
    if failed:
        sys.stdout.write(f"inputs kept in {keep}\n")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())

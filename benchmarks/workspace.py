"""A large brand's year: made up, filled through the product's own verbs, opened page by page.

``python -m benchmarks workspace --people 50000 --ties 1e6 --mentions 1e6`` prints target beside measured;
``--quick`` is a small one that fails where a page reads many more rows than it shows, or has to read a table
twice. It counts and does not look at the clock.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.rows import Row

FULL: Final = (50_000, 1_000_000, 1_000_000)
QUICK: Final = (2_500, 50_000, 20_000)
_WEEK: Final = 20_000
_IMPORTS: Final = {"people": "6 s", "ties": "15 s", "mentions": "60 s"}
_PAGES: Final = {
    "people": "<= 3 s cold, <= 1.5 s warm",
    "network": "<= 3 s cold, <= 1.5 s warm",
    "learn": "<= 3 s cold, <= 1.5 s warm",
    "outcomes": "<= 2 s",
    "mentions": "<= 3 s cold, <= 1.5 s warm",
    "cascades": "<= 2 s",
}
_AGAIN, _ASIDE = 3, 600
"""A page drawn again may read so many rows for each one it shows, and so many beside (choices, settings)."""
_ROWS_OF_A_PERSON: Final = 8
"""Person, account, reading, ties and mentions counted, each once, and what the header reads."""
_STATEMENTS: Final = 160
ASKED: Final = ("people", "network")
"""Pages whose reading is held to the bound; the others are measured."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a workspace is made, and where its database is."""

    folder: Path
    url: str

    def run(self, step: str, name: str) -> Mapping[str, Any]:
        """Run a step in a process of its own, so that its memory is its own."""
        command = [sys.executable, "-m", "benchmarks.workspace_steps", step, str(self.folder), name]
        own = {
            "AMBASSADOR_DATABASE_URL": self.url,
            "AMBASSADOR_DATA_FOLDER": str(self.folder),
            "AMBASSADOR_BACKUPS_KEPT": "0",
            "AMBASSADOR_USER": "benchmark",
        }
        done = subprocess.run(command, check=False, capture_output=True, text=True, env=os.environ | own)  # noqa: S603
        if done.returncode:
            sys.exit(f"{step} {name} failed:\n{done.stderr[-4_000:]}")
        found: Mapping[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found


def workspace_rows(size: Sequence[int], place: _Place) -> Iterator[Row]:
    """Fill the workspace and open its pages, from the first file to one more week."""
    people, ties, mentions = size
    made = place.run("make", f"{people},{ties},{mentions},{min(_WEEK, mentions)}")
    for name, count in zip(_IMPORTS, size, strict=True):
        target = f"{_IMPORTS[name]}, <= 600 MB" if tuple(size) == FULL else ""
        about = f", {made['megabytes']:.0f} MB" if name == "mentions" else ""
        yield Row(f"{count:,} {name}{about}: import", target, _beside(place, name))
        again = place.run("bring", name)
        added = f"{again['added'] + again['updated']} rows added or changed"
        yield Row(f"the same {name} again", "adds nothing, no slower", f"{_took(again)}; {added}")
    place.run("campaign", "")
    yield Row("match and credit all of it", "", _took(place.run("refresh", "")))
    for name, target in _PAGES.items():
        yield Row(f"page {name}", target, _page(place.run("page", name)))
    week = [place.run("bring", "week"), place.run("refresh", "")]
    parts = " + ".join(_took(one) for one in week)
    yield Row(f"one more week, {min(_WEEK, mentions):,} mentions: import, match and credit", "5 s", parts)


def _beside(place: _Place, name: str) -> str:
    ours, peer = place.run("bring", name), place.run("pandas", name)
    return f"{_took(ours)}; pandas read_csv and to_sql {_took(peer)}"


def _took(told: Mapping[str, Any]) -> str:
    return f"{told['processor']:.1f} s of processor ({told['wall']:.1f} s), {told['peak']:.0f} MB"


def _page(told: Mapping[str, Any]) -> str:
    parts = [
        f"{when} {told[f'{when} processor']:.2f} s of processor ({told[f'{when} wall']:.2f} s), "
        f"{told[f'{when} statements']} statements, {told[f'{when} rows']:,} rows"
        for when in ("cold", "warm")
    ]
    return "; ".join([*parts, f"{told['shown']:,} rows shown, {told['peak']:.0f} MB"])


def check_quickly(place: _Place) -> list[str]:
    """Fill a small workspace and say which pages read more than they may."""
    people, ties, mentions = QUICK
    place.run("make", f"{people},{ties},{mentions},1")
    for name in _IMPORTS:
        place.run("bring", name)
    place.run("campaign", "")
    place.run("refresh", "")
    most_cold = {"people": _ROWS_OF_A_PERSON * people, "network": 3 * (ties + mentions + people)}
    faults = []
    for name in ASKED:
        told = place.run("page", name)
        print(f"{name}: {_page(told)}", flush=True)
        most_warm = _AGAIN * told["shown"] + _ASIDE
        for when, most in (("cold", most_cold[name]), ("warm", most_warm)):
            if told[f"{when} rows"] > most:
                faults.append(f"{name}, {when}: {told[f'{when} rows']:,} rows are read, {most:,} may be")
            if told[f"{when} statements"] > _STATEMENTS:
                faults.append(f"{name}, {when}: {told[f'{when} statements']} statements")
    return faults


def main(arguments: Sequence[str]) -> None:
    """Measure a workspace of the size asked for, or check a small one."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks workspace", description=__doc__)
    for name, number in zip(_IMPORTS, FULL, strict=True):
        parser.add_argument(f"--{name}", type=lambda text: int(float(text)), default=number)
    parser.add_argument("--url", default="", help="an empty database; by default a new SQLite file")
    parser.add_argument("--quick", action="store_true", help="check how many rows pages read, on a small one")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        place = _Place(Path(folder), asked.url or f"sqlite:///{folder}/workspace.db")
        if asked.quick:
            faults = check_quickly(place)
            sys.exit("\n".join(faults) if faults else None)
        print("| what | target | measured |\n|---|---|---|", flush=True)
        for row in workspace_rows((asked.people, asked.ties, asked.mentions), place):
            print(f"| {row.what} | {row.target} | {row.measured} |", flush=True)

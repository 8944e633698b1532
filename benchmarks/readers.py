"""How long and how much memory it takes to read files of 10 MB: ``python -m benchmarks.readers [FILE ...]``.

Each file is read in a process of its own, as a page does it: looked at, then read into drafts. Seconds are of
the processor, so that what else the machine does counts little; memory is the peak above what the program
takes before it reads.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import networkx as nx
import pandas as pd

from ambassador.intake.reading import (
    ReadingOptions,
    content_to_read,
    inspect_file,
    read_drafts,
    signatures_of,
)
from ambassador.propagation.network import InfluenceNetwork
from ambassador.values.imports.imports import FilePreview, QuestionKind
from ambassador.values.status import ImportKind
from benchmarks.files import FILES
from benchmarks.rows import Row

SIZE: Final = 10_000_000
TARGET: Final = "<= 10 s, <= 500 MB"
_KINDS: Final = {"posts": ImportKind.MENTIONS, "people": ImportKind.PEOPLE, "ties": ImportKind.TIES}
_PEERS: Final[Mapping[str, tuple[str, Callable[[Path], object]]]] = {
    ".csv": ("pandas read_csv", pd.read_csv),
    ".jsonl": ("pandas read_json", lambda path: pd.read_json(path, lines=True)),
    ".parquet": ("pandas read_parquet", pd.read_parquet),
    ".xlsx": ("pandas read_excel", pd.read_excel),
    ".graphml": ("networkx", nx.read_graphml),
    ".gexf": ("networkx", nx.read_gexf),
    ".net": ("networkx", nx.read_pajek),
    ".gml": ("networkx", nx.read_gml),
    ".json": ("json.loads", lambda path: json.loads(path.read_bytes())),
}


def reader_rows(names: tuple[str, ...] = (), size: int = SIZE) -> Iterator[Row]:
    """Read each form of file, ours and a library's reader in turn."""
    with tempfile.TemporaryDirectory() as folder:
        for name in names or tuple(FILES):
            path = Path(folder) / name
            _told("--make", str(path), str(size))  # elsewhere: children inherit the peak
            megabytes = path.stat().st_size / 1e6
            ours = _measured(path, "ours")
            measured = (
                f"{ours['seconds']:.1f} s ({ours['preview']:.1f} s of it until the preview),"
                f" {ours['peak']:.0f} MB, {ours['rows']:,.0f} rows"
            )
            if path.suffix in _PEERS:
                peer = _measured(path, "peer")
                measured += f"; {_PEERS[path.suffix][0]} {peer['seconds']:.1f} s, {peer['peak']:.0f} MB"
            yield Row(f"{name}, {megabytes:.0f} MB: preview and drafts", TARGET, measured)
            path.unlink()


def _measured(path: Path, who: str) -> dict[str, float]:
    found: dict[str, float] = json.loads(_told(f"--{who}", str(path)))
    return found


def _told(*asked: str) -> str:
    command = [sys.executable, "-m", "benchmarks.readers", *asked]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603


def _read(path: Path, who: str) -> dict[str, float]:
    """Read one file in this process and say what it took."""
    before, began = _peak(), time.process_time()
    told: dict[str, float]
    if who == "--peer":
        kept: Any = _PEERS[path.suffix][1](path)
        told = {"rows": float(bool(id(kept)))}
    elif path.suffix == ".parquet":
        told = {
            "preview": 0.0,
            "rows": InfluenceNetwork.from_parquet(path, probability="probability").tie_count,
        }
    else:
        told = _as_a_page(path, began)
    return {**told, "seconds": time.process_time() - began, "peak": (_peak() - before) / 1024}


def _as_a_page(path: Path, began: float) -> dict[str, float]:
    data, kind = path.read_bytes(), _KINDS[path.stem]
    content = content_to_read(path.name, data)
    signatures_of(path.name, content, kind)
    preview = inspect_file(path.name, content, kind)
    seen = time.process_time() - began
    content = content_to_read(path.name, data)
    signatures_of(path.name, content, kind)
    drafts = read_drafts(path.name, content, kind, ReadingOptions(answers=_answers(preview)))
    return {"preview": seen, "rows": len(drafts.rows)}


def _answers(preview: FilePreview) -> dict[str, str]:
    asked = {one.kind.value: one.proposed or one.answers[0] for one in preview.questions if one.answers}
    return {QuestionKind.PLATFORM.value: "x", **asked}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    if sys.argv[1:2] == ["--make"]:
        Path(sys.argv[2]).write_bytes(FILES[Path(sys.argv[2]).name](int(sys.argv[3])))
    elif sys.argv[1:2] in (["--ours"], ["--peer"]):
        print(json.dumps(_read(Path(sys.argv[2]), sys.argv[1])))
    else:
        for row in reader_rows(tuple(sys.argv[1:])):
            print(f"{row.what}: {row.measured} ({row.target})", flush=True)

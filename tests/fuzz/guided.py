"""Let what an input reaches in the code guide the next: ``python -m tests.fuzz.guided tables``.

Needs the extra ``fuzz``. One reader a run; it begins with the damaged files of ``python -m tests.fuzz``, and
keeps in its corpus what reached something new, so that a later run goes on from there. It ends at the first
fault, which lies beside the corpus then.
"""

import argparse
import random
import sys
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fuzz.readers import FuzzedReader, Input

_BEGIN_WITH = 200
_TIME_LIMIT, _MEMORY_LIMIT, _LONGEST = 10, 1500, 1 << 16


class _Packing:
    """Writes an input as bytes: the first says which name and kind, as it is libFuzzer that changes them."""

    def __init__(self, reader: "FuzzedReader") -> None:
        self.made = [reader.make(random.Random(f"guided:{number}")) for number in range(_BEGIN_WITH)]
        self.heads = sorted({(name, kind) for name, kind, _ in self.made})

    def pack(self, given: "Input") -> bytes:
        return bytes([self.heads.index(given[:2])]) + given[2]

    def unpack(self, data: bytes) -> "Input":
        head = self.heads[data[0] % len(self.heads)] if data else self.heads[0]
        return (*head, data[1:])


def _asked(names: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.guided", description=__doc__)
    parser.add_argument("reader", choices=names)
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--corpus", default="", help="folder in which a run goes on from an earlier one")
    return parser.parse_args()


def main() -> None:
    """Fuzz one reader; libFuzzer ends the process by itself."""
    import atheris  # type: ignore[import-not-found,unused-ignore]

    with atheris.instrument_imports(include=["ambassador.intake", "ambassador.values"]):
        from tests.fuzz.readers import READERS
    readers = {reader.name: reader for reader in READERS}
    asked = _asked(list(readers))
    reader = readers[asked.reader]
    packing = _Packing(reader)
    corpus = Path(asked.corpus or tempfile.mkdtemp(prefix=f"guided-{reader.name}-"))
    corpus.mkdir(parents=True, exist_ok=True)
    for number, given in enumerate(packing.made):
        (corpus / f"made-{number}").write_bytes(packing.pack(given))
    warnings.simplefilter("ignore")

    def one(data: bytes) -> None:
        reader.read(packing.unpack(data))

    limits = [f"-timeout={_TIME_LIMIT}", f"-rss_limit_mb={_MEMORY_LIMIT}", f"-max_len={_LONGEST}"]
    where = [f"-artifact_prefix={corpus.parent}/{reader.name}-", str(corpus)]
    atheris.Setup([sys.argv[0], f"-runs={asked.inputs}", *limits, "-print_final_stats=1", *where], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

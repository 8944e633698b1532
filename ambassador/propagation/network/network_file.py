"""Networks as files: one header line of JSON, then arrays that can be mapped into memory.

Layout: 8 bytes of magic, 8 bytes with the header's length, the header, then each array at an offset
that is a multiple of 64. The header keeps the SHA-256 of each array and of the whole.
"""

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from ambassador.errors import UnreadableFileError
from ambassador.propagation.arrays import AnyArray, UInt8Array
from ambassador.propagation.network.rows import CompressedRows

MAGIC = b"AMBNET01"
# Bytes, a line of the cache: every array starts on one, for any type and vector unit.
ALIGNMENT = 64
# Bytes that are summed within about a second; larger files are checked when asked.
VERIFY_UP_TO = 256 * 2**20
ARRAYS = ("out_offsets", "out_targets", "in_offsets", "in_sources", "given", "labels")
Network = TypeVar("Network", bound=CompressedRows)


def fingerprint(network: CompressedRows) -> str:
    """SHA-256 of ties, probabilities and labels: equal networks have equal fingerprints.

    Examples
    --------
    >>> from ambassador.propagation.network.network import InfluenceNetwork
    >>> one, other = (InfluenceNetwork.from_ties([("a", "b", p)]) for p in (0.5, 0.6))
    >>> fingerprint(one) == fingerprint(one), fingerprint(one) == fingerprint(other)
    (True, False)
    """
    return str(_header(network, _arrays(network))["sha256"])


def write(network: CompressedRows, path: Path) -> None:
    """Write to a neighbour first and then rename, so that a killed writer leaves nothing half done."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "wb") as file:
            for piece in _pieces(network):
                file.write(piece)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def to_bytes(network: CompressedRows) -> bytes:
    """Make in memory what ``write`` writes.

    Examples
    --------
    >>> from ambassador.propagation.network.network import InfluenceNetwork
    >>> to_bytes(InfluenceNetwork.from_ties([("a", "b", 0.5)]))[:8]
    b'AMBNET01'
    """
    return b"".join(bytes(piece) for piece in _pieces(network))


def read(kind: type[Network], path: Path, *, verify: bool | None = None) -> Network:
    """Map a written network; arrays stay on disk until they are touched.

    Raises
    ------
    UnreadableFileError
        If the file is no network, was cut, or its sums disagree.
    """
    content = np.memmap(path, np.uint8, "c") if path.stat().st_size else np.empty(0, np.uint8)
    return kind(**_parsed(content, verify))


def from_bytes(kind: type[Network], content: bytes, *, verify: bool | None = None) -> Network:
    """Read the network ``to_bytes`` wrote.

    Examples
    --------
    >>> from ambassador.propagation.network.network import InfluenceNetwork
    >>> content = to_bytes(InfluenceNetwork.from_ties([("a", "b", 0.5)]))
    >>> from_bytes(InfluenceNetwork, content).labels
    ['a', 'b']
    """
    return kind(**_parsed(np.frombuffer(bytearray(content), np.uint8), verify))


def _arrays(network: CompressedRows) -> dict[str, AnyArray]:
    arrays = {name: getattr(network, name) for name in ARRAYS}
    if network.labels is not None and not isinstance(network.labels, np.ndarray):
        text = json.dumps(list(network.labels), ensure_ascii=False).encode()
        arrays["labels"] = np.frombuffer(text, np.uint8)
    return {name: np.ascontiguousarray(array) for name, array in arrays.items() if array is not None}


def _header(network: CompressedRows, arrays: dict[str, AnyArray]) -> dict[str, Any]:
    whole, place, rows = hashlib.sha256(), 0, []
    for name, array in arrays.items():
        digest = hashlib.sha256(_raw(array)).hexdigest()
        whole.update(f"{name} {array.dtype.str} {array.size} {digest}\n".encode())
        rows.append(
            {"name": name, "dtype": array.dtype.str, "size": array.size, "at": place, "sha256": digest}
        )
        place += -(-array.nbytes // ALIGNMENT) * ALIGNMENT
    text = isinstance(network.labels, list | tuple)
    counts = {"self_ties": network.self_ties, "merged_ties": network.merged_ties}
    return {"arrays": rows, "labels_are_text": text, "counts": counts, "sha256": whole.hexdigest()}


def _raw(array: AnyArray) -> bytes | memoryview:
    return array.data.cast("B") if array.size else b""


def _pieces(network: CompressedRows) -> list[bytes | memoryview]:
    arrays = _arrays(network)
    header = json.dumps(_header(network, arrays)).encode()
    header += b" " * (-(len(header) + 16) % ALIGNMENT)
    pieces: list[bytes | memoryview] = [MAGIC, len(header).to_bytes(8, "little"), header]
    for array in arrays.values():
        pieces += [_raw(array), b"\0" * (-array.nbytes % ALIGNMENT)]
    return pieces


def _parsed(content: UInt8Array, verify: bool | None) -> dict[str, Any]:  # noqa: FBT001
    if content[:8].tobytes() != MAGIC:
        raise UnreadableFileError("This file is not a saved network.")
    start = 16 + int.from_bytes(content[8:16].tobytes(), "little")
    try:
        header = json.loads(content[16:start].tobytes())
    except ValueError:
        raise UnreadableFileError("The header of the saved network is damaged.") from None
    check = content.size <= VERIFY_UP_TO if verify is None else verify
    arrays: dict[str, Any] = {
        row["name"]: _array(content, start, row, check=check) for row in header["arrays"]
    }
    if header["labels_are_text"]:
        keys = json.loads(arrays["labels"].tobytes())
        arrays["labels"] = [tuple(key) if isinstance(key, list) else key for key in keys]
    return {"given": None, **arrays, **header["counts"]}


def _array(content: UInt8Array, start: int, row: dict[str, Any], *, check: bool) -> AnyArray:
    dtype = np.dtype(row["dtype"])
    first = start + row["at"]
    raw = content[first : first + row["size"] * dtype.itemsize]
    if raw.size != row["size"] * dtype.itemsize:
        raise UnreadableFileError("The saved network was cut short in '{name}'.", name=row["name"])
    if check and hashlib.sha256(raw.tobytes()).hexdigest() != row["sha256"]:
        raise UnreadableFileError("The saved network is damaged in '{name}'.", name=row["name"])
    return np.asarray(raw).view(dtype)

"""Ties from Parquet files, row group by row group."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import numpy as np

from ambassador.errors import BadInputError, UnreadableFileError
from ambassador.propagation.arrays import AnyArray
from ambassador.propagation.network.rows import LARGEST, TieColumns

# So many people are taken for possible whatever the ties: 160 MB of offsets.
_MANY: Final = 10_000_000
# Beyond that so many for each tie: a larger number is an id or damage.
_SPARSE: Final = 100


def read_ties(path: Path, source: str, target: str, probability: str | None) -> TieColumns:
    """Read columns of ties from a Parquet file, row group by row group, into 4 bytes a number."""
    columns = [source, target] + ([] if probability is None else [probability])
    file, size = _parquet(path, columns)
    ends = np.empty((2, size), np.int32)
    values = None if probability is None else np.empty(size, np.float32)
    first = 0
    for batch in _batches(file, path, columns):
        last = first + batch.num_rows
        if last > size:
            raise _damaged(path)
        for place, column in enumerate((source, target)):
            ends[place, first:last] = _nodes(batch.column(column).to_numpy(zero_copy_only=False))
        if values is not None:
            values[first:last] = _chances(batch.column(probability).to_numpy(zero_copy_only=False))
        first = last
    if first < size:
        raise _damaged(path)
    return ends[0], ends[1], values


def number_of_people(path: Path, source: AnyArray, target: AnyArray) -> int:
    """Count people numbered from 0 on; a number far beyond the ties is damage or an id, and is refused."""
    people = 1 + max((int(ends.max()) for ends in (source, target) if ends.size), default=-1)
    if people > max(_MANY, _SPARSE * source.size):
        raise UnreadableFileError(
            "'{name}' numbers people up to {largest} for {ties} ties: number them from 0 on, or say how many "
            "there are.",
            name=path.name,
            largest=people - 1,
            ties=source.size,
        )
    return people


def _parquet(path: Path, columns: list[str]) -> tuple[Any, int]:
    """Open a file that has these columns; also give how many rows it says it has."""
    arrow: Any = import_module("pyarrow")
    parquet: Any = import_module("pyarrow.parquet")
    try:
        file = parquet.ParquetFile(path)
        names = file.schema_arrow.names
    except (arrow.ArrowException, OSError, UnicodeDecodeError):  # the last for a name of a column
        raise UnreadableFileError("'{name}' is not a Parquet file.", name=path.name) from None
    for column in columns:
        if column not in names:
            raise UnreadableFileError("'{name}' has no column '{column}'.", name=path.name, column=column)
    if not 0 <= file.metadata.num_rows < LARGEST:
        raise _damaged(path)
    return file, file.metadata.num_rows


def _damaged(path: Path) -> UnreadableFileError:
    return UnreadableFileError("'{name}' is a damaged Parquet file.", name=path.name)


def _batches(file: Any, path: Path, columns: list[str]) -> Iterator[Any]:  # noqa: ANN401 - pyarrow is not annotated
    """Read the pieces of a file whose header was read; what lies below it may still be damaged."""
    arrow: Any = import_module("pyarrow")
    pieces = file.iter_batches(1 << 20, columns=columns)
    while True:
        try:
            piece = next(pieces, None)
        except (arrow.ArrowException, OSError):
            raise _damaged(path) from None
        if piece is None:
            return
        yield piece


def _chances(column: AnyArray) -> AnyArray:
    if column.size and column.dtype.kind not in "fiu":
        raise BadInputError("Probabilities are numbers, not {kind}.", kind=str(column.dtype))
    return column


def _nodes(column: AnyArray) -> AnyArray:
    if column.size and column.dtype.kind not in "iu":
        raise BadInputError("Node numbers are whole numbers, not {kind}.", kind=str(column.dtype))
    if column.size and not (int(column.min()) >= 0 and int(column.max()) < LARGEST):
        raise BadInputError("A node number is negative or above {largest}.", largest=LARGEST)
    return column

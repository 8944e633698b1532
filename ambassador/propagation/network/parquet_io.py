"""Ties from Parquet files, row group by row group."""

from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ambassador.errors import BadInputError, UnreadableFileError
from ambassador.propagation.network.rows import LARGEST

Int32Array = npt.NDArray[np.int32]


def read_ties(
    path: Path, source: str, target: str, probability: str | None
) -> tuple[Int32Array, Int32Array, npt.NDArray[np.float32] | None]:
    """Read columns of ties into arrays of 4 bytes a number.

    Raises
    ------
    UnreadableFileError
        If it is no Parquet file or a column is missing.
    BadInputError
        If a node number is negative or too large for 32 bits.
    """
    arrow: Any = import_module("pyarrow")
    parquet: Any = import_module("pyarrow.parquet")
    try:
        file = parquet.ParquetFile(path)
    except (arrow.ArrowInvalid, OSError):
        raise UnreadableFileError("'{name}' is not a Parquet file.", name=path.name) from None
    columns = [source, target] + ([] if probability is None else [probability])
    for column in columns:
        if column not in file.schema_arrow.names:
            raise UnreadableFileError("'{name}' has no column '{column}'.", name=path.name, column=column)
    size = file.metadata.num_rows
    ends = np.empty((2, size), np.int32)
    values = None if probability is None else np.empty(size, np.float32)
    first = 0
    for batch in file.iter_batches(1 << 20, columns=columns):
        last = first + batch.num_rows
        for place, column in enumerate((source, target)):
            ends[place, first:last] = _nodes(batch.column(column).to_numpy(zero_copy_only=False))
        if values is not None:
            values[first:last] = batch.column(probability).to_numpy(zero_copy_only=False)
        first = last
    return ends[0], ends[1], values


def _nodes(column: npt.NDArray[Any]) -> npt.NDArray[Any]:
    if column.size and not np.issubdtype(column.dtype, np.integer):
        raise BadInputError("Node numbers are whole numbers, not {kind}.", kind=str(column.dtype))
    if column.size and not (int(column.min()) >= 0 and int(column.max()) < LARGEST):
        raise BadInputError("A node number is negative or above {largest}.", largest=LARGEST)
    return column

"""How large a file may be, so that none fills the memory or keeps a core for ever.

Each limit lies well above what people export and is named in the refusal. Together they keep a file within
500 MB of memory.
"""

import gc
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from ambassador.errors import UnreadableFileError
from ambassador.i18n import mark
from ambassador.values.status import ImportKind

LONGEST_LINE: Final = 4_000_000
"""Characters in one line of a text file: two thousand columns of two thousand characters."""
LONGEST_CELL: Final = 131_072
"""Characters in one cell: four times what a spreadsheet holds."""
MOST_COLUMNS: Final = 2_000
MOST_ROWS: Final = 1_000_000
MOST_JUDGED: Final = 2_000_000
"""Posts of a file that is only measured on: nothing of it is kept, and 3 GB may be filled meanwhile."""
MOST_TIES: Final = 1_500_000
"""Ties are small: so many take the memory of one million posts."""
MOST_SHEET_ROWS: Final = 1_048_576
MOST_SHEET_COLUMNS: Final = 16_384
"""What a sheet of XLSX can have; a number above is damage, or meant to harm."""
MOST_UNPACKED: Final = 400_000_000
"""Bytes of a workbook when unpacked."""
MOST_SHARED_TEXT: Final = 200_000_000
"""Bytes in memory of all texts of a workbook."""
MOST_KEPT_CELLS: Final = 3_000_000
"""Cells of a sheet that are kept rather than read again."""
MOST_KEPT_TIES: Final = 1_000_000
"""Ties of a network file that are kept rather than read again."""
MOST_SECONDS: Final = 15.0
MOST_SECONDS_A_MEGABYTE: Final = 4.0
"""Together, the time of the processor that the reading of a file may take: four times what any needs."""
ROWS_BETWEEN: Final = 1 << 14
"""Rows after which the reading is asked whether it may go on."""
MOST_MERGED: Final = 2_000_000
"""Cells that the merged ranges of a sheet may cover from above."""
LARGEST_JSON: Final = 40_000_000
"""Bytes of a file of JSON, which is in memory whole and takes ten times as much there."""
MOST_JSON_PARTS: Final = 2_000_000
"""Objects and lists of a file of JSON: each takes sixty bytes before it holds anything."""
MOST_JSON_RECORDS: Final = 250_000
DEEPEST_XML: Final = 200
LONGEST_TAG: Final = 4_000_000
"""Bytes of one tag of XML."""
MOST_NODES: Final = 1_000_000


def time_guard(file: str, size: Callable[[], int]) -> Callable[[], None]:
    """Return what ends the reading of a file, when called now and again, once it takes longer than any may.

    The time is that of the thread that reads, so that nothing else that goes on counts.
    """
    began = time.thread_time()

    def check() -> None:
        spent = time.thread_time() - began
        if spent > MOST_SECONDS:
            megabytes = size() / 1e6
            most = MOST_SECONDS + MOST_SECONDS_A_MEGABYTE * megabytes
            if spent > most:
                message = mark(
                    "{file} takes more than {seconds} s to read, the limit for {megabytes} MB: part it and"
                    " import the parts"
                )
                raise UnreadableFileError(
                    message, file=file, seconds=round(most), megabytes=round(megabytes, 1)
                )

    return check


_USUAL: Final = gc.get_threshold()
_SELDOM: Final = (100_000, 20, 100)
_LOCK: Final = threading.Lock()
_reading = 0


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Look for garbage less often meanwhile: rows hold no rings, and looking at them takes a fifth more."""
    global _reading  # noqa: PLW0603 - the collector is one for all threads, and so is this count
    with _LOCK:
        _reading += 1
        gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        with _LOCK:
            _reading -= 1
            if not _reading:
                gc.set_threshold(*_USUAL)


def most_rows(kind: ImportKind) -> int:
    """Say how many rows a file of one kind may have."""
    return MOST_TIES if kind is ImportKind.TIES else MOST_ROWS

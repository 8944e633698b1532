"""What was read from a damaged file is written into a database: each of its rows has one fate."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from ambassador.services.imports.write_rows import write_rows
from ambassador.services.work import UnitOfWork, open_workspace
from ambassador.store.database import open_engine
from ambassador.values.drafts import Drafts
from ambassador.values.imports.imports import silent

_NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


class LostRowError(Exception):
    """A row that was read is neither added, updated, known, refused nor left out."""


@cache
def template() -> bytes:
    """Give the file of an empty database, made once for all processes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        open_workspace(f"sqlite:///{path}", actor="fuzz").engine.dispose()
        return path.read_bytes()


@contextmanager
def empty_workspace() -> Iterator[UnitOfWork]:
    """Open a database of its own that is deleted afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz-rows-"))
    (folder / "rows.db").write_bytes(template())
    work = UnitOfWork(open_engine(f"sqlite:///{folder / 'rows.db'}"), "fuzz", lambda: _NOW)
    try:
        yield work
    finally:
        work.engine.dispose()
        shutil.rmtree(folder)


def bring(work: UnitOfWork, drafts: Drafts[Any]) -> None:
    """Write what was read and see that each row of the file is told once."""
    report = write_rows(work, drafts, silent, campaign_id=None, all_or_nothing=False)
    became = (report.added, report.updated, report.duplicates, report.rejected, report.left_out)
    if sum(became) != drafts.preview.row_count:
        message = f"{drafts.preview.row_count} rows in, {' + '.join(map(str, became))} out"
        raise LostRowError(message)

"""One run of a live source: batch after batch goes the way of a file, each with its cursor."""

import hashlib
import os
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from sqlmodel import Session

from ambassador.errors import AmbassadorError, CancelledError, ConflictError, DatabaseBusyError, SourceError
from ambassador.i18n import mark
from ambassador.intake.live.registry import source_named
from ambassador.intake.live.source import Batch, Means, Source
from ambassador.intake.live.web import Web
from ambassador.services.imports.write_rows import write_more
from ambassador.services.mentions.refresh import bring_up_to_date
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.watches import Watch
from ambassador.store.watches.watches import get_watch, known_posts, watch_view
from ambassador.values.drafts import Drafts
from ambassador.values.imports.imports import (
    ColumnMapping,
    FilePreview,
    ImportReport,
    Progress,
    RejectedRow,
    silent,
)
from ambassador.values.live import Cursor, RunReport, Watched
from ambassador.values.status import ImportKind

Secret = Callable[[str], str]
_SHOWN: Final = 200
"""Refused rows that a run's report names one by one."""
_REASONS: Final = 20
"""Reasons of refusals that are counted apart."""


def from_environment(name: str) -> str:
    """Give a secret from the environment, ``""`` where it is not set.

    Examples
    --------
    >>> from_environment("AMBASSADOR_NO_SUCH_SECRET")
    ''
    """
    return os.environ.get(name, "")


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How a run asks: where secrets are, and its clock, which a test replaces."""

    secret: Secret = from_environment
    web: Callable[[int, Callable[[], None]], Web] = Web
    lingers: float = 0.0
    """Seconds for which a stream is listened to after all that is there was read."""
    from_start: bool = False
    """Whether to begin again, as after an import was taken back; what is here is known then."""


def fetch_watch(
    work: UnitOfWork, watch_id: int, way: FetchOptions | None = None, *, progress: Progress = silent
) -> RunReport:
    """Bring in what came since the last run of one watch; stopped, or failed, it keeps what it has.

    Examples
    --------
    >>> from ambassador.services.live.watches import add_watch
    >>> number = add_watch(work, Watched("youtube", "video", "abcdefghijk"))
    >>> str(fetch_watch(work, number).watch.failure)
    'Set AMBASSADOR_YOUTUBE_KEY in the environment first'
    """
    run = _Run(work, watch_id, way or FetchOptions(), progress)
    run.begin()
    error: AmbassadorError | None = None
    try:
        run.take()
    except CancelledError:
        run.is_stopped = True
    except ConflictError:
        raise  # about the database, or another run of the same watch
    except AmbassadorError as problem:
        error = problem
    report = run.end(error)
    with suppress(DatabaseBusyError):  # the mark stands: the next page or command works it out
        bring_up_to_date(work)
    return report


@dataclass
class _Run:
    """One run under way."""

    work: UnitOfWork
    watch_id: int
    way: FetchOptions
    progress: Progress
    is_stopped: bool = False
    batches: int = 0
    rows: int = 0
    number: int = 0
    cursor: Cursor = field(default_factory=dict)
    rejected: list[RejectedRow] = field(default_factory=list)
    imports: dict[ImportKind, int] = field(default_factory=dict)
    watched: Watched = field(default_factory=lambda: Watched("", "", ""))

    def begin(self) -> None:
        """Note that a run begins with nothing brought yet, or goes on where it was cut off."""
        with self.work.writing() as session:
            row = get_watch(session, self.watch_id)
            if row.began_at is None or row.ended_at is not None or self.way.from_start:
                row.began_at, row.ended_at, row.runs = self.work.now(), None, row.runs + 1
                row.added = row.updated = row.known = row.merged = row.left_out = row.refused = 0
                row.refusals, row.failure = {}, {}
            if self.way.from_start:
                row.cursor = {}
            self.number = row.runs
            self.cursor = dict(row.cursor)
            self.watched = Watched(row.source, row.what, row.target, row.server)

    def take(self) -> None:
        """Take batch after batch, each with its cursor in one transaction."""
        source = source_named(self.watched.source)
        for batch in self._batches(source):
            self._put(batch)
            self.batches += 1
            self.rows += len(batch.rows) + len(batch.rejected)
            self._tell()

    def end(self, error: AmbassadorError | None) -> RunReport:
        """Note how the run ended, and when the next is due."""
        with self.work.writing() as session:
            row = get_watch(session, self.watch_id)
            row.ended_at = self.work.now()
            pause = timedelta(minutes=row.every_minutes)
            if isinstance(error, SourceError):
                pause = max(pause, timedelta(seconds=min(error.retry_after, _LONGEST_PAUSE)))
            row.next_at = row.ended_at + pause
            if error is not None:
                values = {name: str(value) for name, value in error.values.items()}
                row.failure = {"text": error.message, "values": values}
            session.flush()
            return RunReport(
                watch_view(row),
                tuple(self.rejected),
                self.is_stopped,
                self.batches,
                tuple(self.imports.values()),
            )

    def _tell(self) -> None:
        self.progress(self.rows, 0, "")

    def _batches(self, source: Source) -> Iterator[Batch]:
        """Ask the adapter; what goes wrong in it is told by its kind alone: its words may hold a secret."""
        means = Means(
            web=self.way.web(source.per_minute, self._tell),
            secret=self.way.secret,
            known=self._known,
            lingers=self.way.lingers,
        )
        given = iter(source.batches(self.watched, self.cursor, means))
        while True:
            try:
                batch = next(given, None)
            except AmbassadorError:
                raise
            except Exception as error:  # noqa: BLE001 - code of others
                message = mark("{source} failed in a way nobody expected ({kind})")
                raise SourceError(message, source=source.label, kind=type(error).__name__) from None
            if batch is None:
                return
            yield batch

    def _known(self, ids: Collection[str]) -> Collection[str]:
        with self.work.reading() as session:
            return known_posts(session, ids)

    def _put(self, batch: Batch) -> None:
        kind = batch.kind
        drafts = Drafts(self._preview(batch), batch.rows, batch.rejected)
        report = write_more(self.work, drafts, lambda session, told: self._keep(session, told, batch))
        self.cursor = batch.cursor
        if report.batch_id is not None:
            self.imports[kind] = report.batch_id
        self.rejected += report.rejected_rows[: _SHOWN - len(self.rejected)]

    def _keep(self, session: Session, report: ImportReport, batch: Batch) -> None:
        """Write, with the rows, how far the source is read and what became of them."""
        row = get_watch(session, self.watch_id)
        if dict(row.cursor) != dict(self.cursor):
            message = mark("{name} is being fetched by somebody else: this run has ended")
            raise ConflictError(message, name=self.watched.title)
        row.cursor = dict(batch.cursor)
        if batch.is_last:
            row.ended_at = self.work.now()
            row.next_at = row.ended_at + timedelta(minutes=row.every_minutes)
        _count(row, report)

    def _preview(self, batch: Batch) -> FilePreview:
        run = f"watch {self.watch_id}, run {self.number}"
        return FilePreview(
            kind=batch.kind,
            file_name=self.watched.title,
            sha256=hashlib.sha256(run.encode()).hexdigest(),
            headers=(),
            sample=(),
            row_count=len(batch.rows) + len(batch.rejected),
            mapping=ColumnMapping({}),
        )


_LONGEST_PAUSE: Final = 86_400.0
"""A day: no server asks for more in earnest."""


def _count(row: Watch, report: ImportReport) -> None:
    row.added += report.added
    row.updated += report.updated
    row.known += report.known
    row.merged += report.merged
    row.left_out += report.left_out
    row.refused += report.rejected
    refusals: dict[str, Any] = dict(row.refusals)
    for one in report.rejected_rows:
        if one.reason in refusals or len(refusals) < _REASONS:
            refusals[one.reason] = refusals.get(one.reason, 0) + 1
    row.refusals = refusals

"""Write the rows of a file, many of them piece by piece; what goes wrong takes back the pieces before it."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any, Final

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from ambassador.errors import AmbassadorError, ConflictError, DatabaseBusyError
from ambassador.i18n import mark
from ambassador.services.devices.import_courier import put_courier_lines
from ambassador.services.imports.import_report import nothing_written, refuse_bad_rows, report_of
from ambassador.services.imports.pieces import pieces_of, unstated_handles
from ambassador.services.imports.undo_import import take_back
from ambassador.services.work import UnitOfWork, let_others
from ambassador.store.devices.courier_words import keep_courier_words
from ambassador.store.devices.import_devices import put_devices
from ambassador.store.imports.batches import (
    add_batch,
    batch_of_run,
    begin_pieces,
    came_whole,
    drop_batch,
    end_pieces,
    first_coming,
    get_batch,
    is_pointed_at,
    one_at_a_time,
    save_mapping,
)
from ambassador.store.mentions.import_mentions import put_mentions
from ambassador.store.networks.import_ties import put_ties
from ambassador.store.people.import_accounts import usual_platform
from ambassador.store.people.import_people import put_people
from ambassador.store.results.import_outcomes import put_outcomes
from ambassador.store.stale import mark_stale
from ambassador.store.tables.imports import ImportBatch
from ambassador.values.drafts import Drafts
from ambassador.values.imports.arrivals import Arrival, Fates
from ambassador.values.imports.imports import ImportReport, Progress, silent
from ambassador.values.status import ImportKind

_Put = Callable[[Session, Sequence[Any], Arrival], Fates]
PUT: Final[dict[ImportKind, _Put]] = {
    ImportKind.PEOPLE: put_people,
    ImportKind.TIES: put_ties,
    ImportKind.DEVICES: put_devices,
    ImportKind.MENTIONS: put_mentions,
    ImportKind.COURIER: put_courier_lines,
    ImportKind.OUTCOMES: put_outcomes,
}
_ATTEMPTS = 3
MOST_TRIED: Final = 5_000
"""Rows that are tried before they are confirmed: as many as take a few seconds."""
MOST_PARCELS_TRIED: Final = 200
"""Lines of a courier, each of which may rest on the one before: they are tried at one go."""
_PATIENCE: Final = 2.0
"""Seconds a rehearsal waits for others who write."""


def write_rows(
    work: UnitOfWork,
    drafts: Drafts[Any],
    progress: Progress,
    *,
    campaign_id: int | None,
    all_or_nothing: bool,
) -> ImportReport:
    r"""Write what was read from a file; all or nothing is one piece.

    Examples
    --------
    >>> from ambassador.values.imports.imports import silent
    >>> from ambassador.intake.reading import read_drafts
    >>> drafts = read_drafts("people.csv", b"platform,handle,followers\nx,bea,75\n", ImportKind.PEOPLE)
    >>> write_rows(work, drafts, silent, campaign_id=None, all_or_nothing=False).added
    1
    """
    kind, rows = drafts.preview.kind, [*drafts.rows, *drafts.taken_back] if drafts.taken_back else drafts.rows
    progress(0, len(rows), mark("Writing"))
    pieces = [rows] if all_or_nothing else pieces_of(kind, rows)
    writing = _Writing(work.at(work.now()), drafts, "", campaign_id, all_or_nothing)
    writing.find_platform(rows, pieces)
    return writing.write(pieces, progress)


def rehearse_rows(
    work: UnitOfWork, drafts: Drafts[Any], progress: Progress, *, campaign_id: int | None
) -> ImportReport | None:
    r"""Say what writing the rows of a file would do: they are written, told of and taken back at once.

    None where there are too many to try, or somebody else is writing.

    Examples
    --------
    >>> from ambassador.values.imports.imports import silent
    >>> from ambassador.intake.reading import read_drafts
    >>> drafts = read_drafts(
    ...     "people.csv", b"platform,handle,followers\nx,not.here.yet,75\n", ImportKind.PEOPLE
    ... )
    >>> rehearse_rows(work, drafts, silent, campaign_id=None).added
    1
    """
    kind, rows = drafts.preview.kind, [*drafts.rows, *drafts.taken_back]
    if len(rows) > (MOST_PARCELS_TRIED if kind is ImportKind.COURIER else MOST_TRIED):
        return None
    pieces = [rows] if kind is ImportKind.COURIER else pieces_of(kind, rows)
    writing = _Writing(work.at(work.now()), drafts, "", campaign_id, all_or_nothing=False)
    writing.find_platform(rows, pieces)
    told = Fates()
    with suppress(DatabaseBusyError, IntegrityError):
        for piece in pieces:
            told = told.joined(writing.rehearse(piece, progress))
        return replace(report_of(drafts, told, 0), batch_id=None)
    return None


def write_more(
    work: UnitOfWork,
    drafts: Drafts[Any],
    also: Callable[[Session, ImportReport], None],
) -> ImportReport:
    r"""Write rows of a live source into the import of their run, with what goes with them in one transaction.

    Examples
    --------
    >>> from ambassador.intake.reading import read_drafts
    >>> drafts = read_drafts("people.csv", b"platform,handle,followers\nx,bea,75\n", ImportKind.PEOPLE)
    >>> write_more(work, drafts, lambda session, report: None).added
    1
    """
    writing = _Writing(work.at(work.now()), drafts, "", None, all_or_nothing=False)
    return writing.write_more(also)


class _NotMeantError(Exception):
    """Ends a rehearsal: what was written is taken back."""


@dataclass
class _Writing:
    """One file on its way in."""

    work: UnitOfWork
    drafts: Drafts[Any]
    platform: str
    campaign_id: int | None
    all_or_nothing: bool

    def find_platform(self, rows: Sequence[Any], pieces: Sequence[Sequence[Any]]) -> None:
        """Find out from the whole file where accounts are that no row says it of, if it comes in pieces."""
        if len(pieces) > 1 and (unstated := unstated_handles(self.drafts.preview.kind, rows)):
            with self.work.reading() as session:
                self.platform = usual_platform(session, unstated)

    def rehearse(self, rows: Sequence[Any], progress: Progress) -> Fates:
        """Write some rows, tell what became of them, and take them back."""
        told = Fates()
        with suppress(_NotMeantError), self.work.writing(_PATIENCE) as session:
            one_at_a_time(session)
            told = PUT[self.drafts.preview.kind](session, rows, self._arrival(session, None, progress))
            session.flush()
            raise _NotMeantError
        return told

    def write(self, pieces: Sequence[Sequence[Any]], progress: Progress) -> ImportReport:
        """Write piece after piece, each whole with its mark."""
        told, written, total = Fates(), 0, len(self.drafts.rows)
        report: ImportReport | None = None
        batch: int | None = None
        for number, piece in enumerate(pieces, start=1):
            began = monotonic()

            def further(done: int, of: int, stage: str, before: int = written) -> None:
                progress(before + done, max(total, before + of), stage)

            is_last = number == len(pieces)
            try:
                told, report = self._write_piece(piece, told, batch, further, is_last=is_last)
            except BaseException as error:
                if batch is not None:
                    self._take_back(batch, written, error)
                raise
            batch, written = report.batch_id, written + len(piece)
            if not is_last:
                let_others(began)
        return replace(report, batch_id=batch) if report else nothing_written(self.drafts)

    def _write_piece(
        self,
        rows: Sequence[Any],
        before: Fates,
        batch_id: int | None,
        progress: Progress,
        *,
        is_last: bool,
    ) -> tuple[Fates, ImportReport]:
        """Write one piece, again where somebody has made the same account or post just now."""
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                with self.work.writing() as session:
                    one_at_a_time(session)
                    arrival = self._arrival(session, batch_id, progress)
                    if batch_id is None and not is_last:
                        begin_pieces(session, arrival.batch_id)
                    told = before.joined(PUT[self.drafts.preview.kind](session, rows, arrival))
                    report = report_of(self.drafts, told, arrival.batch_id)
                    if self.all_or_nothing:
                        refuse_bad_rows(report)
                    return told, self._keep(session, report, is_last=is_last)
            except IntegrityError:
                if attempt == _ATTEMPTS:
                    raise
        raise AssertionError

    def write_more(self, also: Callable[[Session, ImportReport], None]) -> ImportReport:
        """Write all rows in one transaction, again where somebody has made the same account just now."""
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                with self.work.writing() as session:
                    one_at_a_time(session)
                    preview = self.drafts.preview
                    batch_id = batch_of_run(session, preview.kind, preview.sha256)
                    arrival = self._arrival(session, batch_id, silent)
                    told = PUT[preview.kind](session, self.drafts.rows, arrival)
                    report = report_of(self.drafts, told, arrival.batch_id)
                    session.flush()
                    report = self._count_in(session, report, is_new=batch_id is None)
                    also(session, report)
                    return report
            except IntegrityError:
                if attempt == _ATTEMPTS:
                    raise
        raise AssertionError

    def _count_in(self, session: Session, report: ImportReport, *, is_new: bool) -> ImportReport:
        """Add what became of some rows to the import they belong to; one that did nothing is dropped."""
        number = report.batch_id or 0
        if is_new and not (report.added or report.updated or is_pointed_at(session, number)):
            drop_batch(session, number)
            return replace(report, batch_id=None)
        batch = get_batch(session, number)
        batch.added += report.added
        batch.updated += report.updated
        batch.duplicates += report.duplicates
        batch.rejected += report.rejected
        return report

    def _arrival(self, session: Session, batch_id: int | None, progress: Progress) -> Arrival:
        preview, now = self.drafts.preview, self.work.now()
        if batch_id is not None and get_batch(session, batch_id).undone_at is not None:
            raise ConflictError(mark("import {number} was undone already"), number=batch_id)
        about: Mapping[str, Any] = {
            "kind": preview.kind,
            "sha256": preview.sha256,
            "other_than": batch_id,
        }
        before, is_repeat = first_coming(session, **about), came_whole(session, **about)
        batch = ImportBatch(
            kind=preview.kind,
            file_name=preview.file_name,
            sha256=preview.sha256,
            mapping={"columns": dict(preview.mapping.columns), "answers": dict(preview.mapping.answers)},
            actor=self.work.actor,
            created_at=now,
        )
        return Arrival(
            batch_id=batch_id or add_batch(session, batch),
            at=now,
            actor=self.work.actor,
            file_name=preview.file_name,
            read_at=before or now,
            is_repeat=is_repeat,
            campaign_id=self.campaign_id,
            platform=self.platform,
            progress=progress,
        )

    def _keep(self, session: Session, report: ImportReport, *, is_last: bool) -> ImportReport:
        """Remember the mapping, and the batch if it did anything; what rests on its rows is stale now."""
        preview, batch_id = self.drafts.preview, report.batch_id or 0
        if self.drafts.rows:
            save_mapping(session, preview.kind, preview.signature, preview.mapping, self.work.now())
        keep_courier_words(session, preview.courier_words)
        if is_last:
            end_pieces(session, preview.kind, preview.sha256)
        did = bool(report.added or report.updated or is_pointed_at(session, batch_id))
        if is_last and not did:
            drop_batch(session, batch_id)
            return replace(report, batch_id=None)
        if did and preview.kind is ImportKind.COURIER:
            mark_stale(session)  # other files mark what they touch
        batch = get_batch(session, batch_id)
        batch.added, batch.updated = report.added, report.updated
        batch.duplicates, batch.rejected = report.duplicates, report.rejected
        return report

    def _take_back(self, batch_id: int, written: int, error: BaseException) -> None:
        """Take back the pieces that are in; where even that cannot be done, tell what is in."""
        try:
            take_back(self.work, batch_id)
        except AmbassadorError:
            message = mark(
                "{written} of {total} rows of the file are in, the others are not: {reason}. The same file "
                "again adds them; undoing import {number} takes back those that are in"
            )
            total = len(self.drafts.rows)
            values = {"written": written, "total": total, "reason": str(error), "number": batch_id}
            raise ConflictError(message, **values) from error

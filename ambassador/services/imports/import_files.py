"""Import a file: look at it, ask what only a person can say, then write all of it or nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import Any, Final

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from ambassador.errors import AllOrNothingError, AmbassadorError, ConflictError, DatabaseBusyError
from ambassador.i18n import mark, translate
from ambassador.intake.files import Content
from ambassador.intake.reading import (
    ReadingOptions,
    content_to_read,
    inspect_file,
    read_drafts,
    signatures_of,
)
from ambassador.services.devices.import_courier import put_courier_lines
from ambassador.services.mentions.refresh import bring_up_to_date
from ambassador.services.results.export_table import table_as_csv
from ambassador.services.work import UnitOfWork, let_others
from ambassador.store.campaigns.campaigns import get_campaign, list_campaigns
from ambassador.store.devices.import_devices import put_devices
from ambassador.store.imports.batches import (
    add_batch,
    drop_batch,
    first_coming,
    forget_batch,
    get_batch,
    is_pointed_at,
    one_at_a_time,
    save_mapping,
    saved_mapping,
)
from ambassador.store.imports.undo import remove_brought, restore_changed
from ambassador.store.mentions.import_mentions import put_mentions
from ambassador.store.mentions.stale import mark_stale
from ambassador.store.networks.import_ties import put_ties
from ambassador.store.people.import_people import put_people
from ambassador.store.results.import_outcomes import put_outcomes
from ambassador.store.tables.imports import ImportBatch
from ambassador.values.drafts import Drafts
from ambassador.values.imports.arrivals import Arrival, Fate, Fates
from ambassador.values.imports.imports import (
    ColumnMapping,
    FilePreview,
    ImportReport,
    Note,
    Progress,
    RejectedRow,
    silent,
)
from ambassador.values.status import ImportKind

_HEADERS = (mark("File"), mark("Line"), mark("Column"), mark("Value"), mark("Reason"))
UNDER_MENTIONS = frozenset({ImportKind.MENTIONS, ImportKind.PEOPLE, ImportKind.COURIER, ImportKind.TIES})
"""Imports on which matches and credit rest; ties say whom a post with a hidden parent may hang from."""
_Put = Callable[[Session, Sequence[Any], Arrival], Fates]
_PUT: Final[Mapping[ImportKind, _Put]] = {
    ImportKind.PEOPLE: put_people,
    ImportKind.TIES: put_ties,
    ImportKind.DEVICES: put_devices,
    ImportKind.MENTIONS: put_mentions,
    ImportKind.COURIER: put_courier_lines,
    ImportKind.OUTCOMES: put_outcomes,
}
_ATTEMPTS = 3
AT_ONCE = 1_000
"""Posts written in one transaction: others who write wait for so many."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How a file is to be read and written, beyond what its layout's saved mapping says."""

    mapping: ColumnMapping | None = None
    """The whole mapping as a person confirmed it, in the place of the saved and the proposed one."""
    columns: Mapping[str, str] | None = None
    """Single fields moved to another column; an empty header leaves a field out."""
    answers: Mapping[str, str] | None = None
    sheet: str | None = None
    all_or_nothing: bool = False
    campaign_id: int | None = None


def preview_import(
    work: UnitOfWork,
    kind: ImportKind,
    name: str,
    data: bytes | Path,
    options: ImportOptions | None = None,
    *,
    progress: Progress = silent,
) -> FilePreview:
    r"""Tell what is recognised in a file and what has to be asked; nothing is written.

    Examples
    --------
    >>> found = preview_import(work, ImportKind.PEOPLE, "p.csv", b"platform,handle,followers\nx,ugo,50\n")
    >>> found.mapping.columns["handle"]
    'handle'
    """
    content = content_to_read(name, data, progress=progress)
    reading = _reading(work, kind, name, content, options or ImportOptions(), progress)
    return inspect_file(name, content, kind, reading, progress=progress)


def import_file(
    work: UnitOfWork,
    kind: ImportKind,
    name: str,
    data: bytes | Path,
    options: ImportOptions | None = None,
    *,
    progress: Progress = silent,
) -> ImportReport:
    r"""Read a file whole, then write it, many posts in pieces; the same file twice adds nothing.

    Examples
    --------
    >>> file = b"platform,handle,name,followers\nx,bea,Bea Neri,75\nx,,Nobody,3\n"
    >>> report = import_file(work, ImportKind.PEOPLE, "people.csv", file)
    >>> report.added, report.rejected
    (1, 1)
    """
    chosen = options or ImportOptions()
    content = content_to_read(name, data, progress=progress)
    reading = _reading(work, kind, name, content, chosen, progress)
    drafts = read_drafts(name, content, kind, reading, progress=progress)
    del content  # with all that was kept of the file
    if chosen.all_or_nothing:
        _refuse_bad_rows(_nothing_written(drafts, drafts.rejected))
    return _write(work, drafts, chosen, progress)


def _reading(
    work: UnitOfWork,
    kind: ImportKind,
    name: str,
    data: Content,
    options: ImportOptions,
    progress: Progress = silent,
) -> ReadingOptions:
    saved = options.mapping
    with work.reading() as session:
        zone = _zone(session, options.campaign_id)
        if saved is None:
            signatures = signatures_of(name, data, kind, options.sheet, progress=progress)
            found = (saved_mapping(session, kind, signature) for signature in signatures)
            saved = next(filter(None, found), None)
    return ReadingOptions(saved, options.columns, options.answers, zone, options.sheet)


def _zone(session: Session, campaign_id: int | None) -> str:
    """Return the zone of the campaign, or of all campaigns if they share one."""
    if campaign_id is not None:
        return get_campaign(session, campaign_id).time_zone
    zones = {campaign.time_zone for campaign in list_campaigns(session)}
    return zones.pop() if len(zones) == 1 else "UTC"


def _write(work: UnitOfWork, drafts: Drafts[Any], options: ImportOptions, progress: Progress) -> ImportReport:
    """Write piece by piece, each whole with its mark; what goes wrong takes back the pieces before it."""
    progress(0, len(drafts.rows), mark("Writing"))
    told, at, written = Fates(), work.now(), 0
    report: ImportReport | None = None
    pieces = _pieces(drafts, options)
    for piece in pieces:
        began, batch = monotonic(), report.batch_id if report else None

        def further(done: int, total: int, stage: str, before: int = written) -> None:
            progress(before + done, max(len(drafts.rows), before + total), stage)

        try:
            told, report = _write_piece(work.at(at), drafts, piece, told, batch, options, further)
        except BaseException as error:
            if batch is not None:
                _take_back(work, batch, written, len(drafts.rows), error)
            raise
        written += len(piece)
        if len(pieces) > 1:
            let_others(began)
    return report or _nothing_written(drafts, drafts.rejected)


def _pieces(drafts: Drafts[Any], options: ImportOptions) -> list[Sequence[Any]]:
    """Part many posts, so that nobody waits long for their turn at writing; rows of one post stay together.

    All or nothing is one piece, and so are posts whose platform has to be guessed from all of them.
    """
    rows = drafts.rows
    whole = drafts.preview.kind is not ImportKind.MENTIONS or options.all_or_nothing
    if whole or len(rows) <= AT_ONCE or any(not row.platform for row in rows):
        return [rows]
    pieces: list[list[Any]] = [[]]
    place: dict[tuple[str, str], int] = {}
    for row in rows:
        key = (row.platform, row.post_id)
        if key not in place:
            if len(pieces[-1]) >= AT_ONCE:
                pieces.append([])
            place[key] = len(pieces) - 1
        pieces[place[key]].append(row)
    return list(pieces)


def _write_piece(
    work: UnitOfWork,
    drafts: Drafts[Any],
    rows: Sequence[Any],
    before: Fates,
    batch_id: int | None,
    options: ImportOptions,
    progress: Progress,
) -> tuple[Fates, ImportReport]:
    """Write one piece in one transaction, again where somebody has made the same account or post just now."""
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            with work.writing() as session:
                one_at_a_time(session)
                arrival = _arrival(work, session, drafts, options, progress, batch_id)
                told = before.joined(_PUT[drafts.preview.kind](session, rows, arrival))
                report = _report(drafts, told, arrival.batch_id)
                if options.all_or_nothing:
                    _refuse_bad_rows(report)
                return told, _keep(work, session, drafts, report)
        except IntegrityError:
            if attempt == _ATTEMPTS:
                raise
    raise AssertionError


def _take_back(work: UnitOfWork, batch_id: int, written: int, total: int, error: BaseException) -> None:
    """Take back the pieces that are in; where even that cannot be done, tell the truth about what is in."""
    try:
        with work.writing() as session:
            one_at_a_time(session)
            restore_changed(session, batch_id)
            remove_brought(session, batch_id, get_batch(session, batch_id).created_at)
            mark_stale(session)
            forget_batch(session, batch_id)
    except AmbassadorError:
        message = mark(
            "{written} of {total} rows of the file are in, the others are not: {reason}. The same file again "
            "adds them; undoing import {number} takes back those that are in"
        )
        values = {"written": written, "total": total, "reason": str(error), "number": batch_id}
        raise ConflictError(message, **values) from error


def _arrival(
    work: UnitOfWork,
    session: Session,
    drafts: Drafts[Any],
    options: ImportOptions,
    progress: Progress,
    batch_id: int | None,
) -> Arrival:
    preview, now = drafts.preview, work.now()
    if batch_id is not None and get_batch(session, batch_id).undone_at is not None:
        raise ConflictError(mark("import {number} was undone already"), number=batch_id)
    before = first_coming(session, preview.kind, preview.sha256, other_than=batch_id)
    batch = ImportBatch(
        kind=preview.kind,
        file_name=preview.file_name,
        sha256=preview.sha256,
        mapping={"columns": dict(preview.mapping.columns), "answers": dict(preview.mapping.answers)},
        actor=work.actor,
        created_at=now,
    )
    return Arrival(
        batch_id=batch_id or add_batch(session, batch),
        at=now,
        actor=work.actor,
        file_name=preview.file_name,
        read_at=before or now,
        is_repeat=before is not None,
        campaign_id=options.campaign_id,
        progress=progress,
    )


def _keep(work: UnitOfWork, session: Session, drafts: Drafts[Any], report: ImportReport) -> ImportReport:
    """Remember the mapping, and the batch if it did anything; what rests on its rows is stale from now on."""
    preview, batch_id = drafts.preview, report.batch_id or 0
    if drafts.rows:
        save_mapping(session, preview.kind, preview.signature, preview.mapping, work.now())
    if not (report.added or report.updated or is_pointed_at(session, batch_id)):
        drop_batch(session, batch_id)
        return replace(report, batch_id=None)
    if preview.kind in UNDER_MENTIONS:
        mark_stale(session)
    batch = get_batch(session, batch_id)
    batch.added, batch.updated = report.added, report.updated
    batch.duplicates, batch.rejected = report.duplicates, report.rejected
    return report


def _report(drafts: Drafts[Any], fates: Fates, batch_id: int) -> ImportReport:
    counts = fates.counts()
    refused = tuple(
        replace(row, file=drafts.preview.file_name)
        for row in sorted(fates.rejected, key=lambda row: row.line)
    )
    rejected = (*drafts.rejected, *refused)
    return ImportReport(
        kind=drafts.preview.kind,
        batch_id=batch_id,
        added=counts[Fate.ADDED],
        updated=counts[Fate.UPDATED],
        duplicates=counts[Fate.DUPLICATE],
        rejected=len({row.line for row in rejected}),
        rejected_rows=rejected,
        notes=(*drafts.preview.notes, *fates.notes),
        file_name=drafts.preview.file_name,
        left_out=drafts.left_out + len(fates.left_out),
        changes=tuple(replace(one, file=drafts.preview.file_name) for one in fates.changes),
        changed=fates.change_count,
    )


def _nothing_written(drafts: Drafts[Any], rejected: tuple[RejectedRow, ...]) -> ImportReport:
    notes: tuple[Note, ...] = drafts.preview.notes
    return ImportReport(
        drafts.preview.kind, None, 0, 0, 0, len(rejected), rejected, notes, drafts.preview.file_name
    )


def _refuse_bad_rows(report: ImportReport) -> None:
    if report.rejected_rows:
        first = report.rejected_rows[0]
        raise AllOrNothingError(
            mark("nothing was imported: {count} rows of {file} cannot be used, the first is line {line}"),
            report=report,
            count=report.rejected,
            file=report.file_name,
            line=first.line,
        )


def rejected_rows_csv(rows: Sequence[RejectedRow], language: str) -> bytes:
    """Write rejected rows with line, column, value and reason, in the reader's language.

    Examples
    --------
    >>> bad = RejectedRow(3, "followers", "many", "Write a number")
    >>> rejected_rows_csv([bad], "en").decode("utf-8-sig").splitlines()[1]
    ',3,followers,many,Write a number'
    """
    headers = [translate(language, header) for header in _HEADERS]
    lines = [
        (row.file, row.line, row.column, row.value, translate(language, row.reason, **row.values))
        for row in rows
    ]
    return table_as_csv(headers, lines)


def refresh_after(work: UnitOfWork) -> None:
    """Bring up to date what rests on imported rows, these or those of an import that was cut off.

    Examples
    --------
    >>> refresh_after(work)
    """
    try:
        bring_up_to_date(work)
    except DatabaseBusyError as error:
        message = mark(
            "The rows of the file are in. Matches, credit and cascades could not be worked out yet, because "
            "the database is in use; the next page or command works them out."
        )
        raise DatabaseBusyError(message) from error

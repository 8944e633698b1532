"""What is told of an import: its report, the refusal of all or nothing, the rejected rows as a file."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from ambassador.errors import AllOrNothingError
from ambassador.i18n import mark, translate
from ambassador.intake.line_tally import LineTally
from ambassador.services.results.export_table import table_as_file
from ambassador.values.drafts import Drafts
from ambassador.values.imports.arrivals import MOST_WARNINGS, Fate, Fates
from ambassador.values.imports.imports import ImportReport, Note, RejectedRow
from ambassador.values.table_format import TableFormat

_HEADERS = (mark("File"), mark("Line"), mark("Column"), mark("Value"), mark("Reason"))


def report_of(drafts: Drafts[Any], fates: Fates, batch_id: int) -> ImportReport:
    r"""Report what became of the rows of a file.

    Examples
    --------
    >>> from ambassador.intake.reading import read_drafts
    >>> from ambassador.values.status import ImportKind
    >>> drafts = read_drafts("people.csv", b"platform,handle,followers\nx,bea,75\n", ImportKind.PEOPLE)
    >>> report_of(drafts, Fates(), batch_id=3).added
    0
    """
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
        duplicates=counts[Fate.DUPLICATE] + counts[Fate.MERGED],
        rejected=len({(row.line, row.place) for row in rejected}),
        rejected_rows=rejected,
        notes=(*drafts.preview.notes, *_further(fates), *fates.notes, *_not_named(fates)),
        file_name=drafts.preview.file_name,
        left_out=drafts.left_out + len(fates.left_out) - fates.recalled,
        changes=tuple(replace(one, file=drafts.preview.file_name) for one in fates.changes),
        changed=fates.change_count,
        merged=counts[Fate.MERGED],
    )


def _further(fates: Fates) -> Iterator[Note]:
    """Tell which rows are about what a row above them names."""
    if fates.further:
        tally = LineTally()
        for line, _ in sorted(fates.further):
            tally.add(line)
        yield tally.note(
            mark("rows about what a row above them names, which were taken with it: {count} (line {lines})")
        )


def _not_named(fates: Fates) -> Iterator[Note]:
    """Count what was told of rows beyond what is named one by one."""
    if fates.warned > MOST_WARNINGS:
        yield Note(
            mark("further rows of which such a thing could be told: {count}"),
            {"count": fates.warned - MOST_WARNINGS},
        )


def nothing_written(drafts: Drafts[Any]) -> ImportReport:
    r"""Report a file of which no row was written.

    Examples
    --------
    >>> from ambassador.intake.reading import read_drafts
    >>> from ambassador.values.status import ImportKind
    >>> drafts = read_drafts("people.csv", b"platform,handle,followers\nx,bea,75\n", ImportKind.PEOPLE)
    >>> nothing_written(drafts).batch_id is None
    True
    """
    notes = drafts.preview.notes
    return ImportReport(
        drafts.preview.kind,
        None,
        0,
        0,
        0,
        len(drafts.rejected),
        drafts.rejected,
        notes,
        drafts.preview.file_name,
    )


def refuse_bad_rows(report: ImportReport) -> None:
    r"""Refuse a file of which any row cannot be used.

    Examples
    --------
    >>> from ambassador.intake.reading import read_drafts
    >>> from ambassador.values.status import ImportKind
    >>> drafts = read_drafts("people.csv", b"platform,handle,followers\nx,bea,75\n", ImportKind.PEOPLE)
    >>> refuse_bad_rows(nothing_written(drafts))
    """
    if report.rejected_rows:
        first = report.rejected_rows[0]
        raise AllOrNothingError(
            mark("nothing was imported: {count} rows of {file} cannot be used, the first is line {line}"),
            report=report,
            count=report.rejected,
            file=report.file_name,
            line=first.line,
        )


def rejected_rows_csv(
    rows: Sequence[RejectedRow], language: str, form: TableFormat = TableFormat.CSV
) -> bytes:
    """Write rejected rows with line, column, value and reason, in the reader's language; as CSV unless said.

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
    return table_as_file(form, headers[0], headers, lines)

"""``import people|ties|devices|mentions|courier|outcomes FILE...``, ``import list``, ``import undo``."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from ambassador.cli.courier_words import words_told
from ambassador.cli.imports.answers import Answers, answer_questions
from ambassador.cli.imports.kinds import NEXT_VERBS, KindToldGroup
from ambassador.cli.progress import told
from ambassador.cli.shell import JsonFlag, Shell, parts_of, shell_of
from ambassador.errors import AllOrNothingError, BadInputError, ConflictError, UnreadableFileError
from ambassador.i18n import mark
from ambassador.services.campaigns.campaign_view import find_campaign, zone_of_days
from ambassador.services.imports.import_files import (
    ImportOptions,
    NodesFile,
    import_file,
    preview_import,
    refresh_after,
    rehearse_import,
)
from ambassador.services.imports.import_report import rejected_rows_csv
from ambassador.services.imports.undo_import import list_imports, undo_import
from ambassador.services.results.export_table import table_format_of
from ambassador.services.work import UnitOfWork
from ambassador.values.days import day_in
from ambassador.values.imports.imports import ImportReport, RejectedRow, ValueChange
from ambassador.values.status import ImportKind


class Direction(StrEnum):
    """Which way the ties of a file run."""

    AS_LISTED = "as-listed"
    REVERSED = "reversed"


class Third(StrEnum):
    """What the third column of an edge list is."""

    WEIGHT = "weight"
    PROBABILITY = "probability"


class DecimalMark(StrEnum):
    """Which mark parts the decimals."""

    COMMA = "comma"
    POINT = "point"


_HELP: Final = {
    ImportKind.PEOPLE: mark("Import people and their accounts."),
    ImportKind.TIES: mark("Import who hears from whom: an edge list, GraphML, GEXF, node-link JSON, Pajek."),
    ImportKind.DEVICES: mark("Import phones into the stock."),
    ImportKind.MENTIONS: mark("Import posts; ties between those who react are derived from them."),
    ImportKind.COURIER: mark("Import what the courier says about our parcels."),
    ImportKind.OUTCOMES: mark("Import orders by code, visits, press and lessons."),
}
_COUNTS: Final = (
    "rows", "added", "updated", "duplicates", "known", "merged", "left_out", "rejected",
)  # fmt: skip
_SHOWN_REJECTIONS = 5
_SHOWN_CHANGES = 5

Files = Annotated[list[Path], typer.Argument(metavar="FILE...", help=mark("CSV, XLSX, or a network file."))]
DirectionOption = Annotated[
    Direction | None,
    typer.Option(
        "--direction", help=mark("Ties: as listed, or reversed where the first follows the second.")
    ),
]
ThirdOption = Annotated[
    Third | None, typer.Option("--third", help=mark("Ties: what an unnamed third column is."))
]
DayFirst = Annotated[
    bool | None, typer.Option("--day-first/--month-first", help=mark("How to read dates like 03/04/2024."))
]
MarkOption = Annotated[
    DecimalMark | None, typer.Option("--decimal", help=mark("How to read numbers like 1.234."))
]
Platform = Annotated[
    str | None, typer.Option("--platform", help=mark("The platform, where no column names it."))
]
Zone = Annotated[str | None, typer.Option("--time-zone", help=mark("The zone of times that name none."))]
FormatOption = Annotated[
    str | None,
    typer.Option("--format", metavar="NAME", help=mark("Read it as this format; any-table as none of them.")),
]
Author = Annotated[
    str | None,
    typer.Option("--author", metavar="HANDLE", help=mark("Whose posts these are, where no column says it.")),
]
ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model", metavar="NAME", help=mark("Devices: which phones these are, where no column says it.")
    ),
]
EncodingOption = Annotated[
    str | None,
    typer.Option(
        "--encoding", metavar="NAME", help=mark("How letters are written in the file, like mac-roman.")
    ),
]
CurrencyOption = Annotated[
    str | None,
    typer.Option("--currency", metavar="CODE", help=mark("The currency of amounts that name none.")),
]
StateOption = Annotated[
    list[str] | None,
    typer.Option(
        "--state",
        metavar="WORD=STATE",
        help=mark("What a courier means by a word: shipped, delivered, returned, lost or nothing."),
    ),
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column", metavar="FIELD=HEADER", help=mark("Read a field from this column; may be repeated.")
    ),
]
Nodes = Annotated[
    Path | None,
    typer.Option(
        "--nodes", metavar="FILE", help=mark("Ties: the list of the nodes, where the file names numbers.")
    ),
]
Sheet = Annotated[str | None, typer.Option("--sheet", help=mark("The sheet of a workbook; else the first."))]
CampaignOption = Annotated[
    str | None, typer.Option("--campaign", metavar="C", help=mark("Name or number of the campaign."))
]
AllOrNothing = Annotated[
    bool, typer.Option("--all-or-nothing", help=mark("Import nothing if a single row is bad."))
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help=mark("Say what the import would do; nothing is written."))
]
Rejected = Annotated[
    Path | None,
    typer.Option(
        "--rejected", metavar="OUT", help=mark("Write the rejected rows here: .csv, .xlsx or .parquet.")
    ),
]


def register(app: typer.Typer) -> None:
    """Add the verbs about imports."""
    group = typer.Typer(
        help=mark("Bring files in, and take them back; without a kind it is told from the file."),
        cls=KindToldGroup,
        rich_markup_mode=None,
    )
    for kind, text in _HELP.items():
        group.command(kind.value, help=text)(_verb(kind))
    group.command("list", help=mark("List past imports."))(list_all)
    group.command("undo", help=mark("Take an import back."))(undo)
    app.add_typer(group, name="import")


def _verb(kind: ImportKind) -> Callable[..., None]:
    def run(
        context: typer.Context,
        files: Files,
        *,
        direction: DirectionOption = None,
        third: ThirdOption = None,
        day_first: DayFirst = None,
        decimal: MarkOption = None,
        platform: Platform = None,
        time_zone: Zone = None,
        format: FormatOption = None,  # noqa: A002 - the name of the option
        author: Author = None,
        model: ModelOption = None,
        encoding: EncodingOption = None,
        currency: CurrencyOption = None,
        state: StateOption = None,
        column: Columns = None,
        sheet: Sheet = None,
        nodes: Nodes = None,
        campaign: CampaignOption = None,
        all_or_nothing: AllOrNothing = False,
        rejected: Rejected = None,
        dry_run: DryRun = False,
        as_json: JsonFlag = False,
    ) -> None:
        shell = shell_of(context)
        work = shell.work()
        answers = Answers(
            direction,
            third,
            day_first,
            decimal,
            platform,
            time_zone,
            format,
            author,
            model,
            encoding,
            currency,
            words_told(state or []),
        )
        options = ImportOptions(
            columns=_columns(column or []),
            answers=answers.given(),
            sheet=sheet,
            all_or_nothing=all_or_nothing,
            campaign_id=find_campaign(work, campaign) if campaign else None,
            nodes=NodesFile(nodes.name, nodes) if nodes else None,
        )
        if dry_run:
            reports = _rehearse_all(shell, work, kind, files, options)
            _write_rejected(shell, rejected, [row for report in reports for row in report.rejected_rows])
        else:
            reports = _import_all(shell, work, kind, files, options, rejected)
            refresh_after(work)
        _tell(shell, reports, as_json=as_json, dry_run=dry_run)

    return run


def list_all(context: typer.Context, *, as_json: JsonFlag = False) -> None:
    """Print past imports, newest first."""
    shell = shell_of(context)
    work = shell.work()
    batches, zone = list_imports(work), zone_of_days(work) or "UTC"
    line = mark("{id}  {when}  {kind}  {file}: {added} added, {updated} updated, {rejected} rejected")
    lines = [
        shell.t(
            line,
            id=batch.id,
            when=day_in(zone, batch.imported_at).isoformat(),
            kind=batch.kind.value,
            file=batch.file_name,
            added=batch.added,
            updated=batch.updated,
            rejected=batch.rejected,
        )
        + ("  (" + shell.t("undone") + ")" if batch.undone_at else "")
        for batch in batches
    ]
    shell.answer(batches, as_json=as_json, text="\n".join(lines) or shell.t("Nothing was imported yet."))


def undo(
    context: typer.Context,
    batch: Annotated[
        int, typer.Argument(metavar="BATCH", help=mark("Number of the import, as the list shows it."))
    ],
    *,
    as_json: JsonFlag = False,
) -> None:
    """Take one import back."""
    shell = shell_of(context)
    report = undo_import(shell.work(), batch)
    text = shell.t(
        "{file} is undone; rows kept because they are in use: {kept}", file=report.file_name, kept=report.kept
    )
    shell.answer(report, as_json=as_json, text=text)


def _import_all(
    shell: Shell,
    work: UnitOfWork,
    kind: ImportKind,
    files: Sequence[Path],
    options: ImportOptions,
    rejected: Path | None,
) -> list[ImportReport]:
    """Look at every file before the first is written, so that a question stops them all."""
    ready = _ready(shell, work, kind, files, options)
    try:
        with told(shell) as progress:
            reports = [
                import_file(work, kind, file.name, file, chosen, progress=progress) for file, chosen in ready
            ]
    except AllOrNothingError as problem:
        _write_rejected(shell, rejected, problem.report.rejected_rows if problem.report else ())
        raise
    _write_rejected(shell, rejected, [row for report in reports for row in report.rejected_rows])
    return reports


def _ready(
    shell: Shell, work: UnitOfWork, kind: ImportKind, files: Sequence[Path], options: ImportOptions
) -> list[tuple[Path, ImportOptions]]:
    """Look at every file and ask what it raises."""
    ready = []
    for file in files:
        _check_readable(file)
        preview = preview_import(work, kind, file.name, file, options)
        answers = answer_questions(shell, preview, options.answers or {})
        ready.append((file, replace(options, answers=answers)))
    return ready


def _rehearse_all(
    shell: Shell, work: UnitOfWork, kind: ImportKind, files: Sequence[Path], options: ImportOptions
) -> list[ImportReport]:
    """Say of each file by itself what importing it would do."""
    reports = []
    for file, chosen in _ready(shell, work, kind, files, options):
        with told(shell) as progress:
            report = rehearse_import(work, kind, file.name, file, chosen, progress=progress)
        if report is None:
            message = mark(
                "{file} cannot be tried: it has too many rows, or somebody is writing to the database"
            )
            raise ConflictError(message, file=file.name)
        reports.append(report)
    return reports


def _tell(shell: Shell, reports: Sequence[ImportReport], *, as_json: bool, dry_run: bool = False) -> None:
    total = {name: sum(getattr(report, name) for report in reports) for name in _COUNTS}
    notes = [shell.said(note) for report in reports for note in report.notes]
    rows = [row for report in reports for row in report.rejected_rows]
    changes = [change for report in reports for change in report.changes]
    value: dict[str, Any] = dict(total)
    value["batches"] = [report.batch_id for report in reports if report.batch_id is not None]
    value["notes"] = notes
    value["changed"] = sum(report.changed for report in reports)
    value["changes"] = [
        {**parts_of(one, "file", "line", "what", "before", "after", "is_taken"), "field": shell.t(one.field)}
        for one in changes
    ]
    value["next"] = [f"ambassador {verb}" for verb in _next_verbs(reports)]
    value["rejected_rows"] = shell.rejected(rows)
    value["dry_run"] = dry_run
    text = _rows(shell, total)
    shell.answer(value, as_json=as_json, text=text)
    told = [_changed(shell, one) for one in changes[:_SHOWN_CHANGES]]
    if value["changed"] > len(told):
        told.append(shell.t("further values that changed: {count}", count=value["changed"] - len(told)))
    for remark in [*notes, *told, *[_line(shell, row) for row in rows[:_SHOWN_REJECTIONS]]]:
        shell.remark(remark)
    if dry_run:
        shell.remark(shell.t("nothing was written: this is what the import would do"))
    elif value["next"]:
        shell.remark(shell.t("next: {verbs}", verbs=", ".join(value["next"])))
    if total["rejected"] and not (total["added"] or total["updated"] or total["duplicates"]):
        raise typer.Exit(1)


def _rows(shell: Shell, total: Mapping[str, int]) -> str:
    """Say what became of all rows; what merely stands twice or apart only where there is any."""
    if not (total["merged"] or total["left_out"]):
        return shell.t(
            "{added} added, {updated} updated, {known} known already, {rejected} rejected", **total
        )
    return shell.t(
        "{rows} rows: {added} added, {updated} updated, {known} known already, "
        "{merged} taken with another row, {left_out} left out, {rejected} rejected",
        **total,
    )


def _next_verbs(reports: Sequence[ImportReport]) -> list[str]:
    """Say where one goes from files that brought something, or that are here already."""
    brought = [one.kind for one in reports if one.added or one.updated or one.duplicates]
    return list(dict.fromkeys(verb for kind in brought for verb in NEXT_VERBS[kind]))


def _changed(shell: Shell, one: ValueChange) -> str:
    """Say which value took the place of which, or did not."""
    values = {**parts_of(one, "what", "before", "after", "line"), "field": shell.t(one.field)}
    if one.is_taken:
        return shell.t("{what}, {field}: {before} -> {after} (line {line})", **values)
    return shell.t("{what}, {field}: {before} stays, line {line} says {after}", **values)


def _line(shell: Shell, row: RejectedRow) -> str:
    reason = shell.t(row.reason, **row.values)
    if not row.column:
        return shell.t("{file}, line {line}: {reason}", file=row.file, line=row.line, reason=reason)
    return shell.t(
        "{file}, line {line}, column {column}: {reason}",
        file=row.file,
        line=row.line,
        column=row.column,
        reason=reason,
    )


def _columns(given: Sequence[str]) -> dict[str, str]:
    chosen = {}
    for one in given:
        field, sign, header = one.partition("=")
        if not sign:
            raise BadInputError(mark("{text} is no mapping: write FIELD=HEADER"), text=one)
        chosen[field.strip()] = header.strip()
    return chosen


def _check_readable(file: Path) -> None:
    if file.is_dir():
        raise UnreadableFileError(mark("{file} is a folder, not a file"), file=file)
    if not file.is_file():
        raise UnreadableFileError(mark("{file} is not there"), file=file)


def _write_rejected(shell: Shell, path: Path | None, rows: Sequence[RejectedRow]) -> None:
    if path is None or not rows:
        return
    try:
        path.write_bytes(rejected_rows_csv(rows, shell.language, table_format_of(path.name)))
    except OSError as problem:
        raise BadInputError(
            mark("{file} cannot be written: {reason}"), file=path, reason=problem.strerror
        ) from problem

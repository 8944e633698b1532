"""The door of intake: a file is inspected, then read into drafts and rejected rows. No database here."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from ambassador.errors import BadInputError, UnreadableFileError
from ambassador.i18n import mark
from ambassador.intake.cells import CellError, LeftOutError, plain
from ambassador.intake.courier import read_courier_line
from ambassador.intake.devices import read_device
from ambassador.intake.evidence import Evidence, gather
from ambassador.intake.fields import FIELDS, Holds
from ambassador.intake.files import Content, FileFormat, format_of
from ambassador.intake.formats.format import Format
from ambassador.intake.formats.registry import format_of_records, format_of_table
from ambassador.intake.graphs import is_graph, open_graph
from ambassador.intake.layout import Layout, Row
from ambassador.intake.mapping import (
    Proposal,
    apply_mapping,
    field_of,
    mapping_of_format,
    propose_mapping,
    with_choices,
)
from ambassador.intake.mentions import read_mention
from ambassador.intake.outcomes import merge_orders, read_outcome
from ambassador.intake.people import read_person
from ambassador.intake.questions import (
    Asked,
    demand_answers,
    questions_about,
    settled,
    unanswered,
    zone_named,
)
from ambassador.intake.recognise import columns_of, is_heading
from ambassador.intake.sources import Source, json_documents, open_source, records_source
from ambassador.intake.tables import Table, find_table, first_row_table
from ambassador.intake.ties import read_tie
from ambassador.values.drafts import Drafts
from ambassador.values.identity import canonical_handle, canonical_platform
from ambassador.values.imports.imports import (
    ANY_TABLE,
    DAY_FIRST,
    REVERSED,
    ColumnMapping,
    FilePreview,
    Note,
    Progress,
    Question,
    QuestionKind,
    RejectedRow,
    silent,
)
from ambassador.values.status import ImportKind

_SAMPLE = 400
_SHOWN = 8
_TELL_EVERY = 2_000
_READ_AS = mark("read as: {format}")
_FURTHER_LINES = mark("rows that are further lines of an order named before: {count}")

D = TypeVar("D")


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What is known before the file is opened: a confirmed mapping, answers, the usual zone."""

    saved: ColumnMapping | None = None
    columns: Mapping[str, str] | None = None
    answers: Mapping[str, str] | None = None
    zone: str = "UTC"
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    """A table in a file, and the named format it may be."""

    table: Table
    directed: bool
    format: Format | None
    is_used: bool


@dataclass(frozen=True, slots=True)
class _Opened:
    content: Content
    kind: ImportKind
    table: Table
    proposal: Proposal
    evidence: Evidence
    skipped: Mapping[str, int]
    questions: tuple[Question, ...]
    answers: Mapping[str, str]
    format: Format | None = None


def inspect_file(
    name: str, data: bytes | Path, kind: ImportKind, options: ReadingOptions | None = None
) -> FilePreview:
    """Say what was recognised in a file and what must be asked; nothing is turned into drafts yet."""
    return _preview(_open(Content(name, data), kind, options or ReadingOptions()))


def signatures_of(
    name: str, data: bytes | Path, kind: ImportKind, sheet: str | None = None
) -> tuple[str, ...]:
    """Name the layout a file may have, so that a mapping confirmed earlier can be found.

    The first row counts as a header too: a person may have said before that it is one.
    """
    content = Content(name, data)
    found = _table(content, kind, ReadingOptions(sheet=sheet))
    source, _ = _source(content, kind, sheet)
    tables = (
        found.table,
        find_table(source, lambda text: is_heading(kind, text), name),
        first_row_table(source),
    )
    return tuple(filter(None, (table.signature(kind) for table in tables)))


def read_drafts(
    name: str,
    data: bytes | Path,
    kind: ImportKind,
    options: ReadingOptions | None = None,
    *,
    progress: Progress = silent,
) -> Drafts[Any]:
    """Read every row into a draft or a refusal; a question that must be answered stops the reading."""
    opened = _open(Content(name, data), kind, options or ReadingOptions())
    demand_answers(opened.questions, opened.answers)
    layout, read = _layout(opened), _reader(opened)
    drafts: list[Any] = []
    rejected: list[RejectedRow] = []
    left_out: Counter[str] = Counter()
    total = opened.evidence.row_count
    for number, (line, cells) in enumerate(opened.table.rows(), start=1):
        try:
            drafts.append(read(layout.row(line, cells)))
        except CellError as problem:
            rejected.append(_refused(problem, line, name))
        except LeftOutError as reason:
            left_out[reason.message] += 1
        if number % _TELL_EVERY == 0:
            progress(number, total, mark("Reading"))
    if kind is ImportKind.OUTCOMES:
        drafts, left_out[_FURTHER_LINES] = merge_orders(drafts)
    told = [Note(text, {"count": count}) for text, count in left_out.items() if count]
    preview = _preview(opened)
    preview = replace(preview, notes=(*preview.notes, *told))
    return Drafts(preview, drafts, tuple(rejected), left_out.total())


def _open(content: Content, kind: ImportKind, options: ReadingOptions) -> _Opened:
    found = _table(content, kind, options)
    table = found.table
    columns = columns_of(table.headers, [cells for _, cells in islice(table.rows(), _SAMPLE)])
    named = found.format if found.is_used else None
    proposal = mapping_of_format(named, columns) if named else propose_mapping(kind, columns, content.name)
    apply_mapping(kind, proposal, columns, options.saved)
    with_choices(proposal, kind, columns, options.columns or {})
    positions = {name: column.position for name, column in proposal.columns.items()}
    evidence = gather(table.rows(), positions, {name: field_of(kind, name).holds for name in positions})
    asked = Asked(kind, proposal, evidence, table.headers, found.directed, options.zone, found.format)
    answers = _given(options)
    skipped = dict(table.skipped)  # of the whole reading that gave the evidence
    questions = questions_about(asked)
    return _Opened(content, kind, table, proposal, evidence, skipped, questions, answers, named)


def _given(options: ReadingOptions) -> dict[str, str]:
    saved = options.saved.answers if options.saved else {}
    return {**saved, **(options.answers or {})}


def _table(content: Content, kind: ImportKind, options: ReadingOptions) -> _Found:
    """Find the table; columns a person has named make a header of the row that holds them."""
    wanted = _given(options).get(QuestionKind.FORMAT) != ANY_TABLE
    documents = _documents(content)
    of_records = format_of_records(kind, documents) if documents else None
    if of_records is not None and of_records.unfold and wanted:
        table = find_table(_unfolded(of_records, documents, content.name), lambda _: True, content.name)
        return _Found(table, directed=True, format=of_records, is_used=True)
    source, directed = _source(content, kind, options.sheet)
    saved = options.saved.columns.values() if options.saved else ()
    named = {*saved, *(options.columns or {}).values()} - {""}
    table = find_table(
        source,
        lambda text: text in named or is_heading(kind, text),
        content.name,
        lambda names: wanted and format_of_table(kind, names) is not None,
    )
    found = of_records or format_of_table(kind, table.headers)
    if found is not None and found.reshape and wanted:
        headers, rows = found.reshape(table.headers, table.rows)
        table = Table(headers, rows, table.header_line, above=0)
    table.totals_anywhere = found is not None and found.has_totals and wanted
    return _Found(table, directed, found, found is not None and wanted)


def _documents(content: Content) -> list[Any]:
    """Give the documents of a JSON file that is no network, none for any other file."""
    file_format = format_of(content)
    if file_format is not FileFormat.JSON or is_graph(content, file_format):
        return []
    return json_documents(content)


def _unfolded(named: Format, documents: Sequence[Any], file: str) -> Source:
    records = list(named.unfold(documents)) if named.unfold else []
    if not records:
        message = mark("{file} holds no list of records")
        raise UnreadableFileError(message, file=file)
    return records_source(records)


def _source(content: Content, kind: ImportKind, sheet: str | None) -> tuple[Source, bool]:
    file_format = format_of(content)
    if not is_graph(content, file_format):
        return open_source(content, file_format, sheet, loose=kind is ImportKind.TIES), True
    if kind is not ImportKind.TIES:
        message = mark("{file} is a network: it can be imported as ties")
        raise BadInputError(message, file=content.name)
    return open_graph(content, file_format)


def _layout(opened: _Opened) -> Layout:
    evidence, kind = opened.evidence, opened.kind
    stated = settled(opened.questions, opened.answers, QuestionKind.DAY_FIRST)
    by_evidence = evidence.day_first()
    names = list(opened.proposal.columns)
    return Layout(
        headers=opened.table.headers,
        positions={name: column.position for name, column in opened.proposal.columns.items()},
        platform=canonical_platform(settled(opened.questions, opened.answers, QuestionKind.PLATFORM)),
        day_first=stated == DAY_FIRST if stated else by_evidence is not False,
        zone=zone_named(settled(opened.questions, opened.answers, QuestionKind.TIME_ZONE) or "UTC"),
        decimal_marks=_decimal_marks(opened),
        author=canonical_handle(settled(opened.questions, opened.answers, QuestionKind.AUTHOR)),
        values=opened.format.values if opened.format else {},
        in_percent=frozenset(name for name in names if _in_percent(opened, name, field_of(kind, name).holds)),
    )


def _decimal_marks(opened: _Opened) -> dict[str, str]:
    answer = settled(opened.questions, opened.answers, QuestionKind.DECIMAL)
    marks = {}
    for name in opened.proposal.columns:
        holds = field_of(opened.kind, name).holds
        own = opened.evidence.columns[name].marks
        found = answer or opened.evidence.decimal_mark(name) if holds is Holds.NUMBER else None
        if holds is Holds.COUNT and own:
            found = opened.evidence.decimal_mark(name)
        if found:
            marks[name] = found
    return marks


def _in_percent(opened: _Opened, name: str, holds: Holds) -> bool:
    """Tell whether a rate column is in percent: its header says so, or some bare value is above 1."""
    if holds is not Holds.RATE:
        return False
    header = opened.proposal.columns[name].header.casefold()
    return "%" in header or "percent" in header or opened.evidence.columns[name].highest > 1


def _reader(opened: _Opened) -> Callable[[Row], Any]:
    answers = opened.answers
    if opened.kind is ImportKind.TIES:
        is_reversed = answers.get(QuestionKind.DIRECTION) == REVERSED and any(
            question.kind is QuestionKind.DIRECTION for question in opened.questions
        )
        third = settled(opened.questions, answers, QuestionKind.THIRD_COLUMN)
        return lambda row: read_tie(row, is_reversed=is_reversed, third=third)
    return _READERS[opened.kind]


_READERS: Mapping[ImportKind, Callable[[Row], Any]] = {
    ImportKind.PEOPLE: read_person,
    ImportKind.DEVICES: read_device,
    ImportKind.MENTIONS: read_mention,
    ImportKind.COURIER: read_courier_line,
    ImportKind.OUTCOMES: read_outcome,
}


def _preview(opened: _Opened) -> FilePreview:
    used = {
        question.kind.value: answer
        for question in opened.questions
        if (answer := settled(opened.questions, opened.answers, question.kind))
    }
    waiting = unanswered(opened.questions, opened.answers)
    return FilePreview(
        kind=opened.kind,
        file_name=opened.content.name,
        sha256=opened.content.sha256(),
        headers=opened.table.headers,
        sample=_sample(opened.table),
        row_count=opened.evidence.row_count,
        mapping=ColumnMapping({name: c.header for name, c in opened.proposal.columns.items()}, used),
        questions=waiting,
        signature=opened.table.signature(opened.kind),
        notes=(*opened.proposal.notes, *_skipped(opened.skipped), *_answers_told(opened)),
        fields=tuple(field.choice() for field in FIELDS[opened.kind]),
    )


def _sample(table: Table) -> tuple[tuple[str, ...], ...]:
    width = len(table.headers)
    return tuple(tuple(plain(cell) for cell in cells[:width]) for _, cells in islice(table.rows(), _SHOWN))


def _skipped(skipped: Mapping[str, int]) -> Sequence[Note]:
    texts = {
        "repeated": mark("rows that repeat the header and were left out: {count}"),
        "sizes": mark("a first line of two counts that is no tie and was left out: {count}"),
        "totals": mark("rows of totals or averages that were left out: {count}"),
    }
    return [Note(texts[name], {"count": count}) for name, count in skipped.items() if count]


def _answers_told(opened: _Opened) -> Sequence[Note]:
    texts = {
        QuestionKind.DIRECTION: mark("direction used: {answer}"),
        QuestionKind.DAY_FIRST: mark("dates were read {answer}"),
        QuestionKind.DECIMAL: mark("decimal mark used: {answer}"),
        QuestionKind.THIRD_COLUMN: mark("the third column was read as: {answer}"),
        QuestionKind.PLATFORM: mark("platform taken: {answer}"),
        QuestionKind.AUTHOR: mark("posts of: {answer}"),
        QuestionKind.TIME_ZONE: mark("instants without a time zone were read in: {answer}"),
    }
    told = [] if opened.format is None else [Note(_READ_AS, {"format": Note(opened.format.name)})]
    for question in opened.questions:
        answer = settled(opened.questions, opened.answers, question.kind)
        if question.kind in texts and answer:
            told.append(Note(texts[question.kind], {"answer": answer}))
    return told


def _refused(problem: CellError, line: int, file: str) -> RejectedRow:
    values = {key: value for key, value in problem.values.items() if key != "column"}
    return RejectedRow(line, problem.column, problem.value, problem.message, values, file)

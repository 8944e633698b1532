"""A file opened: the table in it, what its columns mean, what its cells prove, what only a person can say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from typing import Any

from ambassador.errors import BadInputError, UnreadableFileError
from ambassador.i18n import mark
from ambassador.intake.car_file import car_documents
from ambassador.intake.cells import Cell
from ambassador.intake.currencies import currency_in
from ambassador.intake.encodings import letter_notes, letters_of, settle_encoding
from ambassador.intake.evidence import FileEvidence, gather
from ambassador.intake.files import Content, FileFormat, format_of
from ambassador.intake.formats.format import Format
from ambassador.intake.formats.registry import format_named, format_of_records, format_of_table
from ambassador.intake.graphs import is_graph, one_way, open_graph
from ambassador.intake.json_documents import json_documents
from ambassador.intake.limits import most_rows
from ambassador.intake.line_tally import LineTally
from ambassador.intake.mapping import (
    Proposal,
    apply_mapping,
    field_of,
    mapping_of_format,
    propose_mapping,
    with_choices,
)
from ambassador.intake.networks.node_list import NamedEnds, names_of_nodes
from ambassador.intake.questions import QuestionBasis, compared, explained, questions_about
from ambassador.intake.recognise import FileColumn, columns_of, is_heading
from ambassador.intake.sources import FileSource, open_source, records_source
from ambassador.intake.tables import FileTable, find_table
from ambassador.values.imports.imports import ANY_TABLE, ColumnMapping, Note, Question, QuestionKind
from ambassador.values.status import ImportKind

_SAMPLE = 400
_SAMPLE_CELLS = 40_000
_SMALLEST_SAMPLE = 40
_OF_THIS_FILE = frozenset({QuestionKind.AUTHOR, QuestionKind.MODEL, QuestionKind.ENCODING})
"""Answers that are true of one file: the next of the same layout may be of somebody or something else."""
_PAIR = 2
_NAMED = 40
"""Columns that are named one by one."""


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What is known before the file is opened: a confirmed mapping, answers, the usual zone."""

    saved: ColumnMapping | None = None
    columns: Mapping[str, str] | None = None
    answers: Mapping[str, str] | None = None
    zone: str = "UTC"
    sheet: str | None = None
    currency: str = "EUR"
    """The usual currency: amounts are taken in it where neither the file nor a person says one."""
    courier_words: Mapping[str, str] | None = None
    """What somebody here has said that a courier's words mean."""
    nodes: Content | None = None
    """The list of the nodes, where ties come in two files."""
    most_rows: int | None = None
    """How many rows are read, where that is not what an import may have."""


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table in a file, and the named format it may be."""

    table: FileTable
    directed: bool
    format: Format | None
    is_used: bool
    source: FileSource | None = None


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file with everything that was found out about it and decided, before its rows are read."""

    content: Content
    kind: ImportKind
    table: FileTable
    proposal: Proposal
    evidence: FileEvidence
    skipped: Mapping[str, LineTally]
    questions: tuple[Question, ...]
    answers: Mapping[str, str]
    format: Format | None = None
    notes: tuple[Note, ...] = ()
    source: FileSource | None = None
    currency: str = ""
    """The currency of amounts that name none, where no person says it; "" where the rows name several."""
    stated: Mapping[str, str] = field(default_factory=dict)
    """The answers given with this very file, without those remembered for its layout."""
    courier_words: Mapping[str, str] = field(default_factory=dict)
    """What a courier's words mean that somebody explained, with this file or before."""


def open_file(content: Content, kind: ImportKind, options: ReadingOptions) -> OpenedFile:
    """Find the table in a file, what its columns mean, what its cells prove and what is to be asked."""
    encoding = (options.answers or {}).get(QuestionKind.ENCODING, "")
    settle_encoding(content, encoding)
    found = table_in(content, kind, options)
    table = found.table
    sample = max(_SMALLEST_SAMPLE, min(_SAMPLE, _SAMPLE_CELLS // len(table.headers)))
    columns = columns_of(table.headers, [cells for _, cells in islice(table.rows(), sample)])
    named = found.format if found.is_used else None
    known = named if named and named.columns else None
    proposal = mapping_of_format(known, columns) if known else propose_mapping(kind, columns, content.name)
    apply_mapping(kind, proposal, columns, options.saved)
    with_choices(proposal, kind, columns, options.columns or {})
    positions = {name: column.position for name, column in proposal.columns.items()}
    ends = _named_ends(table, kind, positions, options.nodes)
    table = ends.named() if ends else table
    evidence = gather(table.parts(), positions, {name: field_of(kind, name).holds for name in positions})
    currency = _currency(evidence, table, options.currency)
    asked = QuestionBasis(
        kind,
        proposal,
        evidence,
        table.headers,
        found.directed,
        options.zone,
        found.format,
        letters_of(content),
        options.saved.answers if options.saved else None,
        currency,
        options.courier_words or {},
    )
    answers = _given(options)
    skipped = dict(table.skipped)  # of the whole reading that gave the evidence, as are the notes
    notes = (
        *letter_notes(content, encoding),
        *(found.source.notes() if found.source else ()),
        *(ends.notes() if ends else ()),
        *_not_used(columns, proposal, content, named.reads if named else ()),
    )
    questions = questions_about(asked)
    return OpenedFile(
        content,
        kind,
        table,
        proposal,
        evidence,
        skipped,
        questions,
        answers,
        named,
        notes,
        found.source,
        currency,
        options.answers or {},
        {**(options.courier_words or {}), **explained(answers)},
    )


def _named_ends(
    table: FileTable, kind: ImportKind, positions: Mapping[str, int], nodes: Content | None
) -> NamedEnds | None:
    """Call the ends of ties by the names that a list of nodes gives them."""
    if nodes is None:
        return None
    if kind is not ImportKind.TIES:
        raise BadInputError(mark("{file} lists nodes: only ties have them"), file=nodes.name)
    places = [positions[name] for name in ("source", "target") if name in positions]
    return NamedEnds(table, places, names_of_nodes(nodes))


def _currency(evidence: FileEvidence, table: FileTable, usual: str) -> str:
    """Say in which currency amounts are that name none: that of the column, of the title, the usual one."""
    named = evidence.currency()
    if named is not None:
        return named
    titled = set(filter(None, map(currency_in, table.said_above)))
    return titled.pop() if len(titled) == 1 else usual


def _not_used(
    columns: Sequence[FileColumn], proposal: Proposal, content: Content, reads: Sequence[str]
) -> tuple[Note, ...]:
    """Name the columns that hold something and that nothing is read from, not by a format either."""
    used = {column.position for column in proposal.columns.values()}
    used |= {one.position for one in columns if one.header in reads}
    names = [one.header for one in columns if one.position not in used and one.values]
    if not names or is_graph(content, format_of(content)):
        return ()
    more = len(names) - _NAMED
    shown = ", ".join(names[:_NAMED]) + (f" (+{more})" if more > 0 else "")
    return (Note(mark("columns not used: {columns}"), {"columns": shown}),)


def _given(options: ReadingOptions) -> dict[str, str]:
    saved = options.saved.answers if options.saved else {}
    kept = {name: answer for name, answer in saved.items() if name not in _OF_THIS_FILE}
    return {**kept, **compared(options.answers or {})}


def table_in(content: Content, kind: ImportKind, options: ReadingOptions) -> FoundTable:
    """Find the table; columns a person has named make a header of the row that holds them."""
    said = (options.answers or {}).get(QuestionKind.FORMAT, "")
    chosen = format_named(kind, said) if said not in ("", ANY_TABLE) else None
    wanted = _given(options).get(QuestionKind.FORMAT) != ANY_TABLE
    documents = _documents(content)
    of_records = (chosen or format_of_records(kind, documents)) if documents else None
    if of_records is not None and of_records.unfold and wanted and not of_records.refused:
        source = _unfolded(of_records, documents, content.name)
        table = find_table(source, lambda _: True, content.name)
        table.watch = content.watch
        directed = not (of_records.one_end or of_records.tells_direction)
        return FoundTable(table, directed, of_records, is_used=True, source=source)
    _refuse(of_records if wanted else None, content.name)
    source, directed = source_in(
        content, kind, options.sheet, (options.answers or {}).get(QuestionKind.DIRECTION)
    )
    saved = options.saved.columns.values() if options.saved else ()
    named = {*saved, *(options.columns or {}).values()} - {""}
    table = find_table(
        source,
        lambda text: text in named or is_heading(kind, text),
        content.name,
        lambda names: wanted and _is_header_of(kind, chosen, names),
    )
    found = chosen or of_records or format_of_table(kind, table.headers)
    if chosen is not None and (lacking := chosen.missing(table.headers)):
        message = mark("{file} is not {format}: it has no column {columns}")
        values = {"file": content.name, "format": chosen.key, "columns": ", ".join(lacking)}
        raise BadInputError(message, **values)
    _refuse(found if wanted else None, content.name)
    if found is not None and found.reshape and wanted:
        headers, rows = found.reshape(table.headers, table.rows)
        table = FileTable(headers, rows, table.header_line, above=0, titles=table.titles)
    table.file, table.watch = content.name, content.watch
    table.most_rows, table.only_measured = options.most_rows or most_rows(kind), options.most_rows is not None
    table.totals_anywhere = found is not None and found.has_totals and wanted
    return FoundTable(table, directed, found, found is not None and wanted, source)


def _refuse(named: Format | None, file: str) -> None:
    """Refuse a file of which it is known that nothing can be had from it."""
    if named is not None and named.refused:
        raise UnreadableFileError(named.refused, file=file)


def _is_header_of(kind: ImportKind, chosen: Format | None, names: Sequence[str]) -> bool:
    return not chosen.missing(names) if chosen else format_of_table(kind, names) is not None


def _documents(content: Content) -> list[Any]:
    """Return the documents of a JSON file that is no network, the records of a repository, else none."""
    file_format = format_of(content)
    if file_format is FileFormat.CAR:
        return car_documents(content)
    if file_format is not FileFormat.JSON or is_graph(content, file_format):
        return []
    return json_documents(content)


def _unfolded(named: Format, documents: Sequence[Any], file: str) -> FileSource:
    records = list(named.unfold(documents)) if named.unfold else []
    if not records:
        message = mark("{file} holds no list of records")
        raise UnreadableFileError(message, file=file)
    return replace(records_source(records), notes=lambda: tuple(named.leaves(documents)))


def _heads(kind: ImportKind, cells: Sequence[Cell]) -> bool:
    """Tell whether two cells of a row are usual headings of files of a kind."""
    return sum(isinstance(cell, str) and is_heading(kind, cell) for cell in cells) >= _PAIR


def source_in(
    content: Content, kind: ImportKind, sheet: str | None, direction: str | None = None
) -> tuple[FileSource, bool]:
    """Open the rows of a file; also say whether ties in it have a direction."""
    file_format = format_of(content)
    if file_format is FileFormat.CAR:
        message = mark("{file} is the repository of an account of Bluesky: it can be imported as posts")
        raise BadInputError(message, file=content.name)
    if not is_graph(content, file_format):
        loose = kind is ImportKind.TIES
        return open_source(content, file_format, sheet, loose=loose, is_header=partial(_heads, kind)), True
    if kind is not ImportKind.TIES:
        message = mark("{file} is a network: it can be imported as ties")
        raise BadInputError(message, file=content.name)
    source, directed = open_graph(content, file_format)
    return (source, directed) if directed or not direction else (one_way(source), True)

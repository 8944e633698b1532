"""The door of intake: a file is inspected, then read into drafts and rejected rows. No database here."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from ambassador.i18n import mark
from ambassador.intake.cells import Cell, CellError, LeftOutError
from ambassador.intake.columnar import CellColumns
from ambassador.intake.courier import read_courier_line
from ambassador.intake.currencies import read_currency
from ambassador.intake.devices import read_device
from ambassador.intake.fields import Holds
from ambassador.intake.files import Content
from ambassador.intake.json_documents import lines_that_are_none
from ambassador.intake.kinds import asked_whether_people
from ambassador.intake.layout import FileRow, Layout
from ambassador.intake.limits import seldom_collecting, time_guard
from ambassador.intake.line_tally import LineTally
from ambassador.intake.mapping import field_of
from ambassador.intake.mention_columns import MentionColumns
from ambassador.intake.mentions import part_clashes, read_mention, unshared
from ambassador.intake.opening import OpenedFile, ReadingOptions, open_file, source_in, table_in
from ambassador.intake.outcomes import merge_orders, read_outcome
from ambassador.intake.people import read_person
from ambassador.intake.questions import demand_answers, marks_of, settled, zone_named
from ambassador.intake.recognise import heads_comments, is_heading, may_name_programs
from ambassador.intake.sources import NumberedRow
from ambassador.intake.tables import find_table, first_row_table
from ambassador.intake.telling import preview_of
from ambassador.intake.ties import TieReader, counted, counts_meetings, repeated
from ambassador.values.drafts import Drafts
from ambassador.values.identity import canonical_handle, canonical_platform
from ambassador.values.imports.imports import (
    DAY_FIRST,
    REVERSED,
    FilePreview,
    Note,
    Progress,
    QuestionKind,
    RejectedRow,
    silent,
)
from ambassador.values.status import ImportKind

__all__ = ["ReadingOptions", "inspect_file", "read_drafts", "signatures_of"]

_TELL_EVERY = 2_000
_ADDED_UP = mark("rows that name a tie once more and were added up as its weight: {count}")
_LAST_COUNTS = mark("rows that name a tie once more, whose last probability counts: {count}")
_ROUNDED = mark("ids that a spreadsheet rounded and that were left out: {count} (line {lines})")
_NO_FEE = mark("rows whose fee is not known: {count} (line {lines})")
_AGAIN = mark("rows that name a tie once more, which was taken once: {count}")
_OVERRULED = mark("platform taken as you said: {platform}, where {count} rows look like {other}")
_KEPT = mark("platform kept as its column has it, and not {platform}: {other} ({count})")
_DAYS_ONLY = mark("posts that name a day and no hour, taken as of its midnight: {count} (line {lines})")
_UNDATED = mark("rows that do not say when it happened, taken as happening now: {count}")
_FURTHER_LINES = mark("rows that are further lines of an order named before: {count}")

_NO_JSON = mark("the line is not JSON: the file was cut off there")
_CODE = re.compile(r"^[A-Z]{2}$")

D = TypeVar("D")


@dataclass(slots=True)
class _Telling:
    """How far the reading is, told again while a library reads on, so that it can be stopped there too."""

    progress: Progress
    done: int = 0
    total: int = 0

    def tell(self, done: int, total: int) -> None:
        """Tell how far the reading is."""
        self.done, self.total = done, total
        self.again()

    def again(self) -> None:
        """Tell the same as before."""
        self.progress(self.done, self.total, mark("Reading"))


def content_to_read(name: str, data: bytes | Path, *, progress: Progress = silent) -> Content:
    """Open a file for several readings, which then share what was found out about its bytes."""
    return _opened(name, data, progress)[0]


def _opened(name: str, data: bytes | Path | Content, progress: Progress) -> tuple[Content, _Telling]:
    """Open a file within the limit of time, unless it is opened already."""
    if isinstance(data, Content):
        return data, data.memo.setdefault("telling", _Telling(progress))
    telling = _Telling(progress)
    check = time_guard(name, lambda: Content(name, data).size())

    def watch() -> None:
        check()
        telling.again()

    return Content(name, data, watch, {"telling": telling}), telling


@seldom_collecting()
def inspect_file(
    name: str,
    data: bytes | Path | Content,
    kind: ImportKind,
    options: ReadingOptions | None = None,
    *,
    progress: Progress = silent,
) -> FilePreview:
    """Say what was recognised in a file and what must be asked; nothing is turned into drafts yet."""
    content, _ = _opened(name, data, progress)
    reading = options or ReadingOptions()
    return preview_of(asked_whether_people(open_file(content, kind, reading), reading))


@seldom_collecting()
def signatures_of(
    name: str,
    data: bytes | Path | Content,
    kind: ImportKind,
    sheet: str | None = None,
    *,
    progress: Progress = silent,
) -> tuple[str, ...]:
    """Name the layout a file may have, so that a mapping confirmed earlier can be found.

    The first row counts as a header too: a person may have said before that it is one.
    """
    content, _ = _opened(name, data, progress)
    found = table_in(content, kind, ReadingOptions(sheet=sheet))
    source, _ = source_in(content, kind, sheet)
    tables = (
        found.table,
        find_table(source, lambda text: is_heading(kind, text), name),
        first_row_table(source),
    )
    return tuple(filter(None, (table.signature(kind) for table in tables)))


@seldom_collecting()
def read_drafts(
    name: str,
    data: bytes | Path | Content,
    kind: ImportKind,
    options: ReadingOptions | None = None,
    *,
    progress: Progress = silent,
) -> Drafts[Any]:
    """Read every row into a draft or a refusal; a question that must be answered stops the reading."""
    content, telling = _opened(name, data, progress)
    reading = options or ReadingOptions()
    opened = asked_whether_people(open_file(content, kind, reading), reading)
    demand_answers(opened.questions, opened.answers)
    layout = _layout(opened)
    read = _reader(opened, layout)
    drafts: list[Any] = []
    rejected: list[RejectedRow] = []
    left_out: Counter[str] = Counter()
    taken_back: list[Any] = []
    total = opened.evidence.row_count
    before, place = 0, 0
    rows = _undrafted(opened, layout, drafts, lambda: telling.tell(len(drafts), total))
    for number, (line, cells) in enumerate(rows, start=1):
        place, before = place + 1 if line == before else 0, line
        try:
            draft = read(line, cells)
            drafts.append(replace(draft, place=place) if place else draft)
        except CellError as problem:
            rejected.append(_refused(problem, line, name, place))
        except LeftOutError as reason:
            _left_out(reason, left_out, taken_back)
        if number % _TELL_EVERY == 0:
            telling.tell(len(drafts) + len(rejected), total)
    rejected += [
        RejectedRow(line, "", text, _NO_JSON, {}, name) for line, text in lines_that_are_none(content)
    ]
    if kind is ImportKind.OUTCOMES:
        adds_up = opened.format is not None and opened.format.adds_up
        drafts, left_out[_FURTHER_LINES] = _orders(drafts, taken_back, adds_up=adds_up)
    if kind is ImportKind.MENTIONS:
        drafts, clashing = part_clashes(unshared(drafts), layout, name)
        rejected = sorted([*rejected, *clashing], key=lambda row: row.line)
    told = [Note(text, {"count": count}) for text, count in left_out.items() if count]
    told += [
        Note(_OVERRULED, {"platform": layout.stated_platform, "other": other, "count": count})
        for other, count in layout.overruled.items()
    ]
    told += [
        Note(_KEPT, {"platform": layout.stated_platform, "other": other, "count": count})
        for other, count in layout.kept.items()
    ]
    told += [layout.days_only.note(_DAYS_ONLY)] if layout.days_only.count else []
    told += [layout.rounded.note(_ROUNDED)] if layout.rounded.count else []
    told += _undated(kind, drafts)
    told += _without_fee(opened, drafts)
    if kind is ImportKind.TIES and (again := repeated(drafts)):
        ends = [opened.proposal.columns[name].header for name in ("source", "target")]
        adds = counts_meetings(ends)
        drafts = counted(drafts) if adds else drafts
        weighed = any(tie.weight is not None for tie in drafts)
        chances = not weighed and any(tie.probability is not None for tie in drafts)
        text = _LAST_COUNTS if chances else _ADDED_UP if adds else _AGAIN
        told.append(Note(text, {"count": again}))
    preview = preview_of(opened)
    preview = replace(preview, notes=(*preview.notes, *told))
    return Drafts(preview, drafts, tuple(rejected), left_out.total(), tuple(taken_back))


def _undrafted(
    opened: OpenedFile, layout: Layout, drafts: list[Any], tell: Callable[[], None]
) -> Iterator[NumberedRow]:
    """Return the rows to be read one by one; posts that are read by column are put where they belong."""
    if opened.kind is not ImportKind.MENTIONS:
        yield from opened.table.rows()
        return
    columns = MentionColumns(layout)
    for part in opened.table.parts():
        if not isinstance(part, CellColumns):
            yield part
            continue
        found = columns.read(part)
        if None not in found:
            drafts += found
        else:
            for draft, row in zip(found, part.rows(), strict=True):
                if draft is None:
                    yield row
                else:
                    drafts.append(draft)
        tell()


def _without_fee(opened: OpenedFile, drafts: Sequence[Any]) -> list[Note]:
    """Tell of whom a column of fees says none."""
    if opened.kind is not ImportKind.PEOPLE or "fee" not in opened.proposal.columns:
        return []
    tally = LineTally()
    for draft in drafts:
        if draft.fee is None:
            tally.add(draft.line)
    return [tally.note(_NO_FEE)] if tally.count else []


def _undated(kind: ImportKind, drafts: Sequence[Any]) -> list[Note]:
    """Tell of a courier's rows that do not say when something happened."""
    count = sum(draft.happened_at is None for draft in drafts) if kind is ImportKind.COURIER else 0
    return [Note(_UNDATED, {"count": count})] if count else []


def _left_out(reason: LeftOutError, left_out: Counter[str], taken_back: list[Any]) -> None:
    left_out[reason.message] += 1
    taken_back += [] if reason.draft is None else [reason.draft]


def _orders(drafts: list[Any], taken_back: list[Any], *, adds_up: bool) -> tuple[list[Any], int]:
    """Make one of the rows of each order; further rows of an order taken back count as its further lines."""
    if adds_up:  # each row is an item: what is left of an order stands without those taken back
        living = {draft.order_id for draft in drafts}
        taken_back[:] = [draft for draft in taken_back if draft.order_id not in living]
    undone = {draft.order_id for draft in taken_back} - {""}
    standing = [draft for draft in drafts if draft.order_id not in undone]
    merged, further = merge_orders(standing, adds_up=adds_up)
    return merged, further + len(drafts) - len(standing)


def _layout(opened: OpenedFile) -> Layout:
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
        values=_values(opened),
        in_percent=frozenset(name for name in names if _in_percent(opened, name, field_of(kind, name).holds)),
        codes=frozenset(name for name in names if _holds_codes(opened, name)),
        stated_platform=_stated_platform(opened),
        names_programs="platform" in names and may_name_programs(opened.proposal.columns["platform"].header),
        currency=_currency(opened),
        are_comments="text" in names and heads_comments(opened.proposal.columns["text"].header),
        courier_words=opened.courier_words,
    )


def _values(opened: OpenedFile) -> dict[str, str]:
    """Say what a field is in every row that leaves it open: by the format, or by a person."""
    values = dict(opened.format.values) if opened.format else {}
    model = opened.answers.get(QuestionKind.MODEL, "")
    return {**values, "model": model} if model and opened.kind is ImportKind.DEVICES else values


def _currency(opened: OpenedFile) -> str:
    """Return the currency of amounts that name none: a person's answer fills what the file leaves open."""
    said = opened.answers.get(QuestionKind.CURRENCY, "")
    return read_currency(said) if said else opened.currency


def _stated_platform(opened: OpenedFile) -> str:
    """Return the platform a person said now, not one that was only proposed or told for a layout before."""
    said = opened.stated.get(QuestionKind.PLATFORM, "")
    proposed = next((one.proposed for one in opened.questions if one.kind is QuestionKind.PLATFORM), None)
    return "" if said == proposed else canonical_platform(said)


def _holds_codes(opened: OpenedFile, name: str) -> bool:
    values = opened.proposal.columns[name].values
    return bool(values) and all(isinstance(value, str) and _CODE.match(value) for value in values)


def _decimal_marks(opened: OpenedFile) -> dict[str, str]:
    answer = settled(opened.questions, opened.answers, QuestionKind.DECIMAL)
    marks = {}
    for name in opened.proposal.columns:
        holds = field_of(opened.kind, name).holds
        own = opened.evidence.columns[name].marks
        found = answer or opened.evidence.decimal_mark(name) if holds is Holds.NUMBER else None
        if holds is Holds.MONEY:
            found = _mark_of_money(opened, name)
        if holds is Holds.COUNT and own:
            found = opened.evidence.decimal_mark(name)
        if found:
            marks[name] = found
    return marks


def _mark_of_money(opened: OpenedFile, name: str) -> str | None:
    """Return the mark that a column of money proves, or a person said; else each currency has its own."""
    column, said = opened.evidence.columns[name], opened.answers.get(QuestionKind.DECIMAL)
    proven = opened.evidence.own_mark(name)
    is_against = column.open_number is not None and proven == marks_of(column.open_number[1])[0]
    return said or proven if is_against else proven or said


def _in_percent(opened: OpenedFile, name: str, holds: Holds) -> bool:
    """Tell whether a rate column is in percent: its header says so, or some bare value is above 1."""
    if holds is not Holds.RATE:
        return False
    header = opened.proposal.columns[name].header.casefold()
    return "%" in header or "percent" in header or opened.evidence.columns[name].highest > 1


def _reader(opened: OpenedFile, layout: Layout) -> Callable[[int, Sequence[Cell]], Any]:
    answers = opened.answers
    if opened.kind is ImportKind.TIES:
        is_reversed = answers.get(QuestionKind.DIRECTION) == REVERSED and any(
            question.kind is QuestionKind.DIRECTION for question in opened.questions
        )
        third = settled(opened.questions, answers, QuestionKind.THIRD_COLUMN)
        return TieReader(layout, is_reversed=is_reversed, third=third).read
    read = _READERS[opened.kind]
    return lambda line, cells: read(layout.row(line, cells))


_READERS: Mapping[ImportKind, Callable[[FileRow], Any]] = {
    ImportKind.PEOPLE: read_person,
    ImportKind.DEVICES: read_device,
    ImportKind.MENTIONS: read_mention,
    ImportKind.COURIER: read_courier_line,
    ImportKind.OUTCOMES: read_outcome,
}


def _refused(problem: CellError, line: int, file: str, place: int) -> RejectedRow:
    values = {key: value for key, value in problem.values.items() if key != "column"}
    return RejectedRow(line, problem.column, problem.value, problem.message, values, file, place)

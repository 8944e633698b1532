"""What a file is told to be before anything of it is written."""

from collections.abc import Mapping, Sequence
from itertools import islice

from ambassador.i18n import mark
from ambassador.intake.cells import plain
from ambassador.intake.fields import FIELDS
from ambassador.intake.json_documents import lines_that_are_none
from ambassador.intake.kinds import kind_note, rather
from ambassador.intake.line_tally import LineTally
from ambassador.intake.opening import OpenedFile
from ambassador.intake.questions import explained, settled, unanswered
from ambassador.intake.tables import FileTable
from ambassador.values.imports.imports import (
    AS_LISTED,
    DAY_FIRST,
    DECIMAL_COMMA,
    DECIMAL_POINT,
    MONTH_FIRST,
    PROBABILITY,
    REVERSED,
    WEIGHT,
    ColumnMapping,
    FilePreview,
    Note,
    QuestionKind,
)
from ambassador.values.status import ImportKind, ParcelState
from ambassador.values.status_words import text_of

_SHOWN = 8
LOOKS_LIKE = mark("this looks like {kind}, and is read as {said}")
"""Told where a file seems to hold something else than a person said."""
_OF_MONEY = (QuestionKind.CURRENCY, QuestionKind.DECIMAL)
"""Answers that are remembered for a layout only where a person gave them: the next file may tell more."""
_LIST_OF = mark("the list is of: {answer}")
_EXPLAINED = mark('"{word}" is read from now on as: {state}')
_AS_LAST_TIME = mark("posts of: {answer}, as in the last file of this layout")
_IN_WORDS: Mapping[str, str] = {
    AS_LISTED: mark("the second of each row hears from the first"),
    REVERSED: mark("the first of each row hears from the second"),
    DAY_FIRST: mark("with the day first"),
    MONTH_FIRST: mark("with the month first"),
    DECIMAL_COMMA: mark("the comma"),
    DECIMAL_POINT: mark("the point"),
    WEIGHT: mark("how often"),
    PROBABILITY: mark("a probability"),
}
_READ_AS = mark("read as: {format}")


def preview_of(opened: OpenedFile) -> FilePreview:
    """Say what was recognised, what is asked and what was left out."""
    used = {
        question.kind.value: answer
        for question in opened.questions
        if (answer := settled(opened.questions, opened.answers, question.kind))
        and (question.kind not in _OF_MONEY or opened.answers.get(question.kind))
    }
    waiting = unanswered(opened.questions, opened.answers)
    sheet = opened.source.sheet if opened.source else ""
    other = rather(opened.content, opened.kind, sheet or None, opened.courier_words)
    return FilePreview(
        kind=opened.kind,
        file_name=opened.content.name,
        sha256=opened.content.sha256(),
        headers=opened.table.headers,
        sample=_sample(opened.table),
        row_count=opened.evidence.row_count + len(lines_that_are_none(opened.content)),
        mapping=ColumnMapping({name: c.header for name, c in opened.proposal.columns.items()}, used),
        questions=waiting,
        signature=opened.table.signature(opened.kind),
        notes=(
            *_other_kind(opened.kind, other),
            *opened.proposal.notes,
            *opened.notes,
            *_skipped(opened.skipped),
            *_answers_told(opened),
        ),
        fields=tuple(field.choice() for field in FIELDS[opened.kind]),
        sheets=opened.source.sheets if opened.source else (),
        sheet=sheet,
        looks_like=other,
        courier_words=explained(opened.answers) if opened.kind is ImportKind.COURIER else {},
    )


def _other_kind(kind: ImportKind, other: ImportKind | None) -> Sequence[Note]:
    if other is None:
        return ()
    return (Note(LOOKS_LIKE, {"kind": kind_note(other), "said": kind_note(kind)}),)


def _sample(table: FileTable) -> tuple[tuple[str, ...], ...]:
    width = len(table.headers)
    return tuple(tuple(plain(cell) for cell in cells[:width]) for _, cells in islice(table.rows(), _SHOWN))


def _skipped(skipped: Mapping[str, LineTally]) -> Sequence[Note]:
    texts = {
        "titles": mark("rows above the headings that were left out: {count} (line {lines})"),
        "repeated": mark("rows that repeat the header and were left out: {count} (line {lines})"),
        "sizes": mark("a first line of two counts that is no tie and was left out: {count} (line {lines})"),
        "totals": mark("rows of totals or averages that were left out: {count} (line {lines})"),
    }
    return [skipped[name].note(text) for name, text in texts.items() if name in skipped]


def _is_of_ties(opened: OpenedFile, kind: QuestionKind) -> bool:
    return opened.kind is ImportKind.TIES and kind is QuestionKind.AUTHOR


def _answers_told(opened: OpenedFile) -> Sequence[Note]:
    texts = {
        QuestionKind.DIRECTION: mark("direction used: {answer}"),
        QuestionKind.DAY_FIRST: mark("dates were read {answer}"),
        QuestionKind.DECIMAL: mark("decimal mark used: {answer}"),
        QuestionKind.THIRD_COLUMN: mark("the third column was read as: {answer}"),
        QuestionKind.PLATFORM: mark("platform taken: {answer}"),
        QuestionKind.AUTHOR: mark("posts of: {answer}"),
        QuestionKind.MODEL: mark("model taken, where the file names none: {answer}"),
        QuestionKind.CURRENCY: mark("amounts that name no currency were taken as: {answer}"),
        QuestionKind.TIME_ZONE: mark("instants without a time zone were read in: {answer}"),
    }
    named = opened.format
    told = [] if named is None else [Note(_READ_AS, {"format": named.called(opened.table.headers)})]
    for question in opened.questions:
        answer = settled(opened.questions, opened.answers, question.kind)
        if question.kind in texts and answer:
            text = _LIST_OF if _is_of_ties(opened, question.kind) else texts[question.kind]
            if text is texts[QuestionKind.AUTHOR] and answer == question.proposed:
                text = _AS_LAST_TIME
            told.append(Note(text, {"answer": Note(_IN_WORDS[answer]) if answer in _IN_WORDS else answer}))
    explanations = explained(opened.answers) if opened.kind is ImportKind.COURIER else {}
    told += [
        Note(_EXPLAINED, {"word": word, "state": Note(text_of(ParcelState(said)))})
        for word, said in explanations.items()
    ]
    return told

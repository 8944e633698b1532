"""Tables of questions, one a row, with who asked and when."""

from typing import Final
from zoneinfo import ZoneInfo

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.intake.cells import CellError, known, plain, simplified
from ambassador.intake.encodings import letter_notes, settle_encoding
from ambassador.intake.files import Content, format_of
from ambassador.intake.moments import order_of_days, read_moment
from ambassador.intake.sources import open_source
from ambassador.intake.tables import find_table
from ambassador.values.activations.questions import QuestionDraft
from ambassador.values.activations.votes import VotesFile
from ambassador.values.identity import canonical_platform
from ambassador.values.imports.imports import RejectedRow

_HEADINGS: Final = {
    "question": "question|domanda|questions|domande|text|testo|message|messaggio|comment|commento",
    "asker": "asked by|asker|who|chi|who asked|chi chiede|author|autore|user|username|utente|nome utente"
    "|handle|name|nome|from|da",
    "platform": "platform|piattaforma|network|social",
    "asked_at": "asked at|date|data|time|ora|when|quando|timestamp|created at|posted at",
}
_WORDS: Final = {field: frozenset(words.split("|")) for field, words in _HEADINGS.items()}
_ALL: Final = frozenset().union(*_WORDS.values())


def read_questions_file(content: Content, *, zone: str) -> VotesFile:
    r"""Read a table of questions; moments without a zone are of ``zone``.

    >>> found = read_questions_file(Content("q.csv", b"question,asked by\nWhen?,x:Nina\n"), zone="UTC")
    >>> [(one.text, one.asker) for one in found.questions]
    [('When?', 'x:Nina')]
    """
    settle_encoding(content)
    table = find_table(open_source(content, format_of(content)), _is_heading, content.name)
    table.file, table.watch = content.name, content.watch
    names = [simplified(header) for header in table.headers]
    columns = {
        field: place
        for field, words in _WORDS.items()
        if (place := next((at for at, name in enumerate(names) if name in words), None)) is not None
    }
    if "question" not in columns:
        message = mark("{file} names no questions: it needs a column called question")
        raise BadInputError(message, file=content.name)
    rows = [(line, {field: cells[place] for field, place in columns.items()}) for line, cells in table.rows()]
    day_first, told = order_of_days([plain(row.get("asked_at", "")) for _, row in rows])
    questions: list[QuestionDraft] = []
    rejected: list[RejectedRow] = []
    for line, row in rows:
        cell = row.get("asked_at", "")
        try:
            at = read_moment(cell, day_first=day_first).instant(ZoneInfo(zone)) if known(cell) else None
        except CellError as error:
            rejected.append(RejectedRow(line, "asked at", plain(cell)[:40], error.message, error.values))
            continue
        text, asker = plain(row["question"]), plain(row.get("asker", ""))
        platform = canonical_platform(plain(row.get("platform", "")))
        questions.append(QuestionDraft(text, asker, platform, at, line=line))
    return VotesFile(
        questions=tuple(questions), rejected=tuple(rejected), notes=(*letter_notes(content), *told)
    )


def _is_heading(text: str) -> bool:
    return simplified(text) in _ALL

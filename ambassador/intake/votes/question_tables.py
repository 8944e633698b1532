"""Tables of questions, one a row, with who asked and when."""

from typing import Final
from zoneinfo import ZoneInfo

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.intake.cells import CellError, known, plain
from ambassador.intake.encodings import letter_notes
from ambassador.intake.files import Content
from ambassador.intake.moments import order_of_days, read_moment
from ambassador.intake.small_tables import headings, open_small_table
from ambassador.values.activations.questions import QuestionDraft
from ambassador.values.activations.votes import VotesFile
from ambassador.values.identity import canonical_platform
from ambassador.values.imports.imports import RejectedRow

_WORDS: Final = headings(
    {
        "question": "question|domanda|questions|domande|text|testo|message|messaggio|comment|commento",
        "asker": "asked by|asker|who|chi|who asked|chi chiede|author|autore|user|username|utente|nome utente"
        "|handle|name|nome|from|da",
        "platform": "platform|piattaforma|network|social",
        "asked_at": "asked at|date|data|time|ora|when|quando|timestamp|created at|posted at",
    }
)


def read_questions_file(content: Content, *, zone: str) -> VotesFile:
    r"""Read a table of questions; moments without a zone are of ``zone``.

    >>> found = read_questions_file(Content("q.csv", b"question,asked by\nWhen?,x:Nina\n"), zone="UTC")
    >>> [(one.text, one.asker) for one in found.questions]
    [('When?', 'x:Nina')]
    """
    table, columns = open_small_table(content, _WORDS)
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

"""What was asked and answered, to publish: as Markdown, or every question as CSV."""

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.reports import csv_table
from ambassador.reports.transcript import Transcript, transcript_md
from ambassador.reports.words import Words
from ambassador.services.activations.questions import read_session
from ambassador.services.work import UnitOfWork
from ambassador.store.activations import activations as store
from ambassador.values.activations.questions import QuestionsResult

ENDINGS = (".md", ".csv")


def transcript_file(
    work: UnitOfWork, activation_id: int, ending: str, language: str, *, names: bool = False
) -> bytes:
    """Write the transcript of a session; who asked is counted, and named only where that is wanted.

    Examples
    --------
    >>> transcript_file(work, 7, ".pdf", "en")
    Traceback (most recent call last):
    ...
    ambassador.errors.BadInputError: .pdf is no form of a transcript: write .md or .csv
    """
    if ending not in ENDINGS:
        message = mark("{ending} is no form of a transcript: write .md or .csv")
        raise BadInputError(message, ending=ending)
    result = read_session(work, activation_id)
    if ending == ".csv":
        return _csv(result, names=names)
    with work.reading() as session:
        row = store.get_activation(session, activation_id)
        told = Transcript(
            row.title, (row.starts_on, row.ends_on), result, names=names, time_zone=row.time_zone
        )
    return transcript_md(told, Words(language))


def _csv(result: QuestionsResult, *, names: bool) -> bytes:
    headers = [
        "number", "state", "question", "asked at", "people", "merged into", "answer", "answered by",
        "answered at", "reason", *(["asked by"] if names else []),
    ]  # fmt: skip
    rows = [
        [
            one.id,
            one.status.value,
            one.text,
            one.asked_at,
            one.askers,
            one.merged_into_id,
            one.answer,
            one.answered_by,
            one.answered_at,
            one.reason,
            *([one.asker] if names else []),
        ]
        for one in result.questions
    ]
    return csv_table(headers, rows)

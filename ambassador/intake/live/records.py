"""Records as an API gives them, read by the reader of the file that holds the same."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from importlib import import_module
from typing import Any

from ambassador.errors import BadInputError, CancelledError, SourceError, UnreadableFileError
from ambassador.i18n import mark
from ambassador.intake.live.source import Batch
from ambassador.intake.reading import ReadingOptions, read_drafts
from ambassador.values.drafts import TieDraft
from ambassador.values.identity import canonical_handle
from ambassador.values.imports.imports import QuestionKind, RejectedRow
from ambassador.values.live import Cursor
from ambassador.values.status import ImportKind


def batch_of(
    format_key: str, records: Sequence[Mapping[str, Any]], cursor: Cursor, *, author: str = ""
) -> Batch:
    """Read records as posts of a named format; what cannot be used is refused, as in a file.

    ``author`` is whose they are where records do not say it.
    """
    answers = {"format": format_key} | ({QuestionKind.AUTHOR: author} if author else {})
    try:
        rows, rejected = _read(answers, records)
    except BadInputError:  # one of them makes the page doubtful: each by itself
        rows, rejected = [], []
        for line, record in enumerate(records, start=1):
            _read_alone(answers, record, line, rows, rejected)
    return Batch(ImportKind.MENTIONS, rows, cursor, tuple(rejected))


def _read(
    answers: Mapping[str, str], records: Sequence[Mapping[str, Any]]
) -> tuple[list[Any], list[RejectedRow]]:
    if not records:
        return [], []
    text = json.dumps(list(records), default=_plain).encode()
    options = ReadingOptions(answers=answers)
    drafts = read_drafts("answer.json", text, ImportKind.MENTIONS, options)
    return list(drafts.rows), list(drafts.rejected)


def _read_alone(
    answers: Mapping[str, str],
    record: Mapping[str, Any],
    line: int,
    rows: list[Any],
    rejected: list[RejectedRow],
) -> None:
    """Read one record; whatever is doubtful in it costs it alone."""
    try:
        own, refused = _read(answers, [record])
    except BadInputError as problem:
        own, refused = [], [RejectedRow(line, "", "", problem.message, dict(problem.values))]
    rows += [replace(draft, line=line) for draft in own]
    rejected += [replace(row, line=line) for row in refused]


def ties_of(pairs: Sequence[tuple[str, str]], platform: str, kind: str, cursor: Cursor) -> Batch:
    """Make ties of pairs (who is heard, who hears); nobody hears themselves."""
    named = ((canonical_handle(one), canonical_handle(other)) for one, other in pairs)
    kept = dict.fromkeys(pair for pair in named if all(pair) and pair[0] != pair[1])
    rows = [TieDraft(line, one, other, platform, kind) for line, (one, other) in enumerate(kept, start=1)]
    return Batch(ImportKind.TIES, rows, cursor)


@dataclass
class BatchMarks:
    """Batches on the way to the next place in a source: a run cut off between them counts none twice."""

    cursor: Cursor

    def has(self, *key: object) -> bool:
        """Tell whether a batch was written before the run was cut off, by what was known of it then."""
        return _short(key) in self.cursor.get("done", ())

    def take(self, batch: Batch, *key: object) -> Batch:
        """Give a batch that leaves the place where it is, and is remembered until the next."""
        self.cursor = {**self.cursor, "done": [*self.cursor.get("done", ()), _short(key)]}
        return replace(batch, cursor=self.cursor)


def _short(key: tuple[object, ...]) -> str:
    return hashlib.sha256(repr(key).encode()).hexdigest()[:12]


def json_of(body: bytes, server: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Read an answer as JSON."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise SourceError(mark("{server} answers what is no JSON"), server=server) from None


def library(name: str) -> Any:  # noqa: ANN401 - a module
    """Load a library of the extra ``live``, or say in one sentence that it is missing."""
    try:
        return import_module(name)
    except ModuleNotFoundError:
        message = mark("This source needs more than was installed: pip install 'ambassador[live]'")
        raise BadInputError(message) from None


def own_error(error: BaseException) -> BaseException | None:
    """Find our own error under the one a library made of it."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, SourceError | UnreadableFileError | CancelledError):
            return seen
        seen = seen.__cause__ or seen.__context__
    return None


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)

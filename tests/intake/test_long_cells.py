"""A cell of fifty thousand characters is read as fast as it is long, whatever it repeats.

A pattern that begins anew at each letter takes minutes for one; a reading ends by its own limit then.
"""

from contextlib import suppress

import pytest

from ambassador.errors import AnswerNeededError
from ambassador.intake.fields import FIELDS
from ambassador.intake.reading import ReadingOptions, content_to_read, inspect_file, read_drafts
from ambassador.values.imports.imports import QuestionKind
from ambassador.values.status import ImportKind

_LONG = 50_000
_ANSWERS = {QuestionKind.AUTHOR: "lia", QuestionKind.PLATFORM: "x", QuestionKind.MODEL: "Q1"}


def _file(names: list[str], unit: str) -> str:
    """Write a good row, and one for each column with a long cell in it."""
    long = (unit * _LONG)[:_LONG]
    rows = [[f"{name}1" for name in names]]
    rows += [[long if at == here else "" for at in range(len(names))] for here in range(len(names))]
    return "\n".join([",".join(names), *(",".join(f'"{cell}"' for cell in row) for row in rows)])


@pytest.mark.parametrize("kind", list(ImportKind))
@pytest.mark.parametrize("unit", ["a", "1", " ", "a.", "im"])
def test_a_long_cell_ends_no_reading(kind: ImportKind, unit: str) -> None:
    names = [field.name for field in FIELDS[kind]]
    content = content_to_read("long.csv", _file(names, unit).encode())
    columns = {name: name for name in names}
    with suppress(AnswerNeededError):
        preview = inspect_file("long.csv", content, kind, ReadingOptions(columns=columns))
        answers = {one.kind: one.proposed or one.answers[0] for one in preview.questions if one.answers}
        options = ReadingOptions(columns=columns, answers={**answers, **_ANSWERS})
        drafts = read_drafts("long.csv", content, kind, options)
        told = len(drafts.rows) + len(drafts.rejected) + drafts.left_out
        assert told == drafts.preview.row_count

"""Short ways to read made-up files in the tests of intake."""

import io
from collections.abc import Sequence
from typing import Any

import openpyxl

from ambassador.intake.reading import ReadingOptions, read_drafts
from ambassador.values.drafts import Drafts
from ambassador.values.status import ImportKind


def read(
    text: str | bytes,
    kind: ImportKind,
    *,
    name: str = "file.csv",
    zone: str = "UTC",
    columns: dict[str, str] | None = None,
    **answers: str,
) -> Drafts[Any]:
    data = text if isinstance(text, bytes) else text.encode()
    return read_drafts(name, data, kind, ReadingOptions(columns=columns, answers=answers, zone=zone))


def spreadsheet(rows: Sequence[Sequence[Any]], **formats: str) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    for row in rows:
        page.append(row)
    for cell, number_format in formats.items():
        page[cell].number_format = number_format
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()

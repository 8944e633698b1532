"""Rows of a list of devices."""

import re

from ambassador.i18n import mark
from ambassador.intake.cells import CellError
from ambassador.intake.layout import FileRow
from ambassador.values.devices import canonical_imei, is_imei
from ambassador.values.drafts import DeviceDraft

_PAIR = re.compile(r"/|;|,|\n|\s[-–]\s")  # noqa: RUF001 - people type a dash


def read_device(row: FileRow) -> DeviceDraft:
    """Turn one row into a device with a serial or an IMEI."""
    first, second = _imeis(row)
    serial = row.identifier("serial")
    if not (serial or first or second):
        column = "serial" if "serial" in row.layout.positions else "imei1"
        raise row.missing(column, mark("the row has neither a serial number nor an IMEI"))
    return DeviceDraft(
        line=row.line,
        model=row.text("model"),
        serial=serial,
        imei1=first or second,
        imei2=second if first else "",
        colour=row.text("colour"),
        cost=row.money("cost"),
    )


def _imeis(row: FileRow) -> tuple[str, str]:
    first, second = row.identifier("imei1"), row.identifier("imei2")
    pair = _PAIR.split(first)
    if not second and len(pair) == 2 and all(len(canonical_imei(part)) > len(first) // 3 for part in pair):  # noqa: PLR2004
        first, second = pair
    first, second = _checked(row, "imei1", first), _checked(row, "imei2", second)
    if first and first == second:
        raise row.refusal("imei2", CellError(mark("both IMEIs are {value}"), value=first))
    return first, second


def _checked(row: FileRow, name: str, text: str) -> str:
    digits = canonical_imei(text)
    if not digits or is_imei(digits):
        return digits
    column = name if name in row.layout.positions else "imei1"
    if len(digits) != 15 or not digits.isdigit():  # noqa: PLR2004 - an IMEI has fifteen
        raise row.refusal(column, CellError(mark("{value} is not an IMEI: it needs 15 digits"), value=text))
    raise row.refusal(column, CellError(mark("{value} is not an IMEI: its check digit is wrong"), value=text))

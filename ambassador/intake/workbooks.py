"""Workbooks of XLSX: their parts, sheets, shared texts and the forms of their cells."""

import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from defusedxml.ElementTree import fromstring
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from ambassador.errors import UnreadableFileError
from ambassador.i18n import mark
from ambassador.intake.boundary import ARCHIVE, DAMAGED_WORKBOOK, WORKBOOK_PART, refusing
from ambassador.intake.cell_values import CellForm, form_numbered
from ambassador.intake.cells import Cell
from ambassador.intake.files import Content
from ambassador.intake.limits import MOST_SHARED_TEXT, MOST_UNPACKED
from ambassador.intake.line_tally import LineTally
from ambassador.intake.plain_xml import PlainTexts
from ambassador.intake.xml_stream import drive

_PIECE: Final = 1 << 16
_SMALL_PART: Final = 20_000_000


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One sheet as the workbook lists it."""

    name: str
    part: str
    is_visible: bool


@dataclass(slots=True)
class SheetFacts:
    """What the last reading of a sheet met that a person should know."""

    hidden: LineTally = field(default_factory=LineTally)
    merged: LineTally = field(default_factory=LineTally)
    formulas: LineTally = field(default_factory=LineTally)


@dataclass
class Workbook:
    """An XLSX file: its sheets, its shared texts and the forms of its cells."""

    content: Content
    facts: SheetFacts = field(default_factory=SheetFacts)

    @cached_property
    def sheets(self) -> tuple[SheetEntry, ...]:
        """List the sheets that hold cells."""
        found, book = [], self._book
        targets = self._targets
        for sheet in _all(book, "sheet"):
            kind, part = targets.get(_attribute(sheet, "id"), ("", ""))
            if part and not kind.endswith("/chartsheet"):
                state = sheet.get("state") or "visible"
                found.append(SheetEntry(sheet.get("name") or "", part, state == "visible"))
        if not found:
            raise self._damaged()
        return tuple(found)

    @cached_property
    def epoch(self) -> datetime:
        """Return day 0 of the workbook's dates."""
        about = next(iter(_all(self._book, "workbookPr")), None)
        is_mac = about is not None and about.get("date1904") in {"1", "true"}
        return MAC_EPOCH if is_mac else WINDOWS_EPOCH

    @cached_property
    def forms(self) -> list[CellForm]:
        """Return the form of each style of cell."""
        part = self._part("styles")
        if part is None:
            return []
        root = self._small(part)
        codes = {one.get("numFmtId"): one.get("formatCode") or "" for one in _all(root, "numFmt")}
        styles = next(iter(_all(root, "cellXfs")), None)
        ids = [one.get("numFmtId") or "0" for one in _all(styles, "xf")] if styles is not None else []
        return [form_numbered(one, codes) for one in ids]

    @cached_property
    def texts(self) -> list[str]:
        """Return the shared texts."""
        part, handler = self._part("sharedStrings"), _Texts(self.content.name)
        taker = PlainTexts(handler.keep)
        for _ in drive(self.pieces(part), self.content.name, handler, taker) if part else ():
            continue
        return handler.found

    @cached_property
    def merged(self) -> dict[str, dict[int, list[tuple[int, int]]]]:
        """Return what was found out about merged ranges, by the part that holds the sheet."""
        return {}

    @cached_property
    def kept(self) -> dict[str, tuple[SheetFacts, list[tuple[int, list[Cell]]]]]:
        """Return the rows of the sheets that were read whole and are small enough to be kept."""
        return {}

    def pieces(self, part: str) -> Iterator[bytes]:
        """Unpack one part, piece by piece."""
        with self.content.open() as stream:
            with refusing(ARCHIVE, self.content.name):
                archive = zipfile.ZipFile(stream)
            with archive:
                yield from self._unpacked(archive, part)

    def _unpacked(self, archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
        with refusing(ARCHIVE, self.content.name):
            member = archive.open(part)
        size = 0
        with member:
            while True:
                with refusing(ARCHIVE, self.content.name):
                    piece = member.read(_PIECE)
                if not piece:
                    return
                size += len(piece)
                if size > MOST_UNPACKED:
                    message = mark("{file} would unpack to {megabytes} MB: refused")
                    raise UnreadableFileError(
                        message, file=self.content.name, megabytes=MOST_UNPACKED // 1_000_000
                    )
                self.content.watch()
                yield piece

    @cached_property
    def _members(self) -> frozenset[str]:
        name = self.content.name
        with self.content.open() as stream, refusing(ARCHIVE, name), zipfile.ZipFile(stream) as archive:
            return frozenset(archive.namelist())

    @cached_property
    def _main(self) -> str:
        """Find the part that lists the sheets."""
        if "_rels/.rels" in self._members:
            for one in _all(self._small("_rels/.rels"), "Relationship"):
                target = (one.get("Target") or "").lstrip("/")
                if (one.get("Type") or "").endswith("/officeDocument") and target in self._members:
                    return target
        return "xl/workbook.xml"

    @cached_property
    def _book(self) -> Any:  # noqa: ANN401 - an element of ElementTree, which has no public type in defusedxml
        if self._main.endswith(".bin"):
            message = mark("{file} is a binary workbook: save it as .xlsx or CSV")
            raise UnreadableFileError(message, file=self.content.name)
        return self._small(self._main)

    @cached_property
    def _targets(self) -> dict[str, tuple[str, str]]:
        folder, _, name = self._main.rpartition("/")
        relations = f"{folder}/_rels/{name}.rels".lstrip("/")
        found = {}
        for one in _all(self._small(relations), "Relationship"):
            target = one.get("Target") or ""
            part = target[1:] if target.startswith("/") else _joined(folder, target)
            found[one.get("Id") or ""] = (one.get("Type") or "", part)
        return found

    def _part(self, kind: str) -> str | None:
        named = (part for type_, part in self._targets.values() if type_.endswith("/" + kind))
        return next((part for part in (*named, f"xl/{kind}.xml") if part in self._members), None)

    def _small(self, part: str) -> Any:  # noqa: ANN401 - see _book
        data = bytearray()
        for piece in self.pieces(part):
            data += piece
            if len(data) > _SMALL_PART:
                raise self._damaged()
        with refusing(WORKBOOK_PART, self.content.name):
            return fromstring(bytes(data))

    def _damaged(self) -> UnreadableFileError:
        return UnreadableFileError(DAMAGED_WORKBOOK, file=self.content.name)


def sheet_named(book: Workbook, wanted: str | None) -> SheetEntry:
    """Choose a sheet: the one named, else the first that is not hidden."""
    if wanted is None:
        return next((sheet for sheet in book.sheets if sheet.is_visible), book.sheets[0])
    for sheet in book.sheets:
        if sheet.name == wanted:
            return sheet
    names = ", ".join(sheet.name for sheet in book.sheets)
    message = mark("{file} has no sheet {sheet}: it has {sheets}")
    raise UnreadableFileError(message, file=book.content.name, sheet=wanted, sheets=names)


class _Texts:
    """Collects the shared texts, leaving out how they are pronounced."""

    def __init__(self, file: str) -> None:
        self.line = 0
        self.file = file
        self.found: list[str] = []
        self._parts: list[str] = []
        self._spoken = False
        self._size = 0

    def start(self, name: str, _: dict[str, str]) -> None:
        self._spoken = self._spoken or name == "rPh"

    def end(self, name: str, text: str) -> None:
        if name == "t" and not self._spoken:
            self._parts.append(text)
        elif name == "rPh":
            self._spoken = False
        elif name == "si":
            self.keep(["".join(self._parts)])
            self._parts.clear()

    def keep(self, texts: list[str]) -> None:
        """Take some texts."""
        kept = [text.replace("x005F_", "") for text in texts]
        self.found += kept
        self._size += sum(map(sys.getsizeof, kept))
        if self._size > MOST_SHARED_TEXT:
            message = mark("{file} holds more than {megabytes} MB of text")
            raise UnreadableFileError(message, file=self.file, megabytes=MOST_SHARED_TEXT // 1_000_000)


def _all(root: Any, name: str) -> list[Any]:  # noqa: ANN401 - elements of ElementTree
    return [one for one in root.iter() if isinstance(one.tag, str) and one.tag.rpartition("}")[2] == name]


def _attribute(element: Any, name: str) -> str:  # noqa: ANN401 - an element of ElementTree
    """Return an attribute that stands under a namespace."""
    return next(
        (value for key, value in element.items() if key.rpartition("}")[2] == name and "}" in key), ""
    )


def _joined(folder: str, target: str) -> str:
    parts: list[str] = folder.split("/") if folder else []
    for step in target.split("/"):
        if step == "..":
            parts = parts[:-1]
        elif step not in {"", "."}:
            parts.append(step)
    return "/".join(parts)

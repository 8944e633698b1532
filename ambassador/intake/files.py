"""What kind of file this is, told from its first bytes; what cannot be read is refused by name."""

import codecs
import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from ambassador.errors import UnreadableFileError
from ambassador.i18n import mark
from ambassador.intake.boundary import ARCHIVE, refusing
from ambassador.intake.limits import LONGEST_LINE, MOST_UNPACKED

_HEAD = 1 << 16
_PIECE = 1 << 20
_TEXT_PIECE = 1 << 16
"""Characters of a text that are parted into lines at a time."""
_RATIO_LIMIT = 300
_RATIO_FROM = 50_000_000
_REFUSED = (
    (
        b"\xd0\xcf\x11\xe0",
        mark("{file} is an old or protected Excel file: open it in Excel and save it as .xlsx or CSV"),
    ),
    (b"%PDF", mark("{file} is a PDF: ask for the table as CSV or XLSX")),
    (b"\x89PNG", mark("{file} is a picture: ask for the table as CSV or XLSX")),
    (b"\xff\xd8\xff", mark("{file} is a picture: ask for the table as CSV or XLSX")),
    (b"GIF8", mark("{file} is a picture: ask for the table as CSV or XLSX")),
    (b"RIFF", mark("{file} is a picture or a sound: ask for the table as CSV or XLSX")),
    (b"\x1f\x8b", mark("{file} is compressed: unpack it first")),
    (b"Rar!", mark("{file} is compressed: unpack it first")),
    (b"7z\xbc\xaf", mark("{file} is compressed: unpack it first")),
    (b"PAR1", mark("{file} is a Parquet file: export it as CSV")),
    (b"SQLite format 3", mark("{file} is a database: export the table as CSV")),
    (b"{\\rtf", mark("{file} is a text document: save its table as CSV")),
)


class FileFormat(StrEnum):
    """The forms that can be read."""

    DELIMITED = "delimited"
    SPREADSHEET = "spreadsheet"
    JSON = "json"
    XML = "xml"
    PAJEK = "pajek"
    GML = "gml"
    GDF = "gdf"
    DOT = "dot"
    UCINET = "ucinet"
    CAR = "car"


_NETWORKS = (
    (re.compile(r"\*(?:vertices|network)", re.IGNORECASE), FileFormat.PAJEK),
    (re.compile(r"nodedef>", re.IGNORECASE), FileFormat.GDF),
    (re.compile(r"graph\s*\[", re.IGNORECASE), FileFormat.GML),
    (re.compile(r"(?:strict\s+)?(?:di)?graph(?:\s[^\[{\n]{0,200})?\{", re.IGNORECASE), FileFormat.DOT),
    (re.compile(r"dl\b[\s,]{0,200}(?:n|nr|nc|nm|format)\s{0,200}=", re.IGNORECASE), FileFormat.UCINET),
)
"""How network files of plain text begin, after what is said of their making."""
_REPOSITORY = re.compile(rb"[\x10-\x7f]\xa2eroots")
"""How a CAR file begins: the length of its header, a map of two, of which the first are the roots."""
_MAKING = ("#", "creator", "version", "comment", "//")
_NUL_SHARE = 100
"""A file of text that has more than one NUL in as many characters of its head is none."""


def never() -> None:
    """Be told that reading goes on, and let it."""


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of one file, in memory or on disk, to be opened as often as needed."""

    name: str
    data: bytes | Path
    watch: Callable[[], None] = never
    """Called now and again while the file is read; may raise to stop it."""
    memo: dict[str, Any] = field(default_factory=dict, compare=False)
    """What was found out about the bytes and would cost as much again."""

    def open(self) -> BinaryIO:
        """Open the bytes from their beginning."""
        return io.BytesIO(self.data) if isinstance(self.data, bytes) else self.data.open("rb")

    def head(self, size: int = _HEAD) -> bytes:
        """Return the first bytes."""
        with self.open() as stream:
            return stream.read(size)

    def size(self) -> int:
        """Count the bytes."""
        return len(self.data) if isinstance(self.data, bytes) else self.data.stat().st_size

    def pieces(self) -> Iterator[bytes]:
        """Return the bytes from their beginning, a megabyte at a time."""
        with self.open() as stream:
            while piece := stream.read(_PIECE):
                yield piece
                if len(piece) == _PIECE:
                    self.watch()

    def sha256(self) -> str:
        """Return the fingerprint by which the same file is recognised."""
        found: str | None = self.memo.get("sha256")
        if found is None:
            digest = hashlib.sha256()
            for piece in self.pieces():
                digest.update(piece)
            found = self.memo["sha256"] = digest.hexdigest()
        return found


def format_of(content: Content) -> FileFormat:
    """Recognise the form of a file, or refuse it with the reason and the way out."""
    head = content.head()
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        message = mark("{file} is empty")
        raise UnreadableFileError(message, file=content.name)
    for magic, message in _REFUSED:
        if head.startswith(magic):
            raise UnreadableFileError(message, file=content.name)
    if _REPOSITORY.match(head):
        return FileFormat.CAR
    if head.startswith(b"PK"):
        _check_archive(content)
        return FileFormat.SPREADSHEET
    return _text_format(content, head)


def encoding_of(content: Content) -> str:
    """Tell the encoding: by its mark, UTF-16 by its zero bytes, UTF-8 if it all is, else Windows' Latin."""
    found: str = content.memo.get("encoding") or _encoding(content)
    content.memo["encoding"] = found
    return found


def _encoding(content: Content) -> str:
    head = content.head()
    for sign, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
    ):
        if head.startswith(sign):
            return name
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head.count(b"\x00") > len(head) // 4:
        return "utf-16-le" if head[1::2].count(b"\x00") > head[::2].count(b"\x00") else "utf-16-be"
    return "utf-8" if _is_utf8(content) else "cp1252"


def open_text(content: Content) -> io.TextIOWrapper:
    """Open the file as text, line ends untouched."""
    return io.TextIOWrapper(content.open(), encoding=encoding_of(content), errors="replace", newline="")


class TextBlock(NamedTuple):
    """Some whole lines of a text, ends untouched."""

    first: int
    """The number of the first line."""
    text: str
    lines: list[str]


def text_lines(content: Content) -> Iterator[str]:
    """Get the lines of a text, ends untouched; a line without end is refused before it fills the memory."""
    for block in text_blocks(content):
        yield from block.lines


def text_blocks(content: Content, most: int | None = None) -> Iterator[TextBlock]:
    """Get the lines of a text, many at once; ``most`` is how many characters are read at a time."""
    size = most or _TEXT_PIECE
    number, rest = 1, ""
    with open_text(content) as stream:
        while piece := stream.read(size):
            text = rest + piece
            end = max(text.rfind("\n"), text.rfind("\r", 0, -1)) + 1  # what follows a last \r may be its \n
            whole, rest = text[:end], text[end:]
            lines = list(io.StringIO(whole, newline=""))
            if len(text) > LONGEST_LINE:
                _check_lengths(content, number, [*lines, rest])
            if lines:
                yield TextBlock(number, whole, lines)
                number += len(lines)
            if len(piece) == size:
                content.watch()
    if rest:
        yield TextBlock(number, rest, list(io.StringIO(rest, newline="")))


def _check_lengths(content: Content, first: int, lines: list[str]) -> None:
    for number, line in enumerate(lines, start=first):
        if len(line) > LONGEST_LINE:
            raise _too_long(content, number)


def _too_long(content: Content, line: int) -> UnreadableFileError:
    message = mark("{file}: line {line} is longer than {limit} characters")
    return UnreadableFileError(message, file=content.name, line=line, limit=LONGEST_LINE)


def _text_format(content: Content, head: bytes) -> FileFormat:
    start = head.decode(encoding_of(content), errors="ignore").lstrip("\ufeff \t\r\n")
    lowered = start[:200].casefold()
    if lowered.startswith(("<!doctype html", "<html", "<table", "<head")):
        message = mark("{file} is a web page: save its table as CSV or XLSX")
        raise UnreadableFileError(message, file=content.name)
    if start.startswith("<"):
        return FileFormat.XML
    if _is_download(start):
        return FileFormat.JSON
    is_json = _ends_in(content.name, ".json", ".jsonl", ".ndjson")
    if start.startswith(("{", "[")) and (is_json or (_ends_in(content.name, "") and '"' in start)):
        return FileFormat.JSON
    told = _without_making(start)
    network = next((form for begins, form in _NETWORKS if begins.match(told)), None)
    if network or _ends_in(content.name, ".net"):
        return network or FileFormat.PAJEK
    if start.count("\x00") * _NUL_SHARE > len(start):
        message = mark("{file} is not a table: CSV, XLSX, JSON and the usual network formats can be read")
        raise UnreadableFileError(message, file=content.name)
    return FileFormat.DELIMITED


def _without_making(start: str) -> str:
    while start.casefold().startswith(_MAKING):
        start = start.partition("\n")[2].lstrip()
    return start


def _is_download(start: str) -> bool:
    """Tell whether a file is JSON behind an assignment, as in the data downloads of X."""
    return start.startswith("window.YTD.") and "=" in start[:200]


def _ends_in(name: str, *endings: str) -> bool:
    return Path(name).suffix.casefold() in endings


def _is_utf8(content: Content) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for piece in content.pieces():
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _check_archive(content: Content) -> None:
    with content.open() as stream, refusing(ARCHIVE, content.name), zipfile.ZipFile(stream) as archive:
        members = archive.infolist()
    if not any(member.filename.startswith("xl/workbook") for member in members):
        message = mark("{file} is an archive or a document, not a spreadsheet: save its table as CSV or XLSX")
        raise UnreadableFileError(message, file=content.name)
    unpacked = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    if unpacked > MOST_UNPACKED or (unpacked > _RATIO_FROM and unpacked / packed > _RATIO_LIMIT):
        message = mark("{file} would unpack to {megabytes} MB: refused")
        raise UnreadableFileError(message, file=content.name, megabytes=unpacked // 1_000_000)

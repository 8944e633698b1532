"""Where other people's parsers end: what they raise comes out as our own refusal of the file.

A parser stands here with every exception it was seen or is documented to raise, each with its reason.
Only the call of the parser stands inside ``refusing``; our own code stands outside, so that its faults
stay visible.
"""

import csv
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from defusedxml import DefusedXmlException

from ambassador.errors import UnreadableFileError
from ambassador.i18n import mark

DAMAGED_WORKBOOK = mark("{file} is damaged: it cannot be opened as a spreadsheet")


@dataclass(frozen=True, slots=True)
class ForeignParser:
    """A parser of a library: what it raises over a bad file, and what a person is told instead."""

    message: str
    raises: tuple[type[Exception], ...]


ARCHIVE = ForeignParser(
    DAMAGED_WORKBOOK,
    (
        zipfile.BadZipFile,  # no archive, a wrong checksum, overlapping members
        zlib.error,  # deflated bytes that are none
        lzma.LZMAError,  # the same for its other method
        EOFError,  # a member that ends early
        OSError,  # bzip2 bytes that are none; a directory that points outside the file
        KeyError,  # a member that the directory does not list
        NotImplementedError,  # a method of packing that Python lacks
        RuntimeError,  # a member under a password
        ValueError,  # a seek before the beginning; a name in an encoding it is not in
        struct.error,  # an extra field cut short
        OverflowError,  # a size of more than 63 bits
    ),
)
WORKBOOK_PART = ForeignParser(
    DAMAGED_WORKBOOK,
    (
        ParseError,  # no well-formed XML
        DefusedXmlException,  # entities, a document type from elsewhere
        LookupError,  # an encoding nobody knows
        ValueError,  # an encoding of several bytes, which expat lacks
    ),
)
DECODER = ForeignParser(
    mark("{file} says it is written in {encoding}, which is no encoding known here"),
    (
        LookupError,  # a name nobody knows
        UnicodeError,  # a codec that wants a mark, or decodes no whole texts (idna, undefined)
    ),
)
XML = ForeignParser(
    mark("{file}: line {line} is not well-formed XML"),
    (ExpatError,),  # whatever is wrong; encodings are decoded before it, so it meets none
)
JSON = ForeignParser(
    mark("{file} cannot be read as JSON: it is damaged or nested too deep"),
    (
        ValueError,  # no JSON
        RecursionError,  # lists within lists within lists
    ),
)
CSV = ForeignParser(
    mark("{file}: from line {line} on the quotation marks do not close"),
    (csv.Error,),  # a cell longer than a whole line may be
)


@contextmanager
def refusing(parser: ForeignParser, file: str, **values: Any) -> Iterator[None]:  # noqa: ANN401 - any value that can be shown
    """Turn what a parser raises into the refusal of the file."""
    try:
        yield
    except parser.raises as problem:
        raise UnreadableFileError(parser.message, file=file, **values) from problem

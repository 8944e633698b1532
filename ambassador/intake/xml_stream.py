"""XML read as it comes, piece by piece, without entities and within limits."""

import codecs
import re
from collections.abc import Iterable, Iterator
from typing import Protocol, runtime_checkable
from xml.parsers import expat

from ambassador.errors import UnreadableFileError
from ambassador.i18n import mark
from ambassador.intake.boundary import DECODER, XML, refusing
from ambassador.intake.limits import DEEPEST_XML, LONGEST_CELL, LONGEST_TAG
from ambassador.intake.plain_xml import PlainTaker

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)


class XmlHandler(Protocol):
    """What is done with the tags and texts; names come without their namespace."""

    line: int
    """The line that is being read; kept by the stream."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Meet the beginning of an element."""

    def end(self, name: str, text: str) -> None:
        """Meet its end, with the text since the last beginning or end."""


@runtime_checkable
class MixedHandler(Protocol):
    """A handler that wants to know of text with elements after it in the same element, too."""

    def text_before(self, text: str) -> None:
        """Meet the text between a beginning or end and the next beginning."""


class _Driver:
    """Expat on one side, a handler on the other."""

    def __init__(self, file: str, handler: XmlHandler) -> None:
        self.file, self.handler = file, handler
        self.mixed = handler if isinstance(handler, MixedHandler) else None
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._entity
        self.texts: list[str] = []
        self.length = self.depth = self.fed = 0
        self.names: dict[str, str] = {}
        self.ended = ""
        """The element whose end is the last thing that was met."""

    def feed_text(self, text: str, *, last: bool = False) -> None:
        self.feed(text.encode("utf-8", "replace"), last=last)

    def feed(self, piece: bytes, *, last: bool = False) -> None:
        try:
            with refusing(XML, self.file, line=self.parser.CurrentLineNumber):
                self.parser.Parse(piece, last)
        finally:
            self.fed += len(piece)
        if self.fed - self.parser.CurrentByteIndex > LONGEST_TAG:
            self._too_long()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST_XML:
            message = mark("{file}: line {line} lies more than {limit} elements deep")
            self._refuse(message, limit=DEEPEST_XML)
        self.ended = ""
        if self.mixed and self.texts:
            self.mixed.text_before("".join(self.texts))
        self.texts.clear()
        self.length = 0
        self.handler.line = self.parser.CurrentLineNumber
        self.handler.start(self._local(name), attributes)

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.ended = name
        text = "".join(self.texts)
        self.texts.clear()
        self.length = 0
        self.handler.end(self._local(name), text)

    def _text(self, text: str) -> None:
        self.length += len(text)
        if self.length > LONGEST_CELL:
            self._too_long()
        self.texts.append(text)

    def _entity(self, *_: object) -> None:
        self._refuse(mark("{file}: line {line} defines an entity, which no export needs: refused"))

    def _local(self, name: str) -> str:
        found = self.names.get(name)
        if found is None:
            found = self.names[name] = name.rpartition(":")[2]
        return found

    def _too_long(self) -> None:
        self._refuse(
            mark("{file}: line {line} holds a text of more than {limit} characters"), limit=LONGEST_CELL
        )

    def _refuse(self, message: str, **values: int) -> None:
        raise UnreadableFileError(message, file=self.file, line=self.parser.CurrentLineNumber, **values)


class _Shortcut:
    """Hands a driver only what a taker leaves to it."""

    def __init__(self, driver: _Driver, taker: PlainTaker) -> None:
        self._driver, self._taker = driver, taker
        self._end = f"</{taker.name}>"
        self._rest = ""
        self._between = False
        """Whether everything before was dealt with and the next thing may be plain."""
        self._careful = False

    def feed(self, piece: str, *, last: bool = False) -> None:
        text, at = self._rest + piece, 0
        self._rest = ""
        if self._between and ("<!" in text or "<?" in text):
            self._careful = True  # a comment can hold what only looks like a row
        while at < len(text) and not self._careful:
            after = self._step(text, at)
            if after == at:
                break
            at = after
        if last or self._careful or len(text) - at > LONGEST_TAG:
            self._pass_on(text[at:])
        else:
            self._rest = text[at:]
        if last:
            self._driver.feed(b"", last=True)

    def _step(self, text: str, at: int) -> int:
        """Take what is plain, else pass on one element with whatever stands before it."""
        if self._between:
            after = self._taker.take(text, at)
            if after > at:
                self._driver.feed(b"\n" * text.count("\n", at, after))  # lines are counted there
                return after
        end = text.find(self._end, at)
        if end < 0:
            return at
        after = end + len(self._end)
        self._pass_on(text[at:after])
        driver, taker = self._driver, self._taker
        self._between = driver.ended == taker.name and driver.depth == taker.depth
        return after

    def _pass_on(self, text: str) -> None:
        self._driver.feed(text.encode("utf-8", "replace"))


def drive(
    pieces: Iterable[bytes], file: str, handler: XmlHandler, taker: PlainTaker | None = None
) -> Iterator[None]:
    """Lead a handler through a document, pausing after every piece to hand on what it found.

    What is written plainly goes to the taker, if there is one, in its order among the rest.
    """
    driver, decoder, name = _Driver(file, handler), None, ""
    feed = _Shortcut(driver, taker).feed if taker else driver.feed_text
    for piece in pieces:
        if decoder is None:
            name, decoder = _decoder(piece, file)
        with refusing(DECODER, file, encoding=name):
            text = decoder.decode(piece)
        feed(text)
        yield
    with refusing(DECODER, file, encoding=name):
        text = decoder.decode(b"", final=True) if decoder else ""
    feed(text, last=True)
    yield


def _decoder(head: bytes, file: str) -> tuple[str, codecs.IncrementalDecoder]:
    name = next((name for sign, name in _MARKS if head.startswith(sign)), "")
    declared = _DECLARED.match(head)
    name = name or (declared[1].decode("ascii", "replace") if declared else "utf-8")
    with refusing(DECODER, file, encoding=name):
        found = codecs.lookup(name)
        if not getattr(found, "_is_text_encoding", True) or found.incrementaldecoder is None:
            raise LookupError(name)
        return name, found.incrementaldecoder("replace")

"""Pajek's .net files."""

import re
from collections.abc import Iterator
from sys import intern
from typing import Any

from ambassador.errors import UnreadableFileError
from ambassador.i18n import mark
from ambassador.intake.files import Content, TextBlock, text_blocks
from ambassador.intake.networks.parts import (
    NetworkEdge,
    NetworkNode,
    NetworkPart,
    PlainEdges,
    TieAbout,
    about_tie,
    edge_of,
    number_or_text,
)

_WORD = re.compile(r'"([^"]*)"|(\S+)')
_PAIR, _TRIPLE = 2, 3
_DIRECTED = {"arcs": True, "arcslist": True, "edges": False, "edgeslist": False, "matrix": True}
_ONE_A_LINE = frozenset({"arcs", "edges"})
_OTHER_LINES = frozenset("*%")
_THOUGHT = ('"', "*", "%")
"""Signs of which one makes a block of lines be read line by line."""
_MOST_REMEMBERED = 50_000


def pajek_parts(content: Content) -> Iterator[NetworkPart]:
    """Read the vertices, then arcs (one way) and edges (both ways)."""
    sections = _Sections(content.name)
    for block in text_blocks(content):
        plain = sections.plain.block(block, sections.section) if sections.section in _ONE_A_LINE else None
        if plain:
            yield plain
        else:
            for number, line in enumerate(block.lines, start=block.first):
                yield from sections.read(number, line)


class _Sections:
    """The lines of a file, read one after the other."""

    def __init__(self, file: str) -> None:
        self.section = ""
        self._file = file
        self.plain = _PlainTies()
        self._row = 0
        """The number of the line in its section."""

    def read(self, number: int, line: str) -> Iterator[NetworkPart]:
        """Read one line of any kind."""
        if self.section in _ONE_A_LINE and (tie := self.plain.tie(number, line, self.section)):
            yield tie
            return
        text = line.strip("\ufeff \t\r\n")
        if not text or text.startswith("%"):
            return
        if text.startswith("*"):
            named = text[1:].split(maxsplit=1)
            self.section, self._row = named[0].casefold() if named else "", 0
            return
        words = [quoted or bare for quoted, bare in _WORD.findall(text)]
        if not words:  # signs that part words and are no blanks here
            return
        self._row += 1
        if self.section == "vertices":
            yield NetworkNode(words[0], {"label": words[1]} if len(words) > 1 else {})
        elif self.section in _DIRECTED:
            yield from self._ties(number, words)

    def _ties(self, number: int, words: list[str]) -> Iterator[NetworkEdge]:
        if self.section == "matrix":
            yield from self._of_matrix(number, words)
        else:
            yield from _listed(number, self.section, words)

    def _of_matrix(self, number: int, words: list[str]) -> Iterator[NetworkEdge]:
        """Read a row of a matrix; a word that is no number ends the reading."""
        for column, word in enumerate(words, start=1):
            value = number_or_text(word)
            if isinstance(value, str):
                message = mark("{file} cannot be read as Pajek's network from line {line} on")
                raise UnreadableFileError(message, file=self._file, line=number)
            if value != 0:
                yield edge_of(number, str(self._row), str(column), {"weight": value}, directed=True)


class _PlainTies:
    """Reads the lines that hold two ends and perhaps a weight, as nearly all do."""

    def __init__(self) -> None:
        self._about: dict[str, TieAbout] = {}

    def block(self, block: TextBlock, section: str) -> PlainEdges | None:
        """Read lines that all hold two ends, or all two ends and a weight; None where one does not."""
        if not block.text.isascii() or any(sign in block.text for sign in _THOUGHT):
            return None
        words = [line.split() for line in block.lines]
        widths = set(map(len, words))
        if widths == {_TRIPLE}:
            sources, targets, weights = zip(*words, strict=True)
        elif widths == {_PAIR}:
            (sources, targets), weights = zip(*words, strict=True), ("",) * len(words)
        else:
            return None
        if len(self._about) >= _MOST_REMEMBERED:
            self._about.clear()
        for weight in set(weights).difference(self._about):
            self._remember(weight)
        abouts = tuple([self._about[weight] for weight in weights])
        lines = range(block.first, block.first + len(words))
        directed = (_DIRECTED[section],) * len(words)
        return PlainEdges(lines, tuple(map(intern, sources)), tuple(map(intern, targets)), abouts, directed)

    def _remember(self, weight: str) -> TieAbout:
        about = self._about[weight] = about_tie(_about([weight]))
        return about

    def tie(self, number: int, line: str, section: str) -> NetworkEdge | None:
        """Read one such line; None where it is another."""
        words = line.split()
        if len(words) != _TRIPLE:
            if len(words) != _PAIR:
                return None
            words.append("")
        source, target, weight = words
        if not line.isascii() or '"' in line or source[0] in _OTHER_LINES:
            return None
        about = self._about.get(weight)
        if about is None:
            if len(self._about) >= _MOST_REMEMBERED:
                self._about.clear()
            about = self._remember(weight)
        return NetworkEdge(number, intern(source), intern(target), about, _DIRECTED[section])


def _listed(line: int, section: str, words: list[str]) -> Iterator[NetworkEdge]:
    directed = _DIRECTED[section]
    if section.endswith("list"):
        for target in words[1:] or [""]:
            yield edge_of(line, words[0], target, {}, directed=directed)
    else:
        target = words[1] if len(words) >= _PAIR else ""
        yield edge_of(line, words[0], target, _about(words[_PAIR:]), directed=directed)


def _about(words: list[str]) -> dict[str, Any]:
    about: dict[str, Any] = {}
    if words and isinstance(weight := number_or_text(words[0]), int | float):
        about["weight"] = weight
        words = words[1:]
    for name, value in zip(words[::2], words[1::2], strict=False):
        about["label" if name == "l" else name] = value
    return about

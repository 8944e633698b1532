"""Pajek's .net files."""

import re
from collections.abc import Iterator
from sys import intern
from typing import Any

from ambassador.intake.files import Content, text_lines
from ambassador.intake.networks.parts import (
    NetworkEdge,
    NetworkNode,
    NetworkPart,
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
_MOST_REMEMBERED = 50_000


def pajek_parts(content: Content) -> Iterator[NetworkPart]:
    """Read the vertices, then arcs (one way) and edges (both ways)."""
    section, row = "", 0
    plain = _PlainTies()
    for number, line in enumerate(text_lines(content), start=1):
        if section in _ONE_A_LINE and (tie := plain.tie(number, line, section)):
            yield tie
            continue
        text = line.strip("\ufeff \t\r\n")
        if not text or text.startswith("%"):
            continue
        if text.startswith("*"):
            section, row = text[1:].split(maxsplit=1)[0].casefold() if text[1:].split() else "", 0
            continue
        words = [quoted or bare for quoted, bare in _WORD.findall(text)]
        row += 1
        if section == "vertices":
            yield NetworkNode(words[0], {"label": words[1]} if len(words) > 1 else {})
        elif section in _DIRECTED:
            yield from _ties(number, section, row, words)


class _PlainTies:
    """Reads the lines that hold two ends and perhaps a weight, as nearly all do."""

    def __init__(self) -> None:
        self._about: dict[str, TieAbout] = {}

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
            about = self._about[weight] = about_tie(_about([weight]))
        return NetworkEdge(number, intern(source), intern(target), about, _DIRECTED[section])


def _ties(line: int, section: str, row: int, words: list[str]) -> Iterator[NetworkEdge]:
    directed = _DIRECTED[section]
    if section == "matrix":
        for column, word in enumerate(words, start=1):
            value = number_or_text(word)
            if value != 0:
                yield edge_of(line, str(row), str(column), {"weight": value}, directed=directed)
    elif section.endswith("list"):
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

"""GDF: a table of nodes, then a table of edges."""

import csv
from collections.abc import Iterator
from sys import intern
from typing import Any

from ambassador.intake.boundary import CSV, refusing
from ambassador.intake.files import Content, TextBlock, text_blocks
from ambassador.intake.networks.parts import (
    NetworkEdge,
    NetworkNode,
    NetworkPart,
    PlainEdges,
    TieAbout,
    about_tie,
    number_or_text,
)

_NODES, _EDGES = "nodedef>", "edgedef>"
_BEGINNINGS = frozenset("nNeE")
_ENDS = 2
_MOST_REMEMBERED = 50_000
_THOUGHT = ('"', "'", " ", "\t", "\ufeff", ">")
"""Signs of which one makes a block of lines be read line by line."""


def gdf_parts(content: Content) -> Iterator[NetworkPart]:
    """Read both tables; an edge runs both ways unless it says that it has a direction."""
    tables = _Tables(content)
    for block in text_blocks(content):
        plain = tables.edges.block(block) if tables.edges else None
        if plain:
            yield plain
        else:
            for number, line in enumerate(block.lines, start=block.first):
                yield from tables.read(number, line.strip("\ufeff \t\r\n"))


class _Tables:
    """The table that is being read."""

    def __init__(self, content: Content) -> None:
        self.edges: _Edges | None = None
        self._content = content
        self._names: list[str] = []

    def read(self, number: int, text: str) -> Iterator[NetworkPart]:
        """Read one line of any kind."""
        start = text[: len(_NODES)].casefold() if text[:1] in _BEGINNINGS else ""
        if start in {_NODES, _EDGES}:
            self._names = [_name(word) for word in text[len(_NODES) :].split(",")]
            self.edges = _Edges(self._names) if start == _EDGES else None
        elif text and self._names:
            if self.edges is None:
                values = _cells(self._content, number, text)
                about = {name: value for name, value in zip(self._names, values, strict=False) if value}
                yield NetworkNode(values[0] if values else "", about)
            else:
                plain = self.edges.plain(number, text)
                yield plain or self.edges.edge(number, _cells(self._content, number, text))


def _name(column: str) -> str:
    words = column.split()
    return words[0].casefold() if words else ""


def _cells(content: Content, number: int, text: str) -> list[str]:
    if '"' not in text and "'" not in text:
        return [cell.lstrip(" ") for cell in text.split(",")]
    quote = "'" if "'" in text and '"' not in text else '"'
    with refusing(CSV, content.name, line=number):
        return next(csv.reader([text], quotechar=quote, skipinitialspace=True), [])


class _Edges:
    """Reads the edges of one table."""

    def __init__(self, names: list[str]) -> None:
        self._names = names
        self._told: dict[str, tuple[TieAbout, bool]] = {}
        """What the same words after the ends of an edge said before."""

    def block(self, block: TextBlock) -> PlainEdges | None:
        """Read lines that are all written without quotation marks and blanks; None where one is not."""
        text = block.text.replace("\r\n", "\n") if "\r" in block.text else block.text
        if "\r" in text or any(sign in text for sign in _THOUGHT):
            return None
        cells = [line.split(",", 2) for line in text.removesuffix("\n").split("\n")]
        widths = set(map(len, cells))
        if widths == {2}:
            (sources, targets), rests = zip(*cells, strict=True), ("",) * len(cells)
        elif widths == {3}:
            sources, targets, rests = zip(*cells, strict=True)
        else:
            return None
        if not (all(sources) and all(targets)):
            return None
        if len(self._told) >= _MOST_REMEMBERED:
            self._told.clear()
        for rest in set(rests).difference(self._told):
            self._remember(rest, ["", "", *rest.split(",")])
        told = [self._told[rest] for rest in rests]
        lines = range(block.first, block.first + len(cells))
        abouts, directed = zip(*told, strict=True)
        return PlainEdges(lines, tuple(map(intern, sources)), tuple(map(intern, targets)), abouts, directed)

    def _remember(self, rest: str, values: list[str]) -> tuple[TieAbout, bool]:
        told = self._told[rest] = self._about(values)
        return told

    def plain(self, line: int, text: str) -> NetworkEdge | None:
        """Read an edge that is written without quotation marks and blanks; None where it is another."""
        source, comma, rest = text.partition(",")
        target, _, rest = rest.partition(",")
        if not comma or '"' in text or "'" in text or " " in text:
            return None
        told = self._told.get(rest)
        if told is None:
            if len(self._told) >= _MOST_REMEMBERED:
                self._told.clear()
            told = self._remember(rest, text.split(","))
        return NetworkEdge(line, intern(source), intern(target), *told)

    def edge(self, line: int, values: list[str]) -> NetworkEdge:
        """Read any edge."""
        source, target = [*values, "", ""][:_ENDS]
        return NetworkEdge(line, intern(source), intern(target), *self._about(values))

    def _about(self, values: list[str]) -> tuple[TieAbout, bool]:
        about: dict[str, Any] = {
            name: value for name, value in zip(self._names, values, strict=False) if value
        }
        if "weight" in about:
            about["weight"] = number_or_text(about["weight"])
        for name in self._names[:_ENDS]:
            about.pop(name, None)
        return about_tie(about), str(about.get("directed", "")).casefold() in {"true", "1"}

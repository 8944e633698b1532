"""GDF: a table of nodes, then a table of edges."""

import csv
from collections.abc import Iterator
from sys import intern
from typing import Any

from ambassador.intake.boundary import CSV, refusing
from ambassador.intake.files import Content, text_lines
from ambassador.intake.networks.parts import (
    NetworkEdge,
    NetworkNode,
    NetworkPart,
    TieAbout,
    about_tie,
    number_or_text,
)

_NODES, _EDGES = "nodedef>", "edgedef>"
_BEGINNINGS = frozenset("nNeE")
_ENDS = 2
_MOST_REMEMBERED = 50_000


def gdf_parts(content: Content) -> Iterator[NetworkPart]:
    """Read both tables; an edge runs both ways unless it says that it has a direction."""
    edges: _Edges | None = None
    names: list[str] = []
    for number, line in enumerate(text_lines(content), start=1):
        text = line.strip("\ufeff \t\r\n")
        start = text[: len(_NODES)].casefold() if text[:1] in _BEGINNINGS else ""
        if start in {_NODES, _EDGES}:
            names = [_name(word) for word in text[len(_NODES) :].split(",")]
            edges = _Edges(names) if start == _EDGES else None
        elif text and names:
            if edges is None:
                values = _cells(content, number, text)
                about = {name: value for name, value in zip(names, values, strict=False) if value}
                yield NetworkNode(values[0] if values else "", about)
            else:
                yield edges.plain(number, text) or edges.edge(number, _cells(content, number, text))


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
            told = self._told[rest] = self._about(text.split(","))
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

"""GDF: a table of nodes, then a table of edges."""

import csv
from collections.abc import Iterator
from typing import Any

from ambassador.intake.boundary import CSV, refusing
from ambassador.intake.files import Content, text_lines
from ambassador.intake.networks.parts import NetworkEdge, NetworkNode, NetworkPart, number_or_text

_NODES, _EDGES = "nodedef>", "edgedef>"
_ENDS = 2


def gdf_parts(content: Content) -> Iterator[NetworkPart]:
    """Read both tables; an edge runs both ways unless it says that it has a direction."""
    names: list[str] = []
    of_edges = False
    for number, line in enumerate(text_lines(content), start=1):
        text = line.strip("\ufeff \t\r\n")
        start = text[: len(_NODES)].casefold()
        if start in {_NODES, _EDGES}:
            of_edges = start == _EDGES
            names = [_name(word) for word in text[len(_NODES) :].split(",")]
        elif text and names:
            values = _cells(content, number, text)
            about = {name: value for name, value in zip(names, values, strict=False) if value}
            if of_edges:
                yield _edge(number, values, about, names)
            else:
                yield NetworkNode(values[0] if values else "", about)


def _name(column: str) -> str:
    words = column.split()
    return words[0].casefold() if words else ""


def _cells(content: Content, number: int, text: str) -> list[str]:
    if '"' not in text and "'" not in text:
        return [cell.lstrip(" ") for cell in text.split(",")]
    quote = "'" if "'" in text and '"' not in text else '"'
    with refusing(CSV, content.name, line=number):
        return next(csv.reader([text], quotechar=quote, skipinitialspace=True), [])


def _edge(line: int, values: list[str], about: dict[str, Any], names: list[str]) -> NetworkEdge:
    if "weight" in about:
        about["weight"] = number_or_text(about["weight"])
    for name in names[:_ENDS]:
        about.pop(name, None)
    ends = [*values, "", ""][:_ENDS]
    return NetworkEdge(
        line, ends[0], ends[1], about, str(about.get("directed", "")).casefold() in {"true", "1"}
    )

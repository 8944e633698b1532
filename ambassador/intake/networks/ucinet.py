"""UCINET's DL: lists of edges, lists of nodes and whole matrices."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ambassador.errors import UnreadableFileError
from ambassador.i18n import mark
from ambassador.intake.files import Content, text_lines
from ambassador.intake.limits import MOST_NODES
from ambassador.intake.networks.parts import NetworkNode, NetworkPart, edge_of, number_or_text

_SIZE = re.compile(r"\bn\s*=\s*(\d{1,9})", re.IGNORECASE)
_FORM = re.compile(r"\bformat\s*=\s*(\w+)", re.IGNORECASE)
_WORD = re.compile(r'"([^"]*)"|([^\s,"]+)')
_EDGES, _NODES, _MATRIX = ("edgelist1", "edgelist"), ("nodelist1", "nodelist"), ("fullmatrix", "fm")
_ENDS = 2


@dataclass(slots=True)
class _Said:
    """What stands before the data."""

    size: int = 0
    form: str = "fullmatrix"
    embedded: bool = False
    labels: list[str] = field(default_factory=list)
    part: str = "head"


def ucinet_parts(content: Content) -> Iterator[NetworkPart]:
    """Read the ties; in a matrix a cell that is not 0 is one, its number the weight."""
    said, row = _Said(), 0
    for number, written in enumerate(text_lines(content), start=1):
        line = written.strip("\ufeff \t\r\n")
        if not line:
            continue
        if said.part != "data":
            rest = _head(said, line)
            if said.part != "data":
                continue
            _check(content, said, number)
            if not said.embedded:
                yield from (NetworkNode(str(n), {"label": one}) for n, one in enumerate(said.labels, start=1))
        else:
            rest = line
        words = [first or second for first, second in _WORD.findall(rest)]
        if words and said.form in _MATRIX and said.embedded and not row and not said.labels:
            said.labels = words
            continue
        if words:
            row += 1
            yield from _ties(content, said, number, row, words)


def _head(said: _Said, line: str) -> str:
    """Note what a line before the data says; give what stands behind ``data:``."""
    lowered = line.casefold()
    if size := _SIZE.search(line):
        said.size = int(size[1])
    if form := _FORM.search(line):
        said.form = form[1].casefold()
    if "labels" in lowered and "embedded" in lowered:
        said.embedded = True
    before, sign, _ = lowered.partition("data:")
    if sign:
        said.part = "data"
        return line[len(before) + len(sign) :]
    if "labels:" in lowered:
        said.part = "labels"
        line = line[lowered.index("labels:") + len("labels:") :]
    if said.part == "labels":
        said.labels += [first or second for first, second in _WORD.findall(line)]
    return ""


def _check(content: Content, said: _Said, line: int) -> None:
    if said.form not in (*_EDGES, *_NODES, *_MATRIX):
        raise _damaged(content, line)
    if max(said.size, len(said.labels)) > MOST_NODES:
        message = mark("{file} names more than {limit} people")
        raise UnreadableFileError(message, file=content.name, limit=MOST_NODES)


def _ties(content: Content, said: _Said, line: int, row: int, words: list[str]) -> Iterator[NetworkPart]:
    if said.form in _MATRIX:
        yield from _of_matrix(content, said, line, row, words)
    elif len(words) < _ENDS:
        if said.form in _EDGES:
            raise _damaged(content, line)
    elif said.form in _NODES:
        for target in words[1:]:
            yield edge_of(line, words[0], target, {}, directed=True)
    else:
        weight = number_or_text(words[_ENDS]) if len(words) > _ENDS else None
        yield edge_of(
            line, words[0], words[1], {"weight": weight} if weight is not None else {}, directed=True
        )


def _of_matrix(content: Content, said: _Said, line: int, row: int, words: list[str]) -> Iterator[NetworkPart]:
    source = words.pop(0) if said.embedded else str(row)
    if said.size and len(words) != said.size:
        raise _damaged(content, line)
    for place, word in enumerate(words):
        weight = number_or_text(word)
        if isinstance(weight, str):
            raise _damaged(content, line)
        if weight:
            target = said.labels[place] if said.embedded and place < len(said.labels) else str(place + 1)
            yield edge_of(line, source, target, {"weight": weight}, directed=True)


def _damaged(content: Content, line: int) -> UnreadableFileError:
    message = mark("{file} cannot be read as UCINET's DL from line {line} on: save it as GraphML")
    return UnreadableFileError(message, file=content.name, line=line)

"""GML: words, values and square brackets."""

import html
import re
from collections.abc import Iterator
from typing import Any

from ambassador.errors import UnreadableFileError
from ambassador.i18n import mark
from ambassador.intake.files import Content, text_lines
from ambassador.intake.limits import LONGEST_CELL
from ambassador.intake.networks.parts import (
    NetworkAbout,
    NetworkNode,
    NetworkPart,
    edge_of,
    number_or_text,
)

_WORD = re.compile(r'"[^"]*"|[\[\]]|[^\s\[\]"]+')
_DEEPEST = 50
_IN_GRAPH = 2

_Open = tuple[str, dict[str, Any], int]


def gml_parts(content: Content) -> Iterator[NetworkPart]:
    """Read the nodes and edges of the graph; whatever else stands in the file is passed over."""
    stack: list[_Open] = [("", {}, 0)]
    key, line = "", 0
    for line, word in _words(content):
        if word == "]":
            if key or len(stack) == 1:
                raise _damaged(content, line)
            yield from _closed(stack.pop(), stack)
        elif not key:
            key = _key(content, line, word)
        else:
            _put(content, line, key, word, stack)
            key = ""
    if key or len(stack) > 1:
        raise _damaged(content, line)


def _key(content: Content, line: int, word: str) -> str:
    if word == "[" or word.startswith('"'):
        raise _damaged(content, line)
    return word


def _put(content: Content, line: int, key: str, word: str, stack: list[_Open]) -> None:
    if word != "[":
        stack[-1][1][key] = _value(word)
    elif len(stack) > _DEEPEST:
        raise _damaged(content, line)
    else:
        stack.append((key.casefold(), {}, line))


def _words(content: Content) -> Iterator[tuple[int, str]]:
    """Return words, values and brackets with their lines; a text may run over several."""
    held = ""
    for number, line in enumerate(text_lines(content), start=1):
        held += line.lstrip("\ufeff")
        if held.count('"') % 2:
            if len(held) > LONGEST_CELL:
                raise _damaged(content, number)
            continue
        if not held.lstrip().startswith("#"):
            for word in _WORD.findall(held):
                yield number, word
        held = ""
    if held:
        raise _damaged(content, number)


def _closed(closed: _Open, stack: list[_Open]) -> Iterator[NetworkPart]:
    name, about, line = closed
    parent = stack[-1]
    if name == "graph":
        yield NetworkAbout(about)
    elif len(stack) == _IN_GRAPH and parent[0] == "graph" and name == "node":
        yield NetworkNode(str(about.pop("id", "")), about)
    elif len(stack) == _IN_GRAPH and parent[0] == "graph" and name == "edge":
        ends = str(about.pop("source", "")), str(about.pop("target", ""))
        yield edge_of(line, *ends, about, directed=str(parent[1].get("directed", 0)) == "1")
    elif len(stack) > _IN_GRAPH:
        parent[1].setdefault(name, about)


def _value(word: str) -> Any:  # noqa: ANN401 - a number or a text
    return html.unescape(word[1:-1]) if word.startswith('"') else number_or_text(word)


def _damaged(content: Content, line: int) -> UnreadableFileError:
    message = mark("{file} cannot be read as GML from line {line} on")
    return UnreadableFileError(message, file=content.name, line=line)

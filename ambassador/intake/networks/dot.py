"""DOT, where it is plain: nodes, edges and their attributes, without groups inside the graph."""

import re
from collections.abc import Iterator
from typing import Any

from ambassador.errors import UnreadableFileError
from ambassador.i18n import mark
from ambassador.intake.files import Content, text_lines
from ambassador.intake.limits import LONGEST_CELL
from ambassador.intake.networks.parts import NetworkNode, NetworkPart, edge_of, number_or_text

_WORD = re.compile(
    r'"(?:[^"\\]|\\.)*"|->|--|[{}\[\];,=]|[^\s{}\[\];,="\-]+(?:-(?![->])[^\s{}\[\];,="\-]*)*|\S'
)
_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*")
_ARROWS = ("->", "--")
_NO_NODES = frozenset({"graph", "node", "edge"})
_MOST_WORDS = 100_000
"""Words of one statement: no plain one has more."""

_Word = tuple[int, str]


def dot_parts(content: Content) -> Iterator[NetworkPart]:
    """Read the nodes and edges of the graph."""
    words = _words(content)
    for _, word in words:
        if word == "{":
            break
    statement: list[_Word] = []
    depth = 0
    for line, word in words:
        if word == "}" and not depth:
            yield from _read(content, statement)
            return
        if word in "{}" or len(statement) > _MOST_WORDS:
            raise _damaged(content, line)
        depth += (word == "[") - (word == "]")
        if word == ";" and not depth:
            yield from _read(content, statement)
            statement = []
        elif _begins(statement, line, word, depth):
            yield from _read(content, statement)
            statement = [(line, word)]
        else:
            statement.append((line, word))
    raise _damaged(content, statement[-1][0] if statement else 1)


def _begins(statement: list[_Word], line: int, word: str, depth: int) -> bool:
    """Tell whether a word begins a statement without a semicolon before it."""
    if not statement or depth or word in {"[", "]", "=", ",", *_ARROWS}:
        return False
    before = statement[-1]
    return before[1] == "]" or (before[0] != line and before[1] not in {"=", *_ARROWS})


def _read(content: Content, statement: list[_Word]) -> Iterator[NetworkPart]:
    if not statement or statement[0][1].casefold() in _NO_NODES:
        return
    line = statement[0][0]
    words = [word for _, word in statement]
    at = words.index("[") if "[" in words else len(words)
    ends, told = words[:at], _attributes(words[at:])
    if not ends:
        raise _damaged(content, line)
    if "=" in ends or ends[0].casefold() == "subgraph":
        if "=" in ends:
            return
        raise _damaged(content, line)
    arrows, names = ends[1::2], [_plain(one) for one in ends[::2]]
    if any(arrow not in _ARROWS for arrow in arrows) or len(ends) % 2 == 0:
        raise _damaged(content, line)
    if not arrows:
        yield NetworkNode(names[0], told)
    for source, arrow, target in zip(names, arrows, names[1:], strict=False):
        yield edge_of(line, source, target, told, directed=arrow == "->")


def _attributes(words: list[str]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for before, sign, after in zip(words, words[1:], words[2:], strict=False):
        if sign == "=":
            told[_plain(before).casefold()] = number_or_text(_plain(after))
    return told


def _plain(word: str) -> str:
    return word[1:-1].replace('\\"', '"').replace("\\\\", "\\") if word.startswith('"') else word


def _words(content: Content) -> Iterator[_Word]:
    held, start = "", 1
    for number, line in enumerate(text_lines(content), start=1):
        if not held:
            start = number
        held += line.lstrip("\ufeff")
        is_open = _without_texts(held).count('"') % 2 or held.count("/*") > held.count("*/")
        if is_open:
            if len(held) > LONGEST_CELL:
                raise _damaged(content, number)
            continue
        if not held.lstrip().startswith("#"):
            text = _COMMENT.sub(" ", held) if "//" not in held or '"' not in held else held
            for word in _WORD.findall(text):
                yield start, word
        held = ""
    if held:
        raise _damaged(content, start)


def _without_texts(text: str) -> str:
    return text.replace("\\\\", "").replace('\\"', "")


def _damaged(content: Content, line: int) -> UnreadableFileError:
    message = mark("{file} cannot be read as DOT from line {line} on: save it as GraphML")
    return UnreadableFileError(message, file=content.name, line=line)

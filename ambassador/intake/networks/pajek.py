"""Pajek's .net files."""

import re
from collections.abc import Iterator
from typing import Any

from ambassador.intake.files import Content, text_lines
from ambassador.intake.networks.parts import NetworkEdge, NetworkNode, NetworkPart, number_or_text

_WORD = re.compile(r'"([^"]*)"|(\S+)')
_PAIR = 2
_DIRECTED = {"arcs": True, "arcslist": True, "edges": False, "edgeslist": False, "matrix": True}


def pajek_parts(content: Content) -> Iterator[NetworkPart]:
    """Read the vertices, then arcs (one way) and edges (both ways)."""
    section, row = "", 0
    for number, line in enumerate(text_lines(content), start=1):
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


def _ties(line: int, section: str, row: int, words: list[str]) -> Iterator[NetworkEdge]:
    directed = _DIRECTED[section]
    if section == "matrix":
        for column, word in enumerate(words, start=1):
            value = number_or_text(word)
            if value != 0:
                yield NetworkEdge(line, str(row), str(column), {"weight": value}, directed)
    elif section.endswith("list"):
        for target in words[1:] or [""]:
            yield NetworkEdge(line, words[0], target, {}, directed)
    else:
        target = words[1] if len(words) >= _PAIR else ""
        yield NetworkEdge(line, words[0], target, _about(words[_PAIR:]), directed)


def _about(words: list[str]) -> dict[str, Any]:
    about: dict[str, Any] = {}
    if words and isinstance(weight := number_or_text(words[0]), int | float):
        about["weight"] = weight
        words = words[1:]
    for name, value in zip(words[::2], words[1::2], strict=False):
        about["label" if name == "l" else name] = value
    return about

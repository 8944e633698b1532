"""What a network file is made of, whatever its form."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from ambassador.intake.files import Content

Told = Mapping[str, Any]
"""What a file tells of a node, of an edge or of the network: attribute -> value."""


class NetworkNode(NamedTuple):
    """A person of the network."""

    key: str
    about: Told


class NetworkEdge(NamedTuple):
    """A tie of the network; an end that the file does not name is empty."""

    line: int
    source: str
    target: str
    about: Told
    directed: bool


class NetworkAbout(NamedTuple):
    """What is told of the whole network."""

    about: Told


NetworkPart = NetworkNode | NetworkEdge | NetworkAbout
NetworkReader = Callable[[Content], Iterator[NetworkPart]]
"""Reads a file from its beginning, part by part."""


def number_or_text(text: str) -> int | float | str:
    """Read an attribute that is a number as the number, anything else as its text.

    >>> number_or_text("3"), number_or_text("0.412"), number_or_text("answers")
    (3, 0.412, 'answers')
    """
    try:
        number: int | float = float(text) if "." in text or "e" in text or "E" in text else int(text)
    except ValueError:  # no number, or one of more digits than any column holds
        return text
    return number if abs(number) < float("inf") else text

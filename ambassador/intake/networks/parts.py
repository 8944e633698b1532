"""What a network file is made of, whatever its form."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from sys import intern
from typing import Any, NamedTuple

from ambassador.intake.cells import Cell
from ambassador.intake.files import Content

Told = Mapping[str, Any]
"""What a file tells of a node, of an edge or of the network: attribute -> value."""

_PROBABILITIES = ("probability", "prob", "p", "given_probability", "influence")


class NetworkNode(NamedTuple):
    """A person of the network."""

    key: str
    about: Told


class TieAbout(NamedTuple):
    """What is told of a tie and used."""

    weight: Cell = None
    probability: Cell = None
    kind: str = ""
    platform: str = ""


class NetworkEdge(NamedTuple):
    """A tie of the network; an end that the file does not name is empty."""

    line: int
    source: str
    target: str
    about: TieAbout
    directed: bool


class PlainEdges(NamedTuple):
    """Ties one after the other that name both their ends: one column for each thing told of them."""

    lines: Sequence[int]
    sources: Sequence[str]
    targets: Sequence[str]
    abouts: Sequence[TieAbout]
    directed: Sequence[bool]

    def each(self) -> Iterator[NetworkEdge]:
        """Give one tie after the other."""
        return map(NetworkEdge, *self)


class NetworkAbout(NamedTuple):
    """What is told of the whole network."""

    about: Told


NetworkPart = NetworkNode | NetworkEdge | PlainEdges | NetworkAbout
NetworkReader = Callable[[Content], Iterator[NetworkPart]]
"""Reads a file from its beginning, part by part."""


def edge_of(line: int, source: str, target: str, told: Told, *, directed: bool) -> NetworkEdge:
    """Make a tie of what a file tells of it; names that come again are kept once."""
    return NetworkEdge(line, intern(source), intern(target), about_tie(told), directed)


def about_tie(told: Told) -> TieAbout:
    """Take what is used of what a file tells of a tie."""
    if not told:
        return _NOTHING
    probability = next((told[name] for name in _PROBABILITIES if name in told), None)
    kind, platform = (
        told.get("kind") or told.get("label") or told.get("interaction") or "",
        told.get("platform") or "",
    )
    return TieAbout(_plain(told.get("weight")), _plain(probability), str(kind), str(platform))


_NOTHING = TieAbout()


def _plain(value: object) -> Cell:
    return value if value is None or type(value) in (int, float, str) else str(value)  # type: ignore[return-value]


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

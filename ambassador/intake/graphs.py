"""Network files (GraphML, GEXF, node-link JSON, Pajek, GML, GDF) as rows of ties."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from sys import intern
from typing import NamedTuple

from ambassador.errors import UnreadableFileError
from ambassador.i18n import mark
from ambassador.intake.cells import Cell
from ambassador.intake.files import Content, FileFormat
from ambassador.intake.limits import MOST_KEPT_TIES, MOST_NODES
from ambassador.intake.networks.gdf import gdf_parts
from ambassador.intake.networks.gml import gml_parts
from ambassador.intake.networks.node_link import is_node_link, node_link_parts
from ambassador.intake.networks.pajek import pajek_parts
from ambassador.intake.networks.parts import NetworkAbout, NetworkEdge, NetworkNode, NetworkReader, Told
from ambassador.intake.networks.xml_networks import xml_parts
from ambassador.intake.sources import FileSource, NumberedRow
from ambassador.values.imports.imports import Note

_HEADERS = ("source", "target", "weight", "probability", "kind", "platform")
_PROBABILITIES = ("probability", "prob", "p", "given_probability", "influence")
_BOTH_WAYS = mark("ties without a direction, read both ways: {count}")
_NAMES = ("handle", "screen_name", "screenname", "username", "user_name", "label", "name")
"""What a node's name is called, the surest first."""
_READERS: Mapping[FileFormat, NetworkReader] = {
    FileFormat.XML: xml_parts,
    FileFormat.PAJEK: pajek_parts,
    FileFormat.GML: gml_parts,
    FileFormat.GDF: gdf_parts,
    FileFormat.JSON: node_link_parts,
}


class NetworkTie(NamedTuple):
    """A tie as it was read, its ends by their ids in the file."""

    line: int
    source: str
    target: str
    weight: Cell
    probability: Cell
    kind: str
    platform: str
    directed: bool


@dataclass(slots=True)
class NetworkOutline:
    """What has to be known of a network before its ties are read."""

    names: dict[str, str] = field(default_factory=dict)
    platform: str = ""
    directed: int = 0
    undirected: int = 0
    nameless: int = 0
    """Nodes without a name of their own, where others have one."""
    endless: int = 0
    """Ties that name neither end."""
    kept: list[NetworkTie] = field(default_factory=list)
    """The ties, where they are few enough to be kept."""
    is_kept: bool = True

    def count(self, edge: NetworkEdge) -> None:
        """Take note of a tie."""
        if not (edge.source or edge.target):
            self.endless += 1
        elif edge.directed:
            self.directed += 1
        else:
            self.undirected += 1
        if self.is_kept and (edge.source or edge.target):
            self.kept.append(_tie(edge))
            if len(self.kept) > MOST_KEPT_TIES:
                self.is_kept = False
                self.kept.clear()

    def notes(self) -> tuple[Note, ...]:
        """Say what a person should know."""
        told = []
        if self.undirected:
            told.append(Note(_BOTH_WAYS, {"count": self.undirected}))
        if self.endless:
            text = mark("ties that name nobody and were left out: {count}")
            told.append(Note(text, {"count": self.endless}))
        if self.nameless:
            text = mark("people without a name of their own, called by their number in the file: {count}")
            told.append(Note(text, {"count": self.nameless}))
        return tuple(told)


def is_graph(content: Content, file_format: FileFormat) -> bool:
    """Tell whether a file is a network and not a table."""
    if file_format is FileFormat.JSON:
        return is_node_link(content)
    return file_format in _READERS


def open_graph(content: Content, file_format: FileFormat) -> tuple[FileSource, bool]:
    """Open a network file as rows of ties; also say whether its ties have a direction."""
    outline: NetworkOutline | None = content.memo.get("outline")
    if outline is None:
        outline = content.memo["outline"] = _outline(content, _READERS[file_format])
    rows = partial(_rows, content, _READERS[file_format], outline)
    source = FileSource(rows, named=True, notes=outline.notes)
    return source, outline.directed > 0 or not outline.undirected


def _outline(content: Content, read: NetworkReader) -> NetworkOutline:
    outline = NetworkOutline()
    for part in read(content):
        if isinstance(part, NetworkEdge):
            outline.count(part)
        elif isinstance(part, NetworkNode):
            outline.names[part.key] = _name(part.about)
            if len(outline.names) > MOST_NODES:
                message = mark("{file} names more than {limit} people")
                raise UnreadableFileError(message, file=content.name, limit=MOST_NODES)
        elif isinstance(part, NetworkAbout):
            outline.platform = outline.platform or str(part.about.get("platform") or "")
    _keep_own_names(outline)
    return outline


def _name(about: Told) -> str:
    told = {key.casefold(): value for key, value in about.items() if value not in (None, "")}
    return next((str(told[name]).strip() for name in _NAMES if name in told), "")


def _keep_own_names(outline: NetworkOutline) -> None:
    """Call a node by its name where no other has the same, else by its id."""
    counts = Counter(outline.names.values())
    own = {key: name for key, name in outline.names.items() if name and counts[name] == 1}
    outline.nameless = len(outline.names) - len(own) if own else 0
    outline.names = own


def _rows(content: Content, read: NetworkReader, outline: NetworkOutline) -> Iterator[NumberedRow]:
    yield 0, _HEADERS
    name = outline.names.get
    for tie in outline.kept if outline.is_kept else _ties(content, read):
        source, target = name(tie.source, tie.source), name(tie.target, tie.target)
        about = (tie.weight, tie.probability, tie.kind, tie.platform or outline.platform)
        yield tie.line, (source, target, *about)
        if not tie.directed and source != target:
            yield tie.line, (target, source, *about)


def _ties(content: Content, read: NetworkReader) -> Iterator[NetworkTie]:
    for part in read(content):
        if isinstance(part, NetworkEdge) and (part.source or part.target):
            yield _tie(part)


def _tie(edge: NetworkEdge) -> NetworkTie:
    told = edge.about
    probability = next((told[name] for name in _PROBABILITIES if name in told), None) if told else None
    kind, platform = told.get("kind") or told.get("label") or "", told.get("platform") or ""
    return NetworkTie(
        edge.line,
        intern(edge.source),
        intern(edge.target),
        _plain(told.get("weight")),
        _plain(probability),
        str(kind),
        str(platform),
        edge.directed,
    )


def _plain(value: object) -> Cell:
    return value if value is None or type(value) in (int, float, str) else str(value)  # type: ignore[return-value]


def one_way(source: FileSource) -> FileSource:
    """Read a network without directions one way only, as its ties are listed: a person said which."""

    def rows() -> Iterator[NumberedRow]:
        before: tuple[Cell, Cell] | None = None
        for line, cells in source.rows():
            if before == (cells[1], cells[0]):
                before = None  # the same tie, the other way
                continue
            before = (cells[0], cells[1])
            yield line, cells

    def notes() -> tuple[Note, ...]:
        text = mark("the file gives its ties no direction: they are read one way, as you said")
        return (Note(text), *(note for note in source.notes() if note.text != _BOTH_WAYS))

    return replace(source, rows=rows, notes=notes)

"""Network files (GraphML, GEXF, node-link JSON, Pajek, GML, GDF) as rows of ties."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from ambassador.errors import UnreadableFileError
from ambassador.i18n import mark
from ambassador.intake.cells import Cell
from ambassador.intake.files import Content, FileFormat
from ambassador.intake.limits import MOST_NODES
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

    def count(self, edge: NetworkEdge) -> None:
        """Take note of a tie."""
        if not (edge.source or edge.target):
            self.endless += 1
        elif edge.directed:
            self.directed += 1
        else:
            self.undirected += 1

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
    read = partial(_READERS[file_format], content)
    outline = _outline(content, _READERS[file_format])
    source = FileSource(lambda: _rows(read(), outline), named=True, notes=outline.notes)
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


def _rows(parts: Iterator[object], outline: NetworkOutline) -> Iterator[NumberedRow]:
    yield 0, _HEADERS
    for part in parts:
        if isinstance(part, NetworkEdge) and (part.source or part.target):
            source = outline.names.get(part.source, part.source)
            target = outline.names.get(part.target, part.target)
            about = _about(part.about, outline)
            yield part.line, (source, target, *about)
            if not part.directed and source != target:
                yield part.line, (target, source, *about)


def _about(edge: Told, outline: NetworkOutline) -> tuple[Cell, ...]:
    probability = next((edge[name] for name in _PROBABILITIES if name in edge), None)
    kind = edge.get("kind") or edge.get("label") or ""
    platform = edge.get("platform") or outline.platform
    return _plain(edge.get("weight")), _plain(probability), str(kind), str(platform)


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

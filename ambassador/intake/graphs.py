"""Network files (GraphML, GEXF, node-link JSON, Pajek, GML, GDF, DOT, UCINET) as rows of ties."""

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from ambassador.errors import UnreadableFileError
from ambassador.i18n import mark
from ambassador.intake.cells import Cell
from ambassador.intake.files import Content, FileFormat
from ambassador.intake.limits import MOST_KEPT_TIES, MOST_NODES
from ambassador.intake.networks.dot import dot_parts
from ambassador.intake.networks.gdf import gdf_parts
from ambassador.intake.networks.gml import gml_parts
from ambassador.intake.networks.node_link import is_node_link, node_link_parts
from ambassador.intake.networks.pajek import pajek_parts
from ambassador.intake.networks.parts import (
    NetworkAbout,
    NetworkEdge,
    NetworkNode,
    NetworkReader,
    PlainEdges,
    Told,
)
from ambassador.intake.networks.ucinet import ucinet_parts
from ambassador.intake.networks.xml_networks import xml_parts
from ambassador.intake.sources import FileSource, NumberedRow
from ambassador.values.imports.imports import Note

_HEADERS = ("source", "target", "weight", "probability", "kind", "platform")
_BOTH_WAYS = mark("ties without a direction, read both ways: {count}")
_NAMES = ("handle", "screen_name", "screenname", "username", "user_name", "label", "name", "shared name")
"""What a node's name is called, the surest first."""
_READERS: Mapping[FileFormat, NetworkReader] = {
    FileFormat.XML: xml_parts,
    FileFormat.PAJEK: pajek_parts,
    FileFormat.GML: gml_parts,
    FileFormat.GDF: gdf_parts,
    FileFormat.DOT: dot_parts,
    FileFormat.UCINET: ucinet_parts,
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
    lines: list[int] = field(default_factory=list)
    cells: list[tuple[Cell, ...]] = field(default_factory=list)
    """The rows, where they are few enough to be kept."""
    is_kept: bool = True

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
    edges: deque[NetworkEdge | PlainEdges] = deque()
    for part in read(content):
        if isinstance(part, NetworkEdge):
            if part.source or part.target:
                outline.undirected += not part.directed
                outline.directed += part.directed
                _keep(part, edges, outline)
            else:
                outline.endless += 1
        elif isinstance(part, PlainEdges):
            directed = sum(part.directed)
            outline.directed += directed
            outline.undirected += len(part.directed) - directed
            _keep(part, edges, outline)
        else:
            _note(part, outline, content.name)
    _keep_own_names(outline)
    if outline.is_kept:
        for line, cells in _named(_emptied(edges), outline):
            outline.lines.append(line)
            outline.cells.append(cells)
    return outline


def _keep(
    part: NetworkEdge | PlainEdges, edges: deque[NetworkEdge | PlainEdges], outline: NetworkOutline
) -> None:
    if outline.is_kept:
        edges.append(part)
        outline.is_kept = outline.directed + outline.undirected <= MOST_KEPT_TIES
        if not outline.is_kept:
            edges.clear()


def _note(part: NetworkNode | NetworkAbout, outline: NetworkOutline, file: str) -> None:
    if isinstance(part, NetworkAbout):
        outline.platform = outline.platform or str(part.about.get("platform") or "")
        return
    outline.names[part.key] = _name(part.about)
    if len(outline.names) > MOST_NODES:
        message = mark("{file} names more than {limit} people")
        raise UnreadableFileError(message, file=file, limit=MOST_NODES)


def _emptied(edges: deque[NetworkEdge | PlainEdges]) -> Iterator[NetworkEdge | PlainEdges]:
    """Hand on what was kept and forget it, so that no file is in memory twice."""
    while edges:
        yield edges.popleft()


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
    if outline.is_kept:
        yield from zip(outline.lines, outline.cells, strict=True)
    else:
        yield from _named(_ties(content, read), outline)


def _ties(content: Content, read: NetworkReader) -> Iterator[NetworkEdge | PlainEdges]:
    for part in read(content):
        if isinstance(part, PlainEdges) or (isinstance(part, NetworkEdge) and (part.source or part.target)):
            yield part


def _named(
    parts: Iterable[NetworkEdge | PlainEdges], outline: NetworkOutline
) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """Lay ties out as rows with the names of their ends; one without a direction gives a row each way."""
    name = outline.names.get
    for part in parts:
        if isinstance(part, NetworkEdge):
            yield from _both_ways((part,), outline)
        elif outline.platform or not all(part.directed):
            yield from _both_ways(part.each(), outline)
        else:
            ends = zip(part.sources, part.targets, part.abouts, strict=True)
            yield from zip(
                part.lines, [(name(s, s), name(t, t), *about) for s, t, about in ends], strict=True
            )


def _both_ways(
    edges: Iterable[NetworkEdge], outline: NetworkOutline
) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    name, platform = outline.names.get, outline.platform
    for line, source, target, about, directed in edges:
        told = about._replace(platform=platform) if platform and not about.platform else about
        first, second = name(source, source), name(target, target)
        yield line, (first, second, *told)
        if not directed and first != second:
            yield line, (second, first, *told)


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

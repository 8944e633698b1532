"""Network files (GraphML, GEXF, node-link JSON, Pajek) as rows of ties."""

import io
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

import networkx as nx
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ambassador.errors import UnreadableFileError
from ambassador.i18n import mark
from ambassador.intake.cells import Cell
from ambassador.intake.files import Content, FileFormat, open_text
from ambassador.intake.sources import Row, Source

_HEADERS = ("source", "target", "weight", "probability", "kind", "platform")
_PROBABILITIES = ("probability", "prob", "p", "given_probability", "influence")


def is_graph(content: Content, file_format: FileFormat) -> bool:
    """Tell whether a file is a network and not a table."""
    if file_format in (FileFormat.XML, FileFormat.PAJEK):
        return True
    return file_format is FileFormat.JSON and _node_link(content) is not None


def open_graph(content: Content, file_format: FileFormat) -> tuple[Source, bool]:
    """Open a network file as rows of ties; also say whether its ties have a direction."""
    try:
        graph = _read(content, file_format)
    except UnreadableFileError:
        raise
    except (
        nx.NetworkXException,
        ParseError,
        DefusedXmlException,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
    ) as problem:
        message = mark("{file} cannot be read as a network: {problem}")
        raise UnreadableFileError(
            message, file=content.name, problem=str(problem) or type(problem).__name__
        ) from problem
    return Source(lambda: _rows(graph), named=True), graph.is_directed()


def _read(content: Content, file_format: FileFormat) -> Any:  # noqa: ANN401 - one of networkx's four graph classes
    if file_format is FileFormat.JSON:
        network = _node_link(content) or {}
        return nx.node_link_graph(network, edges="links" if "links" in network else "edges")
    if file_format is FileFormat.PAJEK:
        with open_text(content) as stream:
            return nx.parse_pajek(stream.read().splitlines())
    with content.open() as stream:
        data = stream.read()
    root = fromstring(data).tag.rpartition("}")[2].casefold()
    if root == "graphml":
        return nx.read_graphml(io.BytesIO(data))
    if root == "gexf":
        return nx.read_gexf(io.BytesIO(data))
    message = mark("{file} is XML, but neither GraphML nor GEXF")
    raise UnreadableFileError(message, file=content.name)


def _node_link(content: Content) -> dict[str, Any] | None:
    with open_text(content) as stream:
        try:
            data = json.loads(stream.read().lstrip("\ufeff"))
        except json.JSONDecodeError:
            return None
    is_network = isinstance(data, dict) and "nodes" in data and ("links" in data or "edges" in data)
    return data if is_network else None


def _rows(graph: Any) -> Iterator[Row]:  # noqa: ANN401 - one of networkx's four graph classes
    yield 0, _HEADERS
    names = _names(graph)
    for number, (source, target, about) in enumerate(graph.edges(data=True), start=1):
        yield number, (names[source], names[target], *_about(about, graph.graph))
        if not graph.is_directed() and source != target:
            yield number, (names[target], names[source], *_about(about, graph.graph))


def _names(graph: Any) -> dict[Any, str]:  # noqa: ANN401 - one of networkx's four graph classes
    """Call nodes by their labels where every node has its own, else by their ids."""
    labels = {
        node: str(about.get("handle") or about.get("label") or "") for node, about in graph.nodes(data=True)
    }
    counts = Counter(labels.values())
    if all(labels.values()) and max(counts.values(), default=0) <= 1:
        return labels
    return {node: str(node) for node in graph}


def _about(edge: dict[str, Any], graph: dict[str, Any]) -> tuple[Cell, ...]:
    probability = next((edge[name] for name in _PROBABILITIES if name in edge), None)
    kind = edge.get("kind") or edge.get("label") or ""
    return (
        edge.get("weight"),
        probability,
        str(kind),
        str(edge.get("platform") or graph.get("platform") or ""),
    )

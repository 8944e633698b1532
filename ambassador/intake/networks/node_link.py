"""Node-link JSON, as networkx and D3 write it."""

from collections.abc import Iterator, Mapping
from typing import Any

from ambassador.errors import UnreadableFileError
from ambassador.i18n import mark
from ambassador.intake.files import Content
from ambassador.intake.json_documents import json_documents
from ambassador.intake.networks.parts import NetworkAbout, NetworkNode, NetworkPart, edge_of


def is_node_link(content: Content) -> bool:
    """Tell whether a JSON file is a network: one object with nodes and links."""
    documents = json_documents(content)
    whole = documents[0] if len(documents) == 1 else None
    return isinstance(whole, dict) and "nodes" in whole and ("links" in whole or "edges" in whole)


def node_link_parts(content: Content) -> Iterator[NetworkPart]:
    """Read nodes, which may be numbered by their place, and links."""
    whole = json_documents(content)[0]
    about = whole.get("graph")
    yield NetworkAbout(about if isinstance(about, dict) else {})
    for number, node in enumerate(_listed(whole, "nodes", content)):
        told = node if isinstance(node, Mapping) else {"id": node}
        yield NetworkNode(key_of(told.get("id", number)), told)
    directed = whole.get("directed") is True
    for number, link in enumerate(_listed(whole, "links" if "links" in whole else "edges", content), start=1):
        told = link if isinstance(link, Mapping) else {}
        ends = key_of(told.get("source")), key_of(told.get("target"))
        yield edge_of(number, *ends, told, directed=directed)


def key_of(value: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    """Write the id of a node as text; D3 puts the whole node where its id is meant."""
    if isinstance(value, Mapping):
        value = value.get("id")
    return "" if value is None or isinstance(value, list | dict) else str(value)


def _listed(whole: Mapping[str, Any], name: str, content: Content) -> list[Any]:
    found = whole[name]
    if not isinstance(found, list):
        message = mark("{file} cannot be read as a network: {name} is no list")
        raise UnreadableFileError(message, file=content.name, name=name)
    return found

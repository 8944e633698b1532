"""A network as a file other programs read: edge list, nodes and edges for Gephi, GraphML, GEXF, node-link."""

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final

import networkx as nx

from ambassador.reports.parquet_table import parquet_table
from ambassador.reports.plain_table import csv_table, xlsx_table
from ambassador.values.networks.network_view import NetworkFormat, TieRow

_COLUMNS = ("source", "target", "platform", "kind", "origin", "interactions", "weight", "probability")
_NODES = ("Id", "Label", "platform", "person", "followers")
_EDGES = ("Source", "Target", "Type", "Weight", "platform", "kind", "origin", "interactions", "probability")


def network_file(
    form: NetworkFormat, ties: Iterable[TieRow], people: Mapping[str, Mapping[str, Any]]
) -> bytes:
    """Write a network; ``people`` says what else is known of handles. Unknown is left out.

    Examples
    --------
    >>> tie = TieRow("x:nina", "x:ugo", "x", "reply", "file", 3, None, 0.5, None)
    >>> network_file(NetworkFormat.EDGE_LIST, [tie], {}).decode("utf-8-sig").splitlines()[1]
    'x:nina,x:ugo,x,reply,file,3,,0.5'
    """
    if form in _EDGE_LISTS:
        return _EDGE_LISTS[form](_COLUMNS, [[getattr(tie, name) for name in _COLUMNS] for tie in ties])
    if form is NetworkFormat.GEPHI:
        return _for_gephi(ties, people)
    graph = _graph(ties, people)
    if form is NetworkFormat.NODE_LINK:
        return json.dumps(nx.node_link_data(graph, edges="links"), ensure_ascii=False).encode()
    out = io.BytesIO()
    writer = nx.write_graphml if form is NetworkFormat.GRAPHML else nx.write_gexf
    writer(graph, out)
    return out.getvalue()


_EDGE_LISTS: Final[Mapping[NetworkFormat, Callable[[Sequence[str], list[list[Any]]], bytes]]] = {
    NetworkFormat.EDGE_LIST: csv_table,
    NetworkFormat.WORKBOOK: partial(xlsx_table, "network"),
    NetworkFormat.PARQUET: parquet_table,
}


def _for_gephi(ties: Iterable[TieRow], people: Mapping[str, Mapping[str, Any]]) -> bytes:
    """Write ``nodes.csv`` and ``edges.csv``; how often, where no weight is given, is the weight."""
    nodes = [
        [handle, facts["name"] or handle, handle.partition(":")[0], facts["person"], facts["followers"]]
        for handle, facts in people.items()
    ]
    edges = [
        [
            tie.source,
            tie.target,
            "Directed",
            tie.interactions if tie.weight is None else tie.weight,
            *(getattr(tie, name) for name in _EDGES[4:]),
        ]
        for tie in ties
    ]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(zipfile.ZipInfo("nodes.csv"), csv_table(_NODES, nodes), zipfile.ZIP_DEFLATED)
        packed.writestr(zipfile.ZipInfo("edges.csv"), csv_table(_EDGES, edges), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _graph(ties: Iterable[TieRow], people: Mapping[str, Mapping[str, Any]]) -> "nx.MultiDiGraph[str]":
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for handle, facts in people.items():
        graph.add_node(handle, **_known(facts, facts))
    for tie in ties:
        facts = {name: getattr(tie, name) for name in _COLUMNS[2:]}
        graph.add_edge(tie.source, tie.target, **_known(facts, _COLUMNS[2:]))
    return graph


def _known(facts: Mapping[str, Any], names: Iterable[str] | Sequence[str]) -> dict[str, Any]:
    return {name: facts[name] for name in names if facts[name] not in {None, ""}}

"""A network as a file other programs read: edge list, GraphML, GEXF, node-link JSON."""

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import networkx as nx

from ambassador.reports.plain_table import csv_table
from ambassador.values.networks.network_view import NetworkFormat, TieRow

_COLUMNS = ("source", "target", "platform", "kind", "origin", "interactions", "weight", "probability")


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
    if form is NetworkFormat.EDGE_LIST:
        return _edge_list(ties)
    graph = _graph(ties, people)
    if form is NetworkFormat.NODE_LINK:
        return json.dumps(nx.node_link_data(graph, edges="links"), ensure_ascii=False).encode()
    out = io.BytesIO()
    writer = nx.write_graphml if form is NetworkFormat.GRAPHML else nx.write_gexf
    writer(graph, out)
    return out.getvalue()


def _edge_list(ties: Iterable[TieRow]) -> bytes:
    return csv_table(_COLUMNS, ([getattr(tie, name) for name in _COLUMNS] for tie in ties))


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

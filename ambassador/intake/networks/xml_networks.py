"""GraphML and GEXF."""

from collections.abc import Iterator
from typing import Any

from ambassador.errors import UnreadableFileError
from ambassador.i18n import mark
from ambassador.intake.files import Content
from ambassador.intake.networks.parts import (
    NetworkAbout,
    NetworkNode,
    NetworkPart,
    edge_of,
    number_or_text,
)
from ambassador.intake.xml_stream import drive

_NUMBERS = frozenset({"int", "integer", "long", "float", "double"})


def xml_parts(content: Content) -> Iterator[NetworkPart]:
    """Read a network of XML; its first element says which form it is."""
    handler = _ByRoot(content.name)
    for _ in drive(content.pieces(), content.name, handler):
        yield from handler.parts
        handler.parts.clear()


class _ByRoot:
    """Hands everything to the handler that suits the first element."""

    def __init__(self, file: str) -> None:
        self.line = 0
        self.file = file
        self.parts: list[NetworkPart] = []
        self.inner: _GraphMl | _Gexf | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.inner is None:
            self.inner = self._suiting(name.casefold())
        self.inner.line = self.line
        self.inner.start(name, attributes)

    def end(self, name: str, text: str) -> None:
        if self.inner is not None:
            self.inner.end(name, text)

    def text_before(self, text: str) -> None:
        """Take the label of a node of yEd, which has its place on the drawing after it."""
        if isinstance(self.inner, _GraphMl) and self.inner.met == "NodeLabel":
            self.inner.end("NodeLabel", text)

    def _suiting(self, root: str) -> "_GraphMl | _Gexf":
        if root == "graphml":
            return _GraphMl(self.file, self.parts)
        if root == "gexf":
            return _Gexf(self.parts)
        message = mark("{file} is XML, but neither GraphML nor GEXF")
        raise UnreadableFileError(message, file=self.file)


class _GraphMl:
    def __init__(self, file: str, parts: list[NetworkPart]) -> None:
        self.line = 0
        self.file, self.parts = file, parts
        self.keys: dict[str, tuple[str, str]] = {}
        """Key -> the name and the type of what it holds."""
        self.defaults: dict[str, dict[str, Any]] = {"node": {}, "edge": {}}
        self.directed = False
        self.key = self.key_for = self.data = self.met = ""
        self.open: list[tuple[str, dict[str, str], dict[str, Any], int]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.met = name
        if name == "key":
            self.key, self.key_for = attributes.get("id", ""), attributes.get("for", "all")
            named = attributes.get("attr.name") or self.key
            self.keys[self.key] = (named, attributes.get("attr.type", "string"))
        elif name in {"graph", "node", "edge"}:
            if name == "graph":
                self.directed = attributes.get("edgedefault") == "directed"
            self.open.append((name, attributes, {}, self.line))
        elif name == "data":
            self.data = attributes.get("key", "")
        elif name == "hyperedge":
            message = mark("{file}: line {line} ties more than two people at once, which is no tie")
            raise UnreadableFileError(message, file=self.file, line=self.line)

    def end(self, name: str, text: str) -> None:
        self.met = ""
        if name == "default":
            self._default(text)
        elif name == "data" and self.open and text.strip():
            named, kind = self.keys.get(self.data, (self.data, "string"))
            self.open[-1][2][named] = _typed(text, kind)
        elif name == "NodeLabel" and self.open and text.strip():
            self.open[-1][2].setdefault("label", text.strip())
        elif self.open and name == self.open[-1][0]:
            self._close(*self.open.pop())

    def _default(self, text: str) -> None:
        named, kind = self.keys.get(self.key, (self.key, "string"))
        for part in ("node", "edge"):
            if self.key_for in {part, "all"}:
                self.defaults[part][named] = _typed(text, kind)

    def _close(self, name: str, attributes: dict[str, str], about: dict[str, Any], line: int) -> None:
        if name == "graph":
            self.parts.append(NetworkAbout(about))
        elif name == "node":
            self.parts.append(NetworkNode(attributes.get("id", ""), self.defaults["node"] | about))
        else:
            own = attributes.get("directed")
            directed = self.directed if own is None else own in {"true", "1"}
            ends = attributes.get("source", ""), attributes.get("target", "")
            self.parts.append(edge_of(line, *ends, self.defaults["edge"] | about, directed=directed))


class _Gexf:
    def __init__(self, parts: list[NetworkPart]) -> None:
        self.line = 0
        self.parts = parts
        self.titles: dict[tuple[str, str], tuple[str, str]] = {}
        """Class and id of an attribute -> its title and type."""
        self.directed = False
        self.described = ""
        self.open: list[tuple[str, dict[str, str], dict[str, Any], int]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "graph":
            self.directed = attributes.get("defaultedgetype") == "directed"
        elif name == "attributes":
            self.described = attributes.get("class", "node")
        elif name == "attribute":
            own = attributes.get("id", "")
            titled = attributes.get("title") or own, attributes.get("type", "string")
            self.titles[self.described, own] = titled
        elif name in {"node", "edge"}:
            self.open.append((name, attributes, {}, self.line))
        elif name == "attvalue" and self.open:
            self._note(attributes)

    def end(self, name: str, _: str) -> None:
        if self.open and name == self.open[-1][0]:
            self._close(*self.open.pop())

    def _note(self, attributes: dict[str, str]) -> None:
        part, _, about, _ = self.open[-1]
        own = attributes.get("for") or attributes.get("id", "")
        title, kind = self.titles.get((part, own), (own, "string"))
        about[title] = _typed(attributes.get("value", ""), kind)

    def _close(self, name: str, attributes: dict[str, str], about: dict[str, Any], line: int) -> None:
        if attributes.get("label"):
            about.setdefault("label", attributes["label"])
        if name == "node":
            self.parts.append(NetworkNode(attributes.get("id", ""), about))
            return
        if attributes.get("weight"):
            about["weight"] = number_or_text(attributes["weight"])
        if attributes.get("kind"):
            about.setdefault("kind", attributes["kind"])
        own = attributes.get("type")
        directed = self.directed if own not in {"directed", "undirected", "mutual"} else own == "directed"
        ends = attributes.get("source", ""), attributes.get("target", "")
        self.parts.append(edge_of(line, *ends, about, directed=directed))


def _typed(text: str, kind: str) -> Any:  # noqa: ANN401 - a number or a text
    return number_or_text(text.strip()) if kind in _NUMBERS else text.strip()

"""Count the house: ``python -m tests.conventions.structure [CHECKOUT]`` prints floors, rooms and arrows.

A room is a package on a floor; a module that lies flat on its floor counts as a room of its own. A floor's
height is its longest chain of imports, a circle counted once.
"""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import networkx as nx

ROOT = Path(__file__).parents[2]
FLOORS = ("ui", "cli", "services", "store", "intake", "propagation", "metrics", "reports", "values")
ATTRIBUTE_LIKE = ("property", "overload")
EXAMPLES_ON = ("propagation", "services", "metrics")
WAYS = {"a pick": "pages/pick.py", "a mention": "pages/mentions.py", "a forecast": "pages/forecast.py"}


@dataclass(frozen=True)
class House:
    """Every module of one checkout, with what it imports of its own."""

    root: Path

    @cached_property
    def files(self) -> dict[str, Path]:
        """Module name -> file; migrations are history and left out."""
        places = [self.root / place for place in ("ambassador", "pages", "seed")]
        found = [path for place in places for path in place.rglob("*.py")]
        found = [path for path in [*found, self.root / "streamlit_app.py"] if "versions" not in path.parts]
        return {module_name(path.relative_to(self.root)): path for path in sorted(found)}

    @cached_property
    def graph(self) -> nx.DiGraph:
        """Importer -> imported."""
        graph = nx.DiGraph()
        graph.add_nodes_from(self.files)
        for name, path in self.files.items():
            graph.add_edges_from((name, to) for to in self._imported(path) if to != name)
        return graph

    @cached_property
    def doors(self) -> dict[str, dict[str, str]]:
        """Front door -> each name it offers -> the module that holds it, which who asks the door enters."""
        return {
            name: {
                alias.asname or alias.name: node.module
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                if isinstance(node, ast.ImportFrom) and node.module in self.files
                for alias in node.names
            }
            for name, path in self.files.items()
            if path.name == "__init__.py"
        }

    def _imported(self, path: Path) -> Iterator[str]:
        own = path.name != "__init__.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names if alias.name in self.files)
            elif isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    whole = f"{node.module}.{alias.name}"
                    home = self.doors.get(node.module, {}).get(alias.name) if own else None
                    yield from (it for it in (home or whole, home or node.module) if it in self.files)

    def on(self, floor: str) -> nx.DiGraph:
        """Keep the modules of one floor; the fronts of its packages hold no thought of their own."""
        start = f"ambassador.{floor}."
        fronts = {name for name, path in self.files.items() if path.name == "__init__.py"}
        return self.graph.subgraph({name for name in self.files if name.startswith(start)} - fronts)

    def rooms(self, modules: nx.DiGraph) -> nx.DiGraph:
        """Draw one box per room and one arrow per pair of rooms that has an import."""
        boxes = nx.DiGraph()
        boxes.add_nodes_from(room_of(name) for name in modules)
        boxes.add_edges_from((room_of(a), room_of(b)) for a, b in modules.edges if room_of(a) != room_of(b))
        return boxes

    def single_importer(self) -> list[str]:
        """Name the modules of the package that one other module imports.

        What a front door offers, and the formats that a registry lists, have one importer by design.
        """
        doors = {name for name, path in self.files.items() if path.name == "__init__.py"}
        return [
            name
            for name in self.graph
            if name.startswith("ambassador.") and name not in doors and not self._is_offered(name, doors)
            if len(set(self.graph.predecessors(name))) == 1
        ]

    def _is_offered(self, name: str, doors: set[str]) -> bool:
        return any(one in doors or one.endswith(".registry") for one in self.graph.predecessors(name))

    def classes(self) -> dict[str, list[str]]:
        """Class name -> the modules that define it, for names with several meanings."""
        found = defaultdict(list)
        for name, path in self.files.items():
            if name.startswith("ambassador"):
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                    if isinstance(node, ast.ClassDef):
                        found[node.name].append(name)
        return {name: places for name, places in sorted(found.items()) if len(places) > 1}

    def examples(self, floor: str) -> tuple[int, int]:
        """Count the public functions and methods of a floor that show an example, and all of them.

        Kernels are private to their floor, properties are read like attributes.
        """
        places = [path for name, path in self.files.items() if name.startswith(f"ambassador.{floor}.")]
        found = [
            ">>>" in (ast.get_docstring(function) or "")
            for path in places
            if path.parent.name != "kernels"
            for function in public_functions(ast.parse(path.read_text(encoding="utf-8")).body)
        ]
        return sum(found), len(found)

    def way(self, page: str) -> tuple[int, int]:
        """Count the rooms behind a page, and the longest chain of them."""
        start = module_name(Path(page))
        reached = self.graph.subgraph({start, *nx.descendants(self.graph, start)})
        inside = [name for name in reached if name.startswith("ambassador.") and name.count(".") > 1]
        boxes = self.rooms(reached.subgraph(inside))
        return len(boxes), height(boxes)


def public_functions(body: Sequence[ast.stmt]) -> Iterator[ast.FunctionDef]:
    """Find the functions and methods that others may call."""
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            if isinstance(node, ast.ClassDef):
                yield from public_functions(node.body)
            elif not any(word in ast.unparse(one) for one in node.decorator_list for word in ATTRIBUTE_LIKE):
                yield node


def module_name(path: Path) -> str:
    """Turn ``ambassador/ui/kit/__init__.py`` into ``ambassador.ui.kit``."""
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def room_of(module: str) -> str:
    """Name the floor and the room, or the module where it lies flat."""
    return ".".join(module.split(".")[1:3])


def height(graph: nx.DiGraph) -> int:
    """Count the boxes of the longest chain; a circle is one box."""
    return len(nx.dag_longest_path(nx.condensation(graph))) if graph else 0


def circles(graph: nx.DiGraph) -> int:
    """Count the groups that import one another in a ring."""
    return sum(len(group) > 1 for group in nx.strongly_connected_components(graph))


def lines_of(house: House, modules: nx.DiGraph) -> int:
    """Count the lines of some modules."""
    return sum(len(house.files[name].read_text(encoding="utf-8").splitlines()) for name in modules)


def table(house: House) -> Iterator[str]:
    """Write the whole count, a line each."""
    yield "floor        modules  lines  chain  circles | rooms  arrows  height  circles"
    for floor in FLOORS:
        inner = house.on(floor)
        boxes = house.rooms(inner)
        yield (
            f"{floor:<12} {len(inner):>7} {lines_of(house, inner):>6} {height(inner):>6} {circles(inner):>8}"
            f" | {len(boxes):>5} {boxes.number_of_edges():>7} {height(boxes):>7} {circles(boxes):>8}"
        )
    yield from ("", "room                          modules  lines  chain")
    for floor in FLOORS:
        inner = house.on(floor)
        for room in sorted(house.rooms(inner)):
            own = inner.subgraph([name for name in inner if room_of(name) == room])
            if len(own) > 1:
                yield f"{room:<30}{len(own):>7} {lines_of(house, own):>6} {height(own):>6}"
    yield from ("", "behind a page    rooms  longest chain of rooms")
    for what, page in WAYS.items():
        count, longest = house.way(page)
        yield f"{what:<16} {count:>5}  {longest:>5}"
    yield from ("", "public functions with an example")
    for floor in EXAMPLES_ON:
        shown, whole = house.examples(floor)
        yield f"{floor:<12} {shown:>4} of {whole:>4}, {shown / whole:.0%}"
    single, several = house.single_importer(), house.classes()
    yield from (
        "",
        f"modules with a single importer: {len(single)}",
        f"class names with several meanings: {len(several)}",
    )
    yield from (f"  {name}: {', '.join(places)}" for name, places in several.items())


if __name__ == "__main__":
    sys.stdout.write("\n".join(table(House(Path(sys.argv[1]) if sys.argv[1:] else ROOT))) + "\n")

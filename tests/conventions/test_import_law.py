"""What import-linter cannot say: rules about the standard library, single modules and packages' fronts."""

import ast
import re
import sys
from importlib import import_module

import pytest

from tests.conventions.sources import PACKAGE, PAGES, imports, modules, name_of, tree

STDLIB = frozenset(sys.stdlib_module_names)


def foreign(folder: str, allowed: tuple[str, ...]) -> list[str]:
    """List what the modules of a folder import beyond the standard library and what is allowed."""
    return [
        f"{name_of(path)} imports {name}"
        for path in modules(PACKAGE / folder)
        for name in imports(path)
        if name.partition(".")[0] not in STDLIB and not name.startswith(allowed)
    ]


def test_values_need_the_standard_library_only() -> None:
    assert not foreign("values", ("ambassador.values", "ambassador.errors", "ambassador.i18n"))


def test_kernels_import_only_numpy_and_numba() -> None:
    assert not foreign("propagation/kernels", ("numpy", "numba", "ambassador.propagation.kernels"))


def test_only_screens_import_streamlit() -> None:
    others = [path for path in modules(PACKAGE) if PACKAGE / "ui" not in path.parents]
    assert not [
        name_of(path) for path in others if any(name.startswith("streamlit") for name in imports(path))
    ]


def test_there_is_no_drawer_for_leftovers() -> None:
    assert not {"utils", "util", "helpers", "misc", "common"} & {path.stem for path in modules(PACKAGE)}


def test_the_front_of_a_package_hands_nothing_on() -> None:
    fronts = [path for path in modules(PACKAGE) if path.name == "__init__.py"]
    tables = PACKAGE / "store" / "tables" / "__init__.py"  # imports every table so that the registry is whole
    full = [path for path in fronts if any(imports(path)) and path != tables]
    assert not [name_of(path) for path in full if PACKAGE / "ui" not in path.parents]


@pytest.mark.parametrize("floor", ["ui", "cli"])
def test_every_room_of_screens_and_shell_has_a_front_door(floor: str) -> None:
    rooms = sorted(path for path in (PACKAGE / floor).glob("*/__init__.py") if path.parent.name != "picks")
    assert len(rooms) >= 5
    for room in rooms:
        offered = import_module(f"ambassador.{floor}.{room.parent.name}").__all__
        assert 1 <= len(offered) <= 8, name_of(room)
        about = ast.get_docstring(tree(room)) or ""
        assert all(re.search(rf"\b{name}\b", about) for name in offered), name_of(room)
        assert "Read in this order:" in about, name_of(room)


def test_pages_and_other_rooms_come_in_by_the_front_door() -> None:
    behind = re.compile(r"ambassador\.ui\.(?!kit\b|picks\b)(\w+)\.\w+")
    sources = [*PAGES, *modules(PACKAGE / "ui")]
    assert not [
        f"{name_of(path)} imports {name}"
        for path in sources
        for name in imports(path)
        if (found := behind.match(name)) and path.parent.name != found[1]
    ]


def test_kernels_are_never_parallel() -> None:
    """Numba's own threads abort the process when two sessions meet in them."""
    keywords = (node for path in modules(PACKAGE / "propagation") for node in ast.walk(tree(path)))
    assert not [node for node in keywords if isinstance(node, ast.keyword) and node.arg == "parallel"]

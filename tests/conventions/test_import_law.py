"""What import-linter cannot say: rules about the standard library, single modules and packages' fronts."""

import ast
import re
import sys
from importlib import import_module
from pathlib import Path

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
    assert not foreign(
        "values", ("ambassador.values", "ambassador.errors", "ambassador.i18n", "ambassador.front_door")
    )


def test_kernels_import_only_numpy_and_numba() -> None:
    allowed = ("numpy", "numba", "ambassador.propagation.kernels", "ambassador.propagation.arrays")
    assert not foreign("propagation/kernels", allowed)


@pytest.mark.parametrize("floor", ["propagation", "metrics"])
def test_names_of_arrays_need_numpy_alone(floor: str) -> None:
    assert set(imports(PACKAGE / floor / "arrays.py")) <= {"numpy", "numpy.typing", "typing"}


ARRAY = re.compile(r"^\w*Array = (npt\.)?NDArray\[", re.MULTILINE)


@pytest.mark.parametrize("floor", ["propagation", "services", "metrics"])
def test_a_floor_names_its_arrays_once(floor: str) -> None:
    others = [path for path in modules(PACKAGE / floor) if path.name != "arrays.py"]
    assert not [name_of(path) for path in others if ARRAY.search(path.read_text(encoding="utf-8"))]


def test_only_screens_import_streamlit() -> None:
    others = [path for path in modules(PACKAGE) if PACKAGE / "ui" not in path.parents]
    assert not [
        name_of(path) for path in others if any(name.startswith("streamlit") for name in imports(path))
    ]


def test_there_is_no_drawer_for_leftovers() -> None:
    assert not {"utils", "util", "helpers", "misc", "common"} & {path.stem for path in modules(PACKAGE)}


FLOORS = ("cli", "propagation", "services", "store", "ui", "values")  # all their rooms have a front door
FLAT = ("intake", "metrics", "reports")  # floors that are one room, intake with two smaller ones in it
WITHOUT_DOOR = {"kernels"}  # private to its floor


def rooms_of(floor: str) -> list[Path]:
    rooms = sorted((PACKAGE / floor).glob("*/__init__.py"))
    return [room for room in rooms if room.parent.name not in WITHOUT_DOOR]


@pytest.mark.parametrize("floor", FLOORS)
def test_every_room_has_a_front_door(floor: str) -> None:
    assert len(rooms_of(floor)) >= 5
    for room in rooms_of(floor):
        check_door(room)


@pytest.mark.parametrize("floor", FLAT)
def test_a_floor_of_one_room_has_a_front_door(floor: str) -> None:
    for room in (PACKAGE / floor / "__init__.py", *rooms_of(floor)):
        check_door(room)


def check_door(room: Path) -> None:
    door = import_module(".".join(("ambassador", *room.parent.relative_to(PACKAGE).parts)))
    assert 1 <= len(door.__all__) <= 8, name_of(room)
    about = ast.get_docstring(tree(room)) or ""
    assert all(re.search(rf"\b{name}\b", about) for name in door.__all__), name_of(room)
    assert "Read in this order:" in about, name_of(room)


def test_doors_offer_functions_and_classes_and_not_modules() -> None:
    floors = ("propagation", "services", "store", "values", *FLAT)
    rooms = [room.parent for floor in floors for room in rooms_of(floor)]
    rooms += [PACKAGE / floor for floor in ("propagation", *FLAT)]
    for room in rooms:
        door = import_module(".".join(("ambassador", *room.relative_to(PACKAGE).parts)))
        modules_here = {path.stem for path in room.glob("*.py")}
        assert all(callable(getattr(door, name)) for name in door.__all__), door.__name__
        assert not modules_here & set(door.__all__), door.__name__


def test_pages_and_other_rooms_come_in_by_the_front_door() -> None:
    behind = re.compile(r"ambassador\.ui\.(?!kit\b)(\w+)\.\w+")
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

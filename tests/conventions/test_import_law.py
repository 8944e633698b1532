"""What import-linter cannot say: rules about the standard library, single modules and packages' fronts."""

import ast
import sys

from tests.conventions.sources import PACKAGE, imports, modules, name_of, tree

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
    assert not [name_of(path) for path in full]


def test_kernels_are_never_parallel() -> None:
    """Numba's own threads abort the process when two sessions meet in them."""
    keywords = (node for path in modules(PACKAGE / "propagation") for node in ast.walk(tree(path)))
    assert not [node for node in keywords if isinstance(node, ast.keyword) and node.arg == "parallel"]

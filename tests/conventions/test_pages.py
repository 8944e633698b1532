"""A page: guard, title, inputs, one reading call, draw."""

import ast
from pathlib import Path

import pytest

from tests.conventions.sources import PAGES, imports, name_of, tree

ALLOWED = (
    "datetime",
    "functools",
    "typing",
    "ambassador.ui",
    "ambassador.services",
    "ambassador.values",
    "ambassador.i18n",
    "ambassador.config",
    "ambassador.errors",
)
LONGEST = 80
pytestmark = pytest.mark.parametrize("path", PAGES, ids=name_of)


def test_the_guard_stands_first(path: Path) -> None:
    work = [node for node in tree(path).body if not isinstance(node, ast.Import | ast.ImportFrom)]
    assert ast.unparse(work[0]) == "guard()"


def test_a_page_has_no_functions_and_no_loops(path: Path) -> None:
    forbidden = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.For, ast.While, ast.Try)
    found = [ast.unparse(node)[:60] for node in ast.walk(tree(path)) if isinstance(node, forbidden)]
    assert not found


def test_a_page_reaches_for_screens_and_services_only(path: Path) -> None:
    assert not [name for name in imports(path) if not name.startswith(ALLOWED)]


def test_a_page_fits_on_a_screen(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_a_page_injects_no_style_and_no_markup(path: Path) -> None:
    assert "unsafe_allow" not in path.read_text(encoding="utf-8")
    assert not {"html", "iframe"} & {
        node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)
    }

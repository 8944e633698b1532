"""Docstrings say what a thing is, and public functions show how they are used."""

import ast

import pytest

from tests.conventions.sources import PACKAGE, modules, name_of, tree
from tests.conventions.structure import ROOT, House

EMPTY_WORDS = ("Give ", "Say whether ", "Say how ", "Say who ")


def test_docstrings_of_the_mathematics_begin_with_what_a_thing_is() -> None:
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in modules(PACKAGE / "propagation")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        if (ast.get_docstring(node) or "").startswith(EMPTY_WORDS)
    ]
    assert not found


@pytest.mark.parametrize(("floor", "least"), [("propagation", 0.6), ("metrics", 0.9)])
def test_public_functions_show_an_example(floor: str, least: float) -> None:
    """A share that only rises; Polars shows one for two of three."""
    shown, whole = House(ROOT).examples(floor)
    assert shown >= least * whole

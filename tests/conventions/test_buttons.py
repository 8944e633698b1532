"""A press is never lost: what is typed is committed as the button goes down, and the page is drawn again.

A button that was disabled until then would lose that press; so would one whose label holds what is typed or
counted, for without a key of its own it becomes another button.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conventions.sources import PACKAGE, PAGES, called, modules, name_of, tree

BUTTONS = {"button", "form_submit_button"}
"""Those of ``press_kept`` have a key each, and are disabled by a job alone."""
MAY_WAIT_FOR = {
    "is_running",  # what it starts is under way
    "busy",
    "job",
    "sure",  # the tick before what cannot be undone
}
SOURCES = (*modules(PACKAGE / "ui"), *PAGES)


def buttons(module: ast.Module) -> Iterator[ast.Call]:
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and called(node) in BUTTONS:
            yield node


def option(call: ast.Call, name: str) -> ast.expr | None:
    return next((one.value for one in call.keywords if one.arg == name), None)


def waits_for(call: ast.Call) -> set[str]:
    """Name what a button waits for that it must not."""
    state = option(call, "disabled")
    if state is None:
        return set()
    used = {one.id for one in ast.walk(state) if isinstance(one, ast.Name)}
    return set() if used & MAY_WAIT_FOR else used


def is_fixed(label: ast.expr) -> bool:
    """Check whether a label is always the same words: ``t("...")`` and nothing filled in."""
    if isinstance(label, ast.IfExp):
        return is_fixed(label.body) and is_fixed(label.orelse)
    return (
        isinstance(label, ast.Call)
        and called(label) == "t"
        and len(label.args) == 1
        and isinstance(label.args[0], ast.Constant)
        and not label.keywords
    )


def test_a_button_that_waits_and_one_that_changes_are_recognised() -> None:
    source = 'st.button(t("Go"), disabled=not name)\nst.button(t_count("a", "b", n))\nst.button(t("Go"))'
    first, second, third = buttons(ast.parse(source))
    assert waits_for(first) == {"name"}
    assert not is_fixed(second.args[0])
    assert not waits_for(third)
    assert is_fixed(third.args[0])


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_no_button_waits_for_what_is_typed(path: Path) -> None:
    for call in buttons(tree(path)):
        assert not waits_for(call), f"{name_of(path)}:{call.lineno}"


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_a_button_whose_words_change_stays_the_same_button(path: Path) -> None:
    for call in buttons(tree(path)):
        if not is_fixed(call.args[0]):
            assert option(call, "key") is not None, f"{name_of(path)}:{call.lineno}"

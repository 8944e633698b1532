"""What comes from outside is shown as text: the screens reach Streamlit by one door, which escapes it."""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit

from ambassador.ui.kit import screen
from tests.conventions.sources import PACKAGE, PAGES, called, modules, name_of, tree

DOOR = PACKAGE / "ui" / "kit" / "screen.py"
SERVED = PACKAGE / "ui" / "server" / "app.py"
SCREENS = [path for path in [*PAGES, *modules(PACKAGE / "ui")] if path not in {DOOR, SERVED}]
SILENT = ("streamlit.elements.lib.column_types", "streamlit.navigation.page", "streamlit.runtime")
"""Parts of Streamlit's that show nothing: names for annotations, and who is looking."""
OWN_WORDS = {("Page", "title"), ("Page", "help")}
"""Titles in the menu are no texts from outside."""
NO_TEXTS = {
    "unsafe_allow_html",
    "width",
    "anchors",
    "wrap",
    "bind",
    "alt",
    "autoscroll",
    "page_icon",
    "pages",
}
"""What Streamlit's words on Markdown mention beside the texts themselves."""
FORMATTING = re.compile(r"\*\*|\n|^#+ |^- |^> |^\d+\. |`|\]\(|:material/|:\w+\[")


def from_streamlit(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("streamlit"))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("streamlit"):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", SCREENS, ids=name_of)
def test_a_screen_reaches_streamlit_by_the_door_only(path: Path) -> None:
    assert not [name for name in from_streamlit(path) if not name.startswith(SILENT)]


@pytest.mark.parametrize("path", SCREENS, ids=name_of)
def test_a_screen_draws_on_nothing_but_the_door(path: Path) -> None:
    """A column's own ``left.caption(...)`` would go past it; ``with left: st.caption(...)`` does not.

    What is drawn again, as a bar of progress, says ``shown(...)`` itself.
    """
    past = [
        ast.unparse(node)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in screen.FORMATTED.keys() - {"title", "table", "header"} | {"write"}
        and ast.unparse(node.func.value) != "st"
        and not any(isinstance(part, ast.Call) and called(part) == "shown" for part in ast.walk(node))
    ]
    assert not past


def documented(part: object, name: str) -> set[str]:
    """Read in Streamlit's own words which arguments of a call are Markdown."""
    words = (inspect.getdoc(getattr(part, name)) or "").partition("Returns\n---")[0]
    pieces = re.split(r"^(\w+) : ", words, flags=re.MULTILINE)
    return {
        argument for argument, about in zip(pieces[1::2], pieces[2::2], strict=True) if "Markdown" in about
    }


@pytest.mark.parametrize("name", sorted({*screen.FORMATTED, *screen.UNFORMATTED}))
def test_the_door_escapes_what_streamlit_says_is_markdown(name: str) -> None:
    texts = documented(streamlit, name) - NO_TEXTS - {word for call, word in OWN_WORDS if call == name}
    assert texts - {"format_func"} <= set(screen.FORMATTED.get(name, ()))


@pytest.mark.parametrize("name", sorted(screen.COLUMNS))
def test_the_door_escapes_the_texts_of_columns(name: str) -> None:
    assert documented(streamlit.column_config, name) - NO_TEXTS <= set(screen.COLUMNS[name])


def test_what_nobody_has_looked_at_is_refused() -> None:
    with pytest.raises(AttributeError, match="which texts of write"):
        _ = screen.st.write
    with pytest.raises(AttributeError, match="which texts of ImageColumn"):
        _ = screen.st.column_config.ImageColumn


def test_formatting_is_made_in_one_module() -> None:
    made = [
        f"{name_of(path)}: {ast.unparse(node)}"
        for path in SCREENS
        if path.parent != DOOR.parent
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and called(node) == "Markup"
    ]
    assert not made


def test_a_formatted_message_is_written_out_where_it_is_said() -> None:
    """The first argument of ``markup`` and ``rich`` is ours to the last letter: nothing is pieced in."""
    pieced = [
        f"{name_of(path)}: {ast.unparse(node)}"
        for path in SCREENS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and called(node) in {"markup", "rich", "rich_count"}
        and any(isinstance(part, ast.JoinedStr | ast.BinOp | ast.Call) for part in node.args[:2])
        and path.name != "text.py"
    ]
    assert not pieced


def test_a_plain_message_holds_no_formatting() -> None:
    """It would be shown as signs: what is bold is said by ``rich``."""
    signs = [
        f"{name_of(path)}: {node.args[0].value!r}"
        for path in SCREENS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and called(node) in {"t", "t_count"}
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and FORMATTING.search(str(node.args[0].value))
    ]
    assert not signs


def test_a_screen_pieces_no_formatting_together() -> None:
    """``f"**{name}**"`` would be shown with its stars; ``bold(name)`` says what is meant."""
    signs = [
        f"{name_of(path)}: {ast.unparse(node)}"
        for path in SCREENS
        if path.parent != DOOR.parent
        for node in ast.walk(tree(path))
        if isinstance(node, ast.JoinedStr)
        and any(isinstance(part, ast.Constant) and FORMATTING.search(str(part.value)) for part in node.values)
    ]
    assert not signs

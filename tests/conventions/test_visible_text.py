"""Every word a person sees is a message: looked for in the sources, and on pages in a tongue of brackets."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ambassador.i18n import PSEUDO
from ambassador.ui.kit.navigation import PAGES as ENTRIES
from tests.conventions.sources import PACKAGE, PAGES, called, modules, name_of, tree
from tests.ui.conftest import OpenApp
from tests.ui.conftest import open_app as open_app  # noqa: PLC0414 - the fixture, by its own name
from tests.ui.conftest import real_pages as real_pages  # noqa: PLC0414
from tests.ui.conftest import unexpected_errors_fail as unexpected_errors_fail  # noqa: PLC0414
from tests.ui.conftest import workspace as workspace  # noqa: PLC0414

SCREENS = [*PAGES, *modules(PACKAGE / "ui")]
SHOWING = frozenset(
    {
        "title",
        "header",
        "subheader",
        "markdown",
        "write",
        "caption",
        "text",
        "info",
        "warning",
        "error",
        "success",
        "toast",
        "button",
        "download_button",
        "link_button",
        "form_submit_button",
        "selectbox",
        "multiselect",
        "radio",
        "checkbox",
        "toggle",
        "text_input",
        "text_area",
        "number_input",
        "date_input",
        "time_input",
        "slider",
        "select_slider",
        "file_uploader",
        "metric",
        "expander",
        "popover",
        "dialog",
        "status",
        "spinner",
        "progress",
        "badge",
        "pills",
        "segmented_control",
        "chat_input",
        "Figure",
        "Column",
        "empty_state",
        "say_done",
        "TextColumn",
        "NumberColumn",
    }
)
"""Calls whose first argument is read by a person."""
SPOKEN = frozenset(
    {"label", "help", "placeholder", "text", "note", "missing", "fix", "takeaway", "body", "message"}
)
MESSAGES = frozenset({"t", "mark"})
ICON = re.compile(r":material/\w+:|@\w+|https?://\S*")
"""Icons, and handles and addresses given as an example, are no words."""


def words_in(node: ast.expr) -> str:
    """Give the letters a literal would put on the screen; a call is somebody else's matter."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return "".join(filter(str.isalpha, ICON.sub("", node.value)))
    if isinstance(node, ast.JoinedStr):
        return "".join(words_in(part) for part in node.values)
    if isinstance(node, ast.BinOp):
        return words_in(node.left) + words_in(node.right)
    if isinstance(node, ast.IfExp):
        return words_in(node.body) + words_in(node.orelse)
    return ""


def spoken_arguments(node: ast.Call) -> Iterator[ast.expr]:
    if called(node) in SHOWING:
        yield from node.args[:1]
        yield from (keyword.value for keyword in node.keywords if keyword.arg in SPOKEN)


@pytest.mark.parametrize("path", SCREENS, ids=name_of)
def test_no_literal_is_put_on_the_screen(path: Path) -> None:
    calls = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    loud = [
        ast.unparse(call) for call in calls if any(words_in(argument) for argument in spoken_arguments(call))
    ]
    assert not loud


def test_a_message_is_one_whole_sentence_with_named_places() -> None:
    said = [
        node
        for path in modules(PACKAGE) + PAGES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and called(node) in MESSAGES and node.args
    ]
    assert not [ast.unparse(node) for node in said if is_pieced_together(node.args[0])]


def is_pieced_together(message: ast.expr) -> bool:
    if isinstance(message, ast.Constant):
        return re.search(r"\{\d*\}|%[sd]", str(message.value)) is not None
    return isinstance(message, ast.JoinedStr | ast.BinOp)


EMPTY = frozenset(
    {
        "Search",
        "Search {count} mentions",
        "choose a perimeter",
        "choose a view",
        "nothing: choose one or more",
        "All campaigns",
        "Choose a person",
        "Choose people",
        "Choose a campaign",
        "Choose what it means",
        "Choose what to follow",
        "Scan or type",
        "not used",
        "nobody in particular",
        "tell from the link",
        "any",
        "not known",
        "separated by commas",
        "What happened?",
        "no limit",
        "left: {amount}",
        "https://",
        "@",
        "–",  # noqa: RUF001 - a dash for empty
    }
)
"""Hints in empty fields; none can be taken for something filled in."""


@pytest.mark.parametrize("path", SCREENS, ids=name_of)
def test_no_hint_in_a_field_looks_filled_in(path: Path) -> None:
    hints = {
        part.value
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "placeholder"
        for part in ast.walk(keyword.value)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }
    assert not hints - EMPTY


@pytest.mark.parametrize("page", [entry.name for entry in ENTRIES])
def test_an_empty_page_speaks_in_brackets_only(open_app: OpenApp, page: str, workspace: str) -> None:
    app = open_app(page, language=PSEUDO)
    known = {Path(workspace).stem, "English", "Italiano", PSEUDO, "CSV", "XLSX"}
    seen = {
        *(
            text.value
            for kind in (app.title, app.header, app.subheader, app.caption, app.info)
            for text in kind
        ),
        *(button.label for button in app.button),
        *(box.label for kind in (app.selectbox, app.text_input, app.toggle, app.checkbox) for box in kind),
        *(figure.label for figure in app.metric),
    }
    assert not {text for text in seen if bare(text) and text not in known}


def bare(text: str) -> str:
    """Give the letters outside every bracket."""
    while (inner := re.sub(r"⟦[^⟦⟧]*⟧", "", text)) != text:
        text = inner
    return "".join(filter(str.isalpha, ICON.sub("", text)))

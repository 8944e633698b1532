"""A choice begins empty, or on what does no harm: each that begins on something stands here with why."""

import ast
from collections.abc import Iterator, Mapping
from typing import Final

from tests.conventions.sources import PACKAGE, PAGES, called, modules, tree

CHOICES = {"radio", "selectbox", "segmented_control", "pills"}
SWITCHES = {"checkbox", "toggle"}
EMPTY = {"index": "None", "default": "None"}

_SHOWN: Final = "changes what is shown, and nothing that is kept"
_FIELD: Final = "holds what is kept already, or what is usual; nothing is written before the form is sent"
BEGIN_ON: Mapping[str, str] = {
    "From a pick": "begins on 'later, or by name below': nobody",
    "Forecast to be judged by": "the newest; it is said beside the button that launches",
    "Campaign": "the one chosen for all pages, or the one a pick is of; else it begins empty",
    "A phone counts as": _FIELD,
    "Entry": "the newest, shown with the minutes it has; nothing is logged before the button",
    "Deal": _FIELD,
    "Time zone": _FIELD,
    "Currency": _FIELD,
    "unsigned": _FIELD,
    "Words for": "which words are shown to be edited",
    "Perimeter": _SHOWN,
    "View": _SHOWN,
    "Until": _SHOWN,
    "Told apart by": _SHOWN,
    "Days shown": _SHOWN,
    "Of what": _FIELD,
    "Forecast shown": _SHOWN,
    "For whom?": "whose forecast is computed; a forecast changes nothing",
    "Pick number": "whose forecast is computed; a forecast changes nothing",
    "What is shown": _SHOWN,
    "What to show": _SHOWN,
    "What does the file hold?": "proposed from its content; nothing goes in before the button",
    "Sheet": "the one that was read, shown with its rows",
    "text": "an answer the file itself gives; without one it begins empty",
    "How probable is it that a listener passes word on?": "what a pick is computed with, shown in it",
    "How word passes": "what a pick is computed with, shown in it",
    "Language": _SHOWN,
    "Show": _SHOWN,
    "Platform": _FIELD,
    "Keep": "who keeps their number; what a merge would do stands below it, and it can be taken back",
    "Figures read within": _SHOWN,
    "Instead of": "whose place is tried; a swap changes nothing",
    "As much as possible of": "what a pick is computed for, shown in it",
    "Among": "whom a pick is made of, shown in it",
    "What are people asked?": _FIELD,
    "Medium": "television, where most hear of us; it can be edited and taken back",
    "Which one": "a new one: none of those that are there",
    "What became of it": "what it is already",
    "Answer kept ready": "put into the field at its button alone",
    "For cases of": "whose promise is shown to be edited",
    "From 1 (not at all) to 5 (very)": "what was logged before, else nothing",
    "Kind": "a question, what is asked most; it can be edited and taken back",
    "Priority": "normal, or whose promise is shown to be edited",
    "Way it came": "a message, what comes most; it can be edited and taken back",
    "What was it?": "orders, what is logged most; it can be taken back",
}
"""Choices that begin on something, by their words, and why that does no harm."""
BEGIN_ON_YES: Mapping[str, str] = {
    "Private": "nobody else is shown what a customer wrote in private; what is public is unticked",
    "Remember me on this computer": "as it was answered last",
    "Count opening hours alone": "as promises are counted; it changes nothing that is kept",
    "The deal has no fee": "as the pick that is shown was asked",
}
"""Boxes that may be ticked beforehand."""


def _calls(kinds: set[str]) -> Iterator[ast.Call]:
    for path in (*modules(PACKAGE / "ui"), *PAGES):
        yield from (
            node for node in ast.walk(tree(path)) if isinstance(node, ast.Call) and called(node) in kinds
        )


def _words(call: ast.Call) -> str:
    texts = [one.value for one in ast.walk(call.args[0]) if isinstance(one, ast.Constant)]
    return str(texts[0]) if texts else ast.unparse(call.args[0])


def _begins_empty(call: ast.Call) -> bool:
    given = {word.arg: ast.unparse(word.value) for word in call.keywords}
    if called(call) == "segmented_control" or called(call) == "pills":
        return given.get("default", "None") == "None" and "required" not in given
    return given.get("index") == "None"


def test_a_choice_that_begins_on_something_is_recognised() -> None:
    asked = "st.radio(t('They have'), possible, index={})"
    for index, empty in (("None", True), ("0", False)):
        (call,) = [one for one in ast.walk(ast.parse(asked.format(index))) if isinstance(one, ast.Call)][:1]
        assert _begins_empty(call) is empty


def test_every_choice_begins_empty_or_on_what_does_no_harm() -> None:
    found = {_words(call) for call in _calls(CHOICES) if not _begins_empty(call)}
    assert found == set(BEGIN_ON)


def test_no_box_is_ticked_beforehand() -> None:
    ticked = {
        _words(call)
        for call in _calls(SWITCHES)
        if len(call.args) > 1 or any(word.arg == "value" for word in call.keywords)
    }
    assert ticked == set(BEGIN_ON_YES)

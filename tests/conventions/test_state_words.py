"""What a state is called stands once: pages, shell, reports, errors and notes say the same word."""

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator
from enum import StrEnum

import pytest

from ambassador.i18n import STATES, sentence, translate
from ambassador.reports.words import Words
from ambassador.values.activations.states import ActivationStatus
from ambassador.values.care.states import CaseStatus
from ambassador.values.devices import PhoneFate
from ambassador.values.incidents import IncidentStatus
from ambassador.values.results.results import IntervalPosition
from ambassador.values.status import (
    AmbassadorStatus,
    CampaignStatus,
    CustodyEnd,
    Deal,
    DeviceStatus,
    Label,
    MentionKind,
    OutcomeKind,
)
from ambassador.values.status_words import text_of
from tests.conventions.sources import PACKAGE, PAGES, called, modules, name_of, tree

ONE_TABLE_MORE = {
    ("AmbassadorStatus", "ambassador/ui/campaigns/ambassador_actions.py"),  # endings of "Nina has ..."
    ("ImportKind", "ambassador/cli/imports/imports.py"),  # what a verb reads: sentences of its help
    ("ImportKind", "ambassador/ui/imports/words.py"),  # what a file of a kind holds: sentences beside it
    ("Objective", "ambassador/cli/picks/answer.py"),  # a unit behind a number
    ("Objective", "ambassador/ui/picks/tables.py"),  # heads of figures, where "expected" is said
    ("Way", "ambassador/ui/calibration/views.py"),  # the same shorter, in a table of many columns
}
"""Tables that are no second name of a state, with why."""
KINDS = (
    ActivationStatus, AmbassadorStatus, CampaignStatus, CaseStatus, CustodyEnd, DeviceStatus, IncidentStatus,
)  # fmt: skip
NAMES = {kind.__name__ for kind in KINDS}
SENTENCES = {"ambassador/ui/campaigns/ambassador_actions.py"}  # endings of "Nina has ...": verbs, not names


def shorthands(module: ast.Module) -> set[str]:
    """Find the names a module has for these enums: their own, and ``_S = DeviceStatus``."""
    short = {
        target.id
        for node in ast.walk(module)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Name) and node.value.id in NAMES
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return NAMES | short


def is_state(key: ast.expr | None, names: set[str]) -> bool:
    if isinstance(key, ast.Constant):
        return key.value in STATES
    return isinstance(key, ast.Attribute) and isinstance(key.value, ast.Name) and key.value.id in names


def is_said(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and called(value) in {"mark", "t"}


def word_tables(module: ast.Module) -> list[int]:
    """List the lines of tables that give words to two states or more."""
    names = shorthands(module)
    return [
        node.lineno
        for node in ast.walk(module)
        if isinstance(node, ast.Dict)
        and sum(is_state(key, names) and is_said(it) for key, it in zip(node.keys, node.values, strict=True))
        >= 2
    ]


def test_a_table_of_words_for_states_is_recognised() -> None:
    source = "S = DeviceStatus\nwords = {S.LOST: mark('gone'), S.RETIRED: mark('out')}\n"
    assert word_tables(ast.parse(source)) == [2]
    assert word_tables(ast.parse("words = {'lost': t('gone'), 'kept': t('theirs')}")) == [1]
    assert not word_tables(ast.parse("moves = {DeviceStatus.LOST: go, DeviceStatus.RETIRED: stay}"))


def test_words_for_states_stand_in_one_table() -> None:
    found = {name_of(path) for path in (*modules(PACKAGE), *PAGES) if word_tables(tree(path))}
    assert found - SENTENCES == {"ambassador/i18n.py"}


@pytest.mark.parametrize("state", [state for kind in KINDS for state in kind], ids=repr)
@pytest.mark.parametrize("language", ["en", "it"])
def test_an_error_a_page_and_a_report_call_a_state_the_same(language: str, state: str) -> None:
    named = translate(language, text_of(state))
    assert sentence(language, "{device}: {status}", device="x", status=state.value) == f"x: {named}"
    assert Words(language).t(text_of(state)) == named


def enums() -> set[str]:
    """Name every kind of state, choice or event there is."""
    return {
        node.name
        for path in modules(PACKAGE)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id == "StrEnum" for base in node.bases)
    }


def names_given(module: ast.Module, kinds: set[str]) -> Iterator[str]:
    """Name the kinds this module has a table of names for; a text with places is a sentence, no name."""
    short = {
        target.id: node.value.id
        for node in ast.walk(module)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Name) and node.value.id in kinds
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Dict):
            named = Counter(
                short.get(key.value.id, key.value.id)
                for key, value in zip(node.keys, node.values, strict=True)
                if isinstance(key, ast.Attribute)
                and isinstance(key.value, ast.Name)
                and isinstance(value, ast.Call)
                and called(value) in {"mark", "t"}
                and "{" not in ast.unparse(value)
            )
            yield from (kind for kind, count in named.items() if kind in kinds and count > 1)


def test_a_second_table_of_names_is_recognised() -> None:
    source = "A = {Label.PRAISE: mark('praise'), Label.QUESTION: mark('question')}\n"
    assert list(names_given(ast.parse(source), {"Label"})) == ["Label"]
    sentences = "A = {Label.PRAISE: mark('{name} praises'), Label.QUESTION: mark('{name} asks')}"
    assert not list(names_given(ast.parse(sentences), {"Label"}))


def test_every_kind_of_state_is_named_in_one_table_for_pages_shell_and_reports() -> None:
    known = enums()
    places: dict[str, list[str]] = defaultdict(list)
    for path in (*modules(PACKAGE), *PAGES):
        for kind in names_given(tree(path), known):
            places[kind].append(name_of(path))
    extra = {(kind, place) for kind, found in places.items() for place in found if len(found) > 1}
    first = {kind: found for kind, found in places.items() if len(found) > 1}
    for kind, found in first.items():
        own = [place for place in found if (kind, place) not in ONE_TABLE_MORE]
        assert len(own) <= 1, f"{kind} is named in {own}"
    assert extra | {(kind, place) for kind, found in places.items() for place in found} >= ONE_TABLE_MORE


@pytest.mark.parametrize("kind", [OutcomeKind, Label, MentionKind, IntervalPosition, Deal, PhoneFate])
@pytest.mark.parametrize("language", ["en", "it"])
def test_what_a_page_calls_a_state_the_shell_and_the_report_call_it_too(
    language: str, kind: type[StrEnum]
) -> None:
    for state in kind:
        assert Words(language).t(text_of(state)) == translate(language, text_of(state)) != ""
    if language == "it":
        words = [translate("it", text_of(state)) for state in kind]
        assert len(set(words)) == len(words)


def test_every_word_is_the_word_of_some_state() -> None:
    assert {state.value for kind in KINDS for state in kind} == set(STATES)

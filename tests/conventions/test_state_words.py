"""What a state is called stands once: pages, shell, reports, errors and notes say the same word."""

import ast

import pytest

from ambassador.i18n import STATES, sentence, translate
from ambassador.reports.words import Words
from ambassador.values.status import AmbassadorStatus, CampaignStatus, CustodyEnd, DeviceStatus
from ambassador.values.status_words import text_of
from tests.conventions.sources import PACKAGE, PAGES, called, modules, name_of, tree

KINDS = (AmbassadorStatus, CampaignStatus, CustodyEnd, DeviceStatus)
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


def test_every_word_is_the_word_of_some_state() -> None:
    assert {state.value for kind in KINDS for state in kind} == set(STATES)

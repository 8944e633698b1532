"""The catalogues: what is translated fits what is said, and what is raised can be found."""

import ast
import re
import string
from functools import lru_cache
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po

from ambassador.i18n import LOCALE_FOLDER, languages, translate
from ambassador.intake.fields import FIELDS
from ambassador.messages import collect, error_names, named_messages, update
from ambassador.values.status import ImportKind
from tests.conventions.sources import PACKAGE, PAGES, called, modules, name_of, tree

TRANSLATED = [language for language in languages() if language != "en"]
ERRORS = frozenset(error_names())


def catalogue(language: str, folder: Path = LOCALE_FOLDER):
    with (folder / language / "LC_MESSAGES" / "ambassador.po").open("rb") as lines:
        return read_po(lines, locale=language)


def forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def fields(text: str) -> list[tuple[str, str | None, str | None]]:
    """Give every place with its form: ``{value!r}`` is not ``{value}``."""
    return sorted(
        (name, form, conversion)
        for _, name, form, conversion in string.Formatter().parse(text)
        if name is not None
    )


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_says_nothing_twice(language: str) -> None:
    """Two catalogues that were joined line by line once said a sentence twice in a row."""
    said = [text for message in catalogue(language) if message.id for text in forms(message.string)]
    assert not [text for text in said if len(text) > 20 and text in (text.strip() + text.strip())[1:-1]]


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_two_sentences_are_joined_without_a_space(language: str) -> None:
    """So does an English sentence show that was left behind an Italian one."""
    said = [text for message in catalogue(language) if message.id for text in forms(message.string)]
    assert not [text for text in said if re.search(r"[a-zàèéìòù][.!?][A-ZÀÈÉÌÒÙ]", text)]


def test_the_reader_is_called_tu_everywhere() -> None:
    voi = re.compile(
        r"\b(vostr[oaie]|avete|potete|dovete|scegliete|scrivete|dite|usatel[oaie])\b", re.IGNORECASE
    )
    said = [text for message in catalogue("it") if message.id for text in forms(message.string)]
    assert not [text for text in said if voi.search(text)]


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_places_of_its_message(language: str) -> None:
    assert not [
        (said, said_here)
        for message in catalogue(language)
        if message.id
        for said, said_here in zip(forms(message.id), forms(message.string), strict=True)
        if said_here and sorted(set(fields(said_here))) != sorted(set(fields(said)))
    ]


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_left_untranslated_or_in_doubt(language: str) -> None:
    written = [message for message in catalogue(language) if message.id]
    assert len(written) > 1_000
    assert not [message.id for message in written if message.fuzzy or not all(forms(message.string))]


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_keeps_what_is_bold_and_what_stands_in_a_list(language: str) -> None:
    assert not [
        said
        for message in catalogue(language)
        if message.id
        for said, said_here in zip(forms(message.id), forms(message.string), strict=True)
        if said.count("**") != said_here.count("**")
        or said.startswith("- ") != said_here.startswith("- ")
        or said.endswith(" ") != said_here.endswith(" ")
    ]


@pytest.mark.parametrize("kind", ImportKind)
@pytest.mark.parametrize("language", languages())
def test_two_fields_of_a_file_never_have_the_same_word(language: str, kind: ImportKind) -> None:
    words = [translate(language, field.label) for field in FIELDS[kind]]
    assert len(set(words)) == len(words)


@pytest.fixture(scope="module")
def written() -> Catalog:
    return collect()


def test_messages_are_found_in_calls_marks_and_errors(written: Catalog) -> None:
    found = {message.id for message in written}
    assert {"no data yet", "Pick ambassadors", "{name} cannot be used: {reason} (it is {value!r})"} <= found


def test_no_message_stands_inside_an_f_string() -> None:
    asked = {"t", "mark", "Note", "t_count", "rich", "rich_count", *ERRORS}
    assert not [
        f"{path}:{inner.lineno}"
        for path in (*modules(PACKAGE), *PAGES)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.JoinedStr)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Call)
        and called(inner) in asked
        and inner.args
        and isinstance(inner.args[0], ast.Constant)
    ], "before Python 3.12 the collector does not look inside f-strings"


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_holds_every_message_of_the_sources_and_no_other(written: Catalog, language: str) -> None:
    assert {message.id for message in catalogue(language)} == {message.id for message in written}


def test_updating_a_catalogue_keeps_what_was_translated(written: Catalog, tmp_path: Path) -> None:
    path = update("it", written, tmp_path)
    text = path.read_text(encoding="utf-8").replace(
        'msgid "no data yet"\nmsgstr ""', 'msgid "no data yet"\nmsgstr "ancora nessun dato"'
    )
    path.write_text(text, encoding="utf-8")
    update("it", written, tmp_path)
    assert catalogue("it", tmp_path)["no data yet"].string == "ancora nessun dato"
    assert path.read_text(encoding="utf-8") == text


def test_a_message_kept_in_a_name_before_it_is_raised_is_found_too(tmp_path: Path) -> None:
    path = tmp_path / "late.py"
    path.write_text(
        'message = "{who} is late" if late else mark("{who} is here")\nraise ConflictError(message, who=1)\n',
        encoding="utf-8",
    )
    assert set(named_messages(path)) == {"{who} is late", "{who} is here"}


def test_the_text_of_an_error_can_be_found() -> None:
    raised = [
        (path, node.exc)
        for path in modules(PACKAGE) + PAGES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and called(node.exc) in ERRORS
    ]
    assert not [
        f"{name_of(path)}: {ast.unparse(it)}" for path, it in raised if not is_findable(it.args[0], path)
    ]


@lru_cache
def named(path: Path) -> frozenset[str]:
    return frozenset(named_messages(path))


def is_findable(text: ast.expr, path: Path) -> bool:
    """A literal, a mark, a name given a literal in the same module, or the text of a note or a question."""
    if isinstance(text, ast.Name):
        return bool(named(path))
    return isinstance(text, ast.Constant | ast.Attribute) or (
        isinstance(text, ast.Call) and called(text) == "mark"
    )

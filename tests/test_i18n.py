from pathlib import Path

import pytest

from ambassador import i18n
from ambassador.i18n import known_language, remark, sentence, translate, translate_count
from ambassador.values.imports.imports import Note

PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "{name} is late"
msgstr "{name} è in ritardo"

msgid "{count} phone"
msgid_plural "{count} phones"
msgstr[0] "{count} telefono"
msgstr[1] "{count} telefoni"
"""


@pytest.fixture
def italian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "it" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "ambassador.po").write_text(PO, encoding="utf-8")
    monkeypatch.setattr(i18n, "LOCALE_FOLDER", tmp_path)
    i18n._catalogue.cache_clear()
    yield
    i18n._catalogue.cache_clear()


def test_a_message_is_said_in_the_readers_language(italian: None) -> None:
    assert translate("it", "{name} is late", name="Nina") == "Nina è in ritardo"
    assert translate("en", "{name} is late", name="Nina") == "Nina is late"


def test_what_is_not_translated_yet_is_said_in_english(italian: None) -> None:
    assert translate("it", "New words") == "New words"


def test_plurals_follow_the_language(italian: None) -> None:
    assert translate_count("it", "{count} phone", "{count} phones", 1) == "1 telefono"
    assert translate_count("it", "{count} phone", "{count} phones", 3) == "3 telefoni"


def test_an_empty_message_is_not_the_header_of_the_catalogue(italian: None) -> None:
    assert translate("it", "") == ""


def test_braces_in_a_message_without_values_are_left_alone(italian: None) -> None:
    assert translate("it", "a {literal} brace") == "a {literal} brace"


def test_a_language_we_do_not_speak_becomes_english() -> None:
    assert [known_language(code) for code in ("it-IT", "de", "", None, "xx")] == [
        "it",
        "en",
        "en",
        "en",
        "xx",
    ]


def test_a_state_in_an_error_is_said_in_words_and_the_error_as_a_sentence() -> None:
    assert sentence("en", "there is no pick {number} here", number=3) == "There is no pick 3 here"
    assert sentence("en", "{device} is {status}", device="nova-1", status="in_stock") == "nova-1 is in stock"
    assert remark("en", "people of {status}", status="nowhere") == "people of nowhere"


def test_a_handle_at_the_start_of_a_sentence_keeps_its_letters() -> None:
    assert sentence("en", "{handle} is not here", handle="nina") == "nina is not here"


def test_a_remark_inside_an_error_is_said_in_the_readers_language_too(italian: None) -> None:
    late = Note("{name} is late", {"name": "Nina"})
    assert sentence("it", "not now: {reason}", reason=late) == "Not now: Nina è in ritardo"

"""A new language is one folder: whoever puts it there finds it offered everywhere."""

from pathlib import Path
from shutil import copytree

import pytest

from ambassador import i18n
from ambassador.cli.main import main
from ambassador.config import Settings, settings
from ambassador.errors import ConfigurationError
from ambassador.i18n import known_language, languages, translate
from ambassador.messages import collect, error_words, snapshot, update
from tests.ui.conftest import OpenApp

PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "There is no ambassador number {number}"
msgstr "Il n'y a pas d'ambassadeur numéro {number}"

msgid "Language"
msgstr "Langue"
"""


@pytest.fixture
def french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a third language beside those that come with the product."""
    folder = tmp_path / "locale"
    copytree(i18n.LOCALE_FOLDER, folder)
    (folder / "fr" / "LC_MESSAGES").mkdir(parents=True)
    (folder / "fr" / "LC_MESSAGES" / "ambassador.po").write_text(PO, encoding="utf-8")
    monkeypatch.setattr(i18n, "LOCALE_FOLDER", folder)
    i18n._catalogue.cache_clear()
    settings.cache_clear()
    yield folder
    i18n._catalogue.cache_clear()
    settings.cache_clear()


def test_the_languages_are_the_folders_and_call_themselves_by_their_own_names(french: Path) -> None:
    assert languages() == {"en": "English", "fr": "Français", "it": "Italiano"}


def test_without_another_folder_there_are_two() -> None:
    assert languages() == {"en": "English", "it": "Italiano"}


def test_a_reader_from_there_is_spoken_to_in_it(french: Path) -> None:
    assert known_language("fr-CH") == "fr"
    assert translate("fr", "Language") == "Langue"


def test_the_setting_takes_it_and_refuses_what_has_no_folder(
    french: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Settings(language="fr").language == "fr"
    monkeypatch.setenv("AMBASSADOR_LANGUAGE", "de")
    with pytest.raises(ConfigurationError, match=r"AMBASSADOR_LANGUAGE .*en, fr, it"):
        settings()


def test_the_shell_refuses_in_it(french: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--language", "fr", "--database", "mysql://x", "db", "upgrade"]) == 1
    assert "mysql://x" in capsys.readouterr().err


def test_the_pages_offer_it(french: Path, open_app: OpenApp) -> None:
    app = open_app()
    (switch,) = app.sidebar.button_group
    switch.set_value("fr").run()
    assert not app.exception
    assert app.session_state["language"] == "fr"
    assert app.sidebar.button_group[0].label == "Langue"


def test_its_errors_are_kept_beside_the_others(french: Path) -> None:
    said = snapshot("fr", error_words())
    assert "campaigns: Il n'y a pas d'ambassadeur numéro {number}\n" in said


def test_its_catalogue_is_completed_like_any_other(french: Path, tmp_path: Path) -> None:
    text = update("fr", collect(), french).read_text(encoding="utf-8")
    assert 'msgstr "Langue"' in text
    assert 'msgid "no data yet"\nmsgstr ""' in text

"""Who is working: asked once, recorded, remembered only where that is wanted."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ambassador.config import settings
from ambassador.ui.kit.workspace import current_work
from tests.ui.conftest import OpenApp

ASKED = "who-name-ask"


@pytest.fixture
def nobody_said(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> OpenApp:
    monkeypatch.delenv("AMBASSADOR_USER", raising=False)
    settings.cache_clear()
    return open_app


def asked(app: AppTest) -> bool:
    return any(field.key == ASKED for field in app.text_input)


def says(app: AppTest, name: str, *, keep: bool = False) -> AppTest:
    app.text_input(key=ASKED).set_value(name)
    if keep:
        app.checkbox(key="who-keep-ask").check()
    return next(button for button in app.button if button.label == "That is me").click().run()


def test_the_name_is_asked_once_and_kept_for_the_session(nobody_said: OpenApp, tmp_path: Path) -> None:
    app = nobody_said()
    assert asked(app)
    app = says(app, "  Nina   Rossi ")
    assert not app.exception
    assert not asked(app)
    assert app.session_state["_actor"] == "Nina Rossi"
    assert not asked(app.switch_page("pages/people.py").run())
    assert not (tmp_path / "who.json").exists()
    assert asked(nobody_said())  # another browser


def test_a_remembered_name_is_not_asked_again(
    nobody_said: OpenApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ambassador.ui.kit.who._is_local", lambda: True)
    says(nobody_said(), "Nina", keep=True)
    assert json.loads((tmp_path / "who.json").read_text("utf-8")) == {"name": "Nina"}
    app = nobody_said("workspace")
    assert not asked(app)
    app.text_input(key="who-name-change").set_value("Ugo")
    next(button for button in app.button if button.label == "That is me").click().run()
    assert json.loads((tmp_path / "who.json").read_text("utf-8")) == {"name": "Ugo"}


def test_a_name_without_a_letter_is_refused(nobody_said: OpenApp) -> None:
    app = says(nobody_said(), " . ")
    assert any("at most 80 letters" in box.value for box in app.error)
    assert asked(app)


def test_the_installation_may_have_said_it(open_app: OpenApp) -> None:
    assert not asked(open_app())


def test_who_said_nothing_yet_goes_by_the_login(nobody_said: OpenApp) -> None:
    nobody_said()
    assert current_work().actor == settings().user

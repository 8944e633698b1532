from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ambassador.ui.navigation import PAGES, page_path
from tests.ui.conftest import ROOT, OpenApp


@pytest.mark.parametrize("page", [entry.name for entry in PAGES])
def test_every_page_opens_on_an_empty_workspace(open_app: OpenApp, page: str) -> None:
    app = open_app(page)
    assert not app.exception
    assert not app.error
    assert app.title


def test_every_file_in_pages_is_in_the_menu() -> None:
    files = {path.stem for path in (ROOT / "pages").glob("*.py")}
    assert files == {entry.name for entry in PAGES}


def test_a_page_run_without_the_front_door_shows_nothing_of_itself(workspace: str) -> None:
    app = AppTest.from_file(page_path("people"), default_timeout=30).run()
    assert [error.value for error in app.error] == ["Start the app with: ambassador run"]
    assert not app.title


def test_the_header_names_the_database_the_app_was_started_on(open_app: OpenApp, workspace: str) -> None:
    assert Path(workspace).stem in open_app().markdown[0].value


def test_the_chosen_campaign_goes_along_from_page_to_page(open_app: OpenApp) -> None:
    app = open_app("people", campaign="7")
    assert app.session_state["campaign"] == 7
    assert "7" in app.query_params["campaign"]
    assert "7" in app.switch_page("pages/devices.py").run().query_params["campaign"]


def test_the_language_switch_is_kept(open_app: OpenApp) -> None:
    app = open_app()
    (switch,) = app.sidebar.button_group
    switch.set_value("it").run()
    assert app.session_state["language"] == "it"


def test_the_menu_speaks_the_chosen_language(open_app: OpenApp) -> None:
    assert open_app("people", language="xx").title[0].value.startswith("⟦")

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ambassador.services.campaigns.campaigns import create_campaign
from ambassador.ui.kit.navigation import PAGES, page_path
from ambassador.ui.kit.workspace import current_work
from ambassador.values.campaigns.campaigns import CampaignDraft
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
    app = AppTest.from_file(page_path("people"), default_timeout=120).run()
    assert [error.value for error in app.error] == ["Start the app with: ambassador run"]
    assert not app.title


def test_the_header_names_the_database_the_app_was_started_on(open_app: OpenApp, workspace: str) -> None:
    assert Path(workspace).stem in open_app().markdown[0].value


@pytest.fixture
def campaign(workspace: str) -> int:
    draft = CampaignDraft("Q1 Launch", date(2026, 5, 1), date(2026, 5, 24))
    return create_campaign(current_work(), draft)


def test_the_chosen_campaign_goes_along_from_page_to_page(open_app: OpenApp, campaign: int) -> None:
    app = open_app("people", campaign=str(campaign))
    assert app.session_state["campaign"] == campaign
    assert str(campaign) in app.query_params["campaign"]
    assert str(campaign) in app.switch_page("pages/devices.py").run().query_params["campaign"]


def test_choosing_a_campaign_puts_it_into_the_address(open_app: OpenApp, campaign: int) -> None:
    app = open_app()
    app.selectbox(key="_campaign_choice").set_value(campaign).run()
    assert str(campaign) in app.query_params["campaign"]


@pytest.mark.parametrize("address", ["999", "all", ""])
def test_an_address_with_no_such_campaign_shows_all(open_app: OpenApp, campaign: int, address: str) -> None:
    app = open_app(campaign=address)
    assert not app.exception
    assert app.selectbox(key="_campaign_choice").value == 0


def test_the_language_switch_is_kept(open_app: OpenApp) -> None:
    app = open_app()
    (switch,) = app.sidebar.button_group
    switch.set_value("it").run()
    assert app.session_state["language"] == "it"


def test_the_menu_speaks_the_chosen_language(open_app: OpenApp) -> None:
    assert open_app("people", language="xx").title[0].value.startswith("⟦")

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from ambassador.config import settings
from ambassador.services.work import open_workspace
from ambassador.ui.kit.workspace import _opened, workspaces
from tests.ui.conftest import ROOT


@pytest.fixture
def beside_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Start the app on the reader's own data, with a demo beside it."""
    monkeypatch.setenv("AMBASSADOR_DATA_FOLDER", str(tmp_path))
    monkeypatch.delenv("AMBASSADOR_DATABASE_URL", raising=False)
    settings.cache_clear()
    for url in (settings().own_url, settings().demo_url):
        open_workspace(url, actor="tester").engine.dispose()
    yield
    for url in workspaces().values():
        _opened(url, settings().user).engine.dispose()
    st.cache_resource.clear()
    settings.cache_clear()


def opened(**query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=120)
    app.session_state["language"] = "en"
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def badge(app: AppTest) -> str:
    """Give the header's badge; where it stands among the texts depends on the page."""
    (found,) = [text.value for text in app.markdown if "-badge[" in text.value]
    return str(found)


def test_a_badge_says_which_workspace_is_open(beside_each_other: None) -> None:
    assert "My workspace" in badge(opened())
    assert "Demo" in badge(opened(workspace="demo"))


def test_the_other_workspace_stays_open_from_page_to_page_and_in_the_address(beside_each_other: None) -> None:
    app = opened(workspace="demo").switch_page("pages/people.py").run()
    assert "Demo" in badge(app)
    assert "demo" in app.query_params["workspace"]


def test_a_link_to_a_workspace_wins_over_the_one_that_was_open(beside_each_other: None) -> None:
    app = opened(workspace="demo")
    app.query_params["workspace"] = "own"
    assert "My workspace" in badge(app.run())


def test_an_app_given_a_database_of_its_own_stays_on_it(workspace: str) -> None:
    app = opened(workspace="demo")
    assert Path(workspace).stem in badge(app)
    offered = {button.key for button in app.switch_page("pages/workspace.py").run().button}
    assert not {key for key in offered if str(key).startswith("open-")}


def test_the_workspace_page_turns_to_the_demo(beside_each_other: None) -> None:
    app = opened().switch_page("pages/workspace.py").run()
    app.button(key="open-demo").click().run()
    assert not app.exception
    assert "Demo" in badge(app)

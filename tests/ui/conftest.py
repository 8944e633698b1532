"""The app as a reader meets it, on an empty workspace of its own."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from ambassador.config import settings
from ambassador.ui.kit.workspace import all_opened

ROOT = Path(__file__).parents[2]
OpenApp = Callable[..., AppTest]


@pytest.fixture
def workspace(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Point the app at a fresh database."""
    monkeypatch.setenv("AMBASSADOR_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("AMBASSADOR_DATA_FOLDER", str(tmp_path))
    monkeypatch.setenv("AMBASSADOR_USER", "tester")
    settings.cache_clear()
    yield sqlite_url
    for work in all_opened().values():
        work.engine.dispose()
    st.cache_resource.clear()
    settings.cache_clear()


class _AsOnceEntered(PagesManager):
    """Streamlit after the menu was drawn once: every page is run by the front door, as in a real server.

    Left alone, AppTest starts anew at every run and takes the files of ``pages/`` for pages of their own.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        PagesManager.uses_pages_directory = False


@pytest.fixture(autouse=True)
def own_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put this process's main module back: AppTest leaves its script there, which new processes would run."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture(autouse=True)
def real_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make AppTest run pages as the server does."""
    monkeypatch.setattr("streamlit.testing.v1.app_test.PagesManager", _AsOnceEntered)


@pytest.fixture(autouse=True)
def unexpected_errors_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an error nobody expected reach the test instead of its box."""

    def again(error: BaseException) -> None:
        raise error

    monkeypatch.setattr("ambassador.ui.kit.errors.show_unexpected", again)


@pytest.fixture
def open_app(workspace: str, real_pages: None, unexpected_errors_fail: None) -> OpenApp:
    """Open the app by its front door on any page, in any language."""

    def open_on(page: str = "home", language: str = "en", **query: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=120)
        app.session_state["language"] = language
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        return app if page == "home" else app.switch_page(f"pages/{page}.py").run()

    return open_on

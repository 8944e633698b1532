"""The source of the tutorial, installed beside by its entry point."""

import re
from importlib.metadata import EntryPoint

import pytest
from sqlmodel import select

from ambassador.errors import BadInputError
from ambassador.intake.live import registry
from ambassador.services.live import add_watch, fetch_watch, list_sources
from ambassador.services.live.fetching import FetchOptions
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.mentions import Mention
from ambassador.values.live import RunCounts, Watched
from tests.conventions.sources import ROOT
from tests.live_server import live_server

BOOK = {
    "/spring/1.txt": "ann|2026-05-03T10:00:00+00:00|first\nbea|2026-05-03T11:00:00+00:00|second",
    "/spring/2.txt": "ann|2026-05-04T10:00:00+00:00|third",
}


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Write the module of the tutorial and name it as an installed package would."""
    code = re.search(
        r"```python\n(.*?)```", (ROOT / "docs" / "live-sources.md").read_text("utf-8"), re.DOTALL
    )
    assert code
    (tmp_path / "guestbook.py").write_text(code[1], encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    entries = [
        EntryPoint("guestbook", "guestbook:Guestbook", registry.GROUP),
        EntryPoint("broken", "guestbook:Missing", registry.GROUP),
    ]
    monkeypatch.setattr(
        registry, "entry_points", lambda group: [one for one in entries if one.group == group]
    )
    registry._installed.cache_clear()
    yield
    registry._installed.cache_clear()


def test_the_source_of_the_tutorial_brings_its_rows(installed, work: UnitOfWork) -> None:
    assert {"guestbook", "mastodon", "youtube"} <= {one.name for one in list_sources()}

    def answer(asked):
        text = BOOK.get(asked.path)
        return (
            (200, {}, text.encode())
            if text and asked.headers["authorization"] == "Bearer t"
            else (404, {}, {})
        )

    with live_server(answer) as server:
        number = add_watch(work, Watched("guestbook", "book", "spring", server.url))
        way = FetchOptions(secret=lambda _: "t")
        assert fetch_watch(work, number, way).watch.counts == RunCounts(added=3)
        assert fetch_watch(work, number, way).watch.counts == RunCounts()
    with work.reading() as session:
        assert sorted(one.text for one in session.exec(select(Mention))) == ["first", "second", "third"]


def test_one_that_cannot_be_loaded_says_so_and_keeps_no_other_away(installed, work: UnitOfWork) -> None:
    with pytest.raises(BadInputError, match="broken cannot be loaded: AttributeError"):
        add_watch(work, Watched("broken", "book", "spring"))

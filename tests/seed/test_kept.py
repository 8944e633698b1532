"""The kept demo opens on any day as if it had been built then."""

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ambassador.services.campaigns.home import home
from ambassador.services.work import open_workspace
from seed.kept import BUILT_AT, KEPT, moved_by, put_kept_demo
from seed.stage import ROME

WINTER = datetime(2027, 1, 15, 12, 0, tzinfo=UTC)
DAY = re.compile(r"20\d\d-\d\d-\d\d")


@pytest.mark.parametrize("hour", [0, 6, 9, 10, 11, 23])
@pytest.mark.parametrize("day", [datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)])
def test_nothing_in_it_is_of_the_future_and_it_is_less_than_a_day_old(day: datetime, hour: int) -> None:
    now = day + timedelta(hours=hour)
    there = BUILT_AT + moved_by(now)
    assert timedelta() <= now - there <= timedelta(days=1)
    assert there.astimezone(ROME).time() == BUILT_AT.astimezone(ROME).time()


def test_it_is_the_same_story_in_winter(tmp_path: Path) -> None:
    path = tmp_path / "demo.db"
    put_kept_demo(f"sqlite:///{path}", WINTER)
    work = open_workspace(f"sqlite:///{path}", actor="tester").at(WINTER)
    try:
        view = home(work)
    finally:
        work.engine.dispose()
    assert [(one.name, one.day) for one in view.campaigns] == [("Q1 Launch", 12)]
    assert view.campaigns[0].talkers.observed
    assert any(task.contact and task.contact.email for task in view.tasks)
    days = _days_in(path)
    assert max(days) < "2027-07", "every day moved along"
    assert min(days) > "2026-08", "no day stayed behind"


def test_it_is_small_enough_to_be_kept() -> None:
    assert KEPT.stat().st_size < 2_500_000


def _days_in(path: Path) -> set[str]:
    """Every day written anywhere in a database."""
    with closing(sqlite3.connect(path)) as opened:
        tables = [name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            day
            for table in tables
            for row in opened.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - our own names
            for value in row
            if isinstance(value, str)
            for day in DAY.findall(value)
        }

"""What a person is told when the database is held by others or has no room left."""

import sqlite3

import pytest
from sqlalchemy import event

from ambassador.errors import ConflictError, DatabaseBusyError
from ambassador.services.imports.import_files import import_file, refresh_after
from ambassador.services.mentions.refresh import is_stale
from ambassador.services.work import UnitOfWork
from ambassador.store.database import open_engine
from ambassador.store.tables.mentions import Mention
from ambassador.values.status import ImportKind
from tests.conftest import NOW
from tests.services.brought import rows
from tests.services.talk import Talk

POSTS = "post_id,platform,author,created_at,text\n" + "".join(
    f"p{number},x,nina,2026-05-03T10:{number % 60:02d}:00Z,{'#q1brezza ' * 20}{number}\n"
    for number in range(2_000)
)


def limited(url: str, pages: int) -> UnitOfWork:
    """Give a database that may grow by so many pages and no more."""
    engine = open_engine(url)

    def limit(opened: sqlite3.Connection, _: object) -> None:
        here = opened.execute("PRAGMA page_count").fetchone()[0]
        opened.execute(f"PRAGMA max_page_count = {here + pages}")

    event.listen(engine, "connect", limit)
    return UnitOfWork(engine, "tester", lambda: NOW)


@pytest.mark.parametrize("pages", [1, 8, 40, 120])
def test_a_full_disk_is_called_so_and_leaves_all_or_nothing(sqlite_work, sqlite_url, pages):
    Talk(sqlite_work).ambassador("nina")
    full = limited(sqlite_url, pages)
    with pytest.raises(ConflictError, match="no room left") as told:
        import_file(full, ImportKind.MENTIONS, "posts.csv", POSTS.encode())
    assert not isinstance(told.value, DatabaseBusyError)
    full.engine.dispose()
    with sqlite_work.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    here = len(rows(sqlite_work, Mention))
    assert here == 0 or is_stale(sqlite_work)
    import_file(sqlite_work, ImportKind.MENTIONS, "posts.csv", POSTS.encode())  # there is room again
    refresh_after(sqlite_work)
    assert len(rows(sqlite_work, Mention)) == 2_000


def test_a_disk_that_fills_up_while_credit_is_worked_out_leaves_the_mark(sqlite_work, sqlite_url):
    Talk(sqlite_work).ambassador("nina")
    import_file(sqlite_work, ImportKind.MENTIONS, "posts.csv", POSTS.encode())
    full = limited(sqlite_url, 1)
    with pytest.raises(ConflictError, match="no room left"):
        refresh_after(full)
    full.engine.dispose()
    assert is_stale(sqlite_work)
    refresh_after(sqlite_work)
    assert not is_stale(sqlite_work)


def test_a_database_held_by_others_is_called_busy_and_not_full(sqlite_work, sqlite_url):
    other = UnitOfWork(open_engine(sqlite_url), "other")
    event.listen(sqlite_work.engine, "connect", lambda opened, _: opened.execute("PRAGMA busy_timeout = 10"))
    sqlite_work.engine.dispose()
    with (
        other.writing(),
        pytest.raises(DatabaseBusyError, match="Nothing of this change is in"),
        sqlite_work.writing(patience=0.2),
    ):
        pass
    other.engine.dispose()

"""What was built from rows is kept exactly as long as no row changes, whoever changes it."""

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from ambassador.services.work import UnitOfWork
from ambassador.store import kept
from ambassador.store.database import open_engine
from ambassador.store.kept import _MOST, kept_for
from ambassador.store.tables.care import ClosedDate
from ambassador.store.tables.people import Person
from tests.conftest import NOW


def names(work: UnitOfWork) -> list[str]:
    """Read all names by way of what is kept."""
    with work.reading() as session:
        return kept_for(
            session, "names", None, lambda: list(session.execute(text("SELECT name FROM person")).scalars())
        )


def add(work: UnitOfWork, name: str) -> None:
    with work.writing() as session:
        session.add(Person(name=name, created_at=NOW))


def test_it_is_built_once_while_nothing_changes(work: UnitOfWork) -> None:
    add(work, "Nina")
    first = names(work)
    assert first == ["Nina"]
    assert names(work) is first


def test_a_change_of_ours_is_seen(work: UnitOfWork) -> None:
    add(work, "Nina")
    names(work)
    add(work, "Leo")
    assert sorted(names(work)) == ["Leo", "Nina"]


def test_a_write_that_changes_nothing_keeps_it(sqlite_work: UnitOfWork) -> None:
    add(sqlite_work, "Nina")
    first = names(sqlite_work)
    with sqlite_work.writing() as session:
        session.execute(text("UPDATE person SET name = 'Leo' WHERE name = 'nobody'"))
    assert names(sqlite_work) is first


def test_a_change_by_somebody_else_is_seen(engine: Engine) -> None:
    work = UnitOfWork(engine, "tester", lambda: NOW)
    add(work, "Nina")
    names(work)
    other = open_engine(engine.url.render_as_string(hide_password=False))
    with other.begin() as connection:  # not by way of the unit of work: as another program would
        connection.execute(text("UPDATE person SET name = 'Pia'"))
    other.dispose()
    assert names(work) == ["Pia"]


def test_who_began_to_read_earlier_keeps_what_was_there_and_spoils_nothing(sqlite_work: UnitOfWork) -> None:
    add(sqlite_work, "Nina")
    with sqlite_work.reading() as session:
        session.execute(text("SELECT count(*) FROM person")).scalar_one()  # its view of the rows begins here
        add(sqlite_work, "Leo")
        old = kept_for(
            session, "names", None, lambda: list(session.execute(text("SELECT name FROM person")).scalars())
        )
    assert old == ["Nina"]
    assert sorted(names(sqlite_work)) == ["Leo", "Nina"]


def test_who_writes_reads_the_rows_themselves(work: UnitOfWork) -> None:
    add(work, "Nina")
    names(work)
    with work.writing() as session:
        session.add(Person(name="Leo", created_at=NOW))
        session.flush()
        here = kept_for(
            session, "names", None, lambda: list(session.execute(text("SELECT name FROM person")).scalars())
        )
    assert sorted(here) == ["Leo", "Nina"]


def test_a_change_of_other_tables_leaves_it_standing(work: UnitOfWork) -> None:
    add(work, "Nina")
    first = names(work)
    with work.writing() as session:
        session.add(ClosedDate(day=NOW.date(), name="feast"))
    assert names(work) is first
    add(work, "Leo")
    assert sorted(names(work)) == ["Leo", "Nina"]


def test_what_was_built_with_something_kept_rests_on_the_same_tables(work: UnitOfWork) -> None:
    def count() -> int:
        with work.reading() as session:
            return kept_for(session, "count", None, lambda: len(names(work)))

    add(work, "Nina")
    names(work)
    assert count() == 1
    add(work, "Leo")
    assert count() == 2


def test_a_change_that_is_in_is_not_called_failed_where_its_database_cannot_be_asked_anew(
    sqlite_work: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(sqlite_work, "Nina")
    names(sqlite_work)

    def gone(_: object) -> None:
        raise OperationalError("PRAGMA user_version", None, Exception("database is locked"))

    with sqlite_work.writing() as session:
        session.add(ClosedDate(day=NOW.date(), name="feast"))
        monkeypatch.setattr(kept, "_state", gone)
    monkeypatch.undo()
    with sqlite_work.reading() as session:
        assert session.execute(text("SELECT name FROM closed_day")).scalars().all() == ["feast"]
    assert names(sqlite_work) == ["Nina"]


def test_a_change_by_somebody_else_beside_one_of_ours_is_seen(engine: Engine) -> None:
    work = UnitOfWork(engine, "tester", lambda: NOW)
    add(work, "Nina")
    names(work)
    other = open_engine(engine.url.render_as_string(hide_password=False))
    with other.begin() as connection:
        connection.execute(text("UPDATE person SET name = 'Pia'"))
    other.dispose()
    with work.writing() as session:
        session.add(ClosedDate(day=NOW.date(), name="feast"))
    assert names(work) == ["Pia"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE person SET name = 'Pia'",
        "WITH who AS (SELECT id FROM person) UPDATE person SET name = 'Pia' WHERE id IN (SELECT id FROM who)",
        "DELETE FROM person",
        "UPDATE person SET city = 'Bari', name = (SELECT 'Pia' FROM tie UNION ALL SELECT 'Pia' LIMIT 1)",
    ],
)
def test_a_bare_statement_of_ours_is_seen(work: UnitOfWork, change: str) -> None:
    add(work, "Nina")
    first = names(work)
    with work.writing() as session:
        session.execute(text(change))
    assert names(work) != first


def test_only_what_was_asked_for_last_is_kept(work: UnitOfWork) -> None:
    add(work, "Nina")
    built: list[int] = []
    for number in (*range(_MOST + 1), 0):
        with work.reading() as session:
            kept_for(session, "number", number, lambda number=number: built.append(number))
    assert built == [*range(_MOST + 1), 0]

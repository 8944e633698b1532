"""What the database says when something fails: never what a row holds."""

import traceback

import pytest
from sqlalchemy import Engine, Executable, insert, text
from sqlalchemy.exc import DBAPIError

from ambassador.errors import AmbassadorError
from ambassador.services.work import open_workspace
from ambassador.store.schema import metadata
from tests.conftest import NOW

HELD = "nina.secret@example.org"


def told(engine: Engine, failing: Executable, *before: Executable) -> str:
    """Give all that an error says whose statement fails where those before it went through."""
    with engine.connect() as connection:
        for statement in before:
            connection.execute(statement)
        with pytest.raises(DBAPIError) as caught:
            connection.execute(failing)
    return "".join(traceback.format_exception(caught.value))


def test_an_error_about_a_row_does_not_say_what_the_row_holds(engine: Engine) -> None:
    rows = {"topics": [], "is_candidate": True, "source": "", "lawful_basis": "", "created_at": NOW}
    person = insert(metadata.tables["person"]).values(id=1, name=HELD, email=HELD, **rows)
    said = told(engine, person, person)
    assert HELD not in said
    assert "IntegrityError" in said
    assert "person" in said


def test_an_error_about_a_value_does_not_repeat_the_value(postgresql_engine: Engine) -> None:
    said = told(postgresql_engine, text("SELECT CAST(:given AS integer)").bindparams(given=HELD))
    assert HELD not in said
    assert "integer" in said


def test_the_password_of_a_database_is_in_no_error() -> None:
    with pytest.raises(AmbassadorError) as caught:
        open_workspace(f"postgresql+pg8000://ann:{HELD[:4]}@127.0.0.1:1/brand", actor="ann")
    assert HELD[:4] not in "".join(traceback.format_exception(caught.value))

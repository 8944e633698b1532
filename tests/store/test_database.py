"""What the database says when something fails: never what a row holds."""

import traceback

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from ambassador.errors import AmbassadorError
from ambassador.services.work import open_workspace

HELD = "nina.secret@example.org"


def told(engine: Engine, statement: str, **values: object) -> str:
    with engine.connect() as connection, pytest.raises(DBAPIError) as caught:
        connection.execute(text(statement), values)
        connection.execute(text(statement), values)
    return "".join(traceback.format_exception(caught.value))


INSERT = "INSERT INTO person (id, display_name, email, created_at) VALUES (1, :name, :email, :now)"


def test_an_error_about_a_row_does_not_say_what_the_row_holds(engine: Engine) -> None:
    said = told(engine, INSERT, name=HELD, email=HELD, now="2026-05-01 00:00:00+00")
    assert HELD not in said
    assert "person" in said


def test_an_error_about_a_value_does_not_repeat_the_value(postgresql_engine: Engine) -> None:
    said = told(postgresql_engine, "SELECT CAST(:given AS integer)", given=HELD)
    assert HELD not in said
    assert "integer" in said


def test_the_password_of_a_database_is_in_no_error() -> None:
    with pytest.raises(AmbassadorError) as caught:
        open_workspace(f"postgresql+pg8000://ann:{HELD[:4]}@127.0.0.1:1/brand", actor="ann")
    assert HELD[:4] not in "".join(traceback.format_exception(caught.value))

"""Statements a page sends to the database and rows it gets back, beside the rows it shows."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.pool import Pool
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest, app_test

_ROOT: Final = Path(__file__).parents[1]


@dataclass(slots=True)
class Asked:
    """What was asked of the database; rows are counted by SQLite's driver, so on SQLite alone."""

    statements: int = 0
    rows: int = 0

    def counted(self, cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> tuple[Any, ...]:
        """Count a row on its way out of the driver, whoever fetched it."""
        del cursor
        self.rows += 1
        return row


@contextmanager
def counting() -> Iterator[Asked]:
    """Count what any engine of this process is asked, from now on."""
    asked = Asked()

    def statement(*_: object) -> None:
        asked.statements += 1

    def connection(connection: Any, *_: object) -> None:  # noqa: ANN401 - the driver's own connection
        if isinstance(connection, sqlite3.Connection):
            connection.row_factory = asked.counted

    event.listen(Engine, "before_cursor_execute", statement)
    event.listen(Pool, "checkout", connection)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", statement)
        event.remove(Pool, "checkout", connection)


class _AsOnceEntered(PagesManager):
    """Streamlit after the menu was drawn once: every page is run by the front door, as in a real server."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - as the server's
        super().__init__(*arguments, **options)
        PagesManager.uses_pages_directory = False


def opened_app() -> AppTest:
    """Open the app by its front door, without a browser."""
    setattr(app_test, "PagesManager", _AsOnceEntered)  # noqa: B010 - it is not among the names it offers
    app = AppTest.from_file(str(_ROOT / "streamlit_app.py"), default_timeout=900)
    app.session_state["language"] = "en"
    return app.run()


def shown_rows(app: AppTest) -> int:
    """Count the rows of the tables a page shows."""
    return sum(len(table.value) for table in app.dataframe)

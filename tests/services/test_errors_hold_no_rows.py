"""An error of the database says what failed, never what a row holds: on a page, in the shell, in the log."""

import logging
import traceback
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.exc import IntegrityError
from streamlit.testing.v1 import AppTest

from ambassador.cli.main import main
from ambassador.config import normal_url
from ambassador.errors import ConfigurationError
from ambassador.i18n import sentence
from ambassador.services.work import UnitOfWork, open_workspace
from ambassador.store.tables.campaigns import Campaign
from tests.ui.conftest import workspace as workspace  # noqa: PLC0414 - the fixture, by its own name

HELD = "Nina's secret launch"
NAMED = "campaign"


def twice(work: UnitOfWork) -> None:
    """Add two campaigns of one name, which the database refuses."""
    for _ in range(2):
        with work.writing() as session:
            session.add(
                Campaign(
                    name=HELD,
                    product=HELD,
                    starts_on=date(2026, 5, 1),
                    ends_on=date(2026, 5, 2),
                    created_at=datetime(2026, 5, 1, tzinfo=UTC),
                )
            )


def written(records: list[logging.LogRecord]) -> str:
    """Give what a log file would hold."""
    return "\n".join(logging.Formatter("%(name)s %(message)s").format(record) for record in records)


def test_the_error_itself_names_the_table_and_no_value(work: UnitOfWork) -> None:
    with pytest.raises(IntegrityError) as caught:
        twice(work)
    said = "".join(traceback.format_exception(caught.value))
    assert NAMED in str(caught.value)
    assert HELD not in said.replace("\\'", "'")


def _page() -> None:
    from ambassador.ui.kit.errors import errors_shown
    from ambassador.ui.kit.workspace import current_work
    from tests.services.test_errors_hold_no_rows import twice

    with errors_shown():
        twice(current_work())


def test_neither_a_page_nor_its_log_shows_a_value(
    workspace: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        app = AppTest.from_function(_page, default_timeout=120).run()
    details = app.expander[0].code[0].value
    assert "IntegrityError" in details
    assert "IntegrityError" in written(caplog.records)
    seen = details + written(caplog.records) + " ".join(box.value for box in app.error)
    assert "secret launch" not in seen


def test_neither_the_shell_nor_its_log_shows_a_value(
    sqlite_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    failing: Callable[..., None] = lambda work, *_, **__: twice(work)  # noqa: E731
    monkeypatch.setattr("ambassador.cli.campaigns.campaigns.list_campaigns", failing)
    with caplog.at_level(logging.DEBUG):
        assert main(["--database", sqlite_url, "campaign", "list"]) != 0
    said = capsys.readouterr()
    assert "IntegrityError" in said.err
    assert "secret launch" not in said.err + said.out + written(caplog.records)


@pytest.mark.parametrize(
    "url", ["mysql://ann:pw:1@db.example/brand", "postgresql+other://ann:pw:1@db.example/q1"]
)
def test_an_address_that_cannot_be_opened_is_named_without_its_password(url: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        normal_url(url)
    said = sentence("en", caught.value.message, **caught.value.values)
    assert "pw" not in said + str(caught.value)
    assert "ann" in said


def test_a_server_nobody_answers_at_is_named_without_its_password(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(Exception) as caught:
        open_workspace(f"postgresql+pg8000://ann:{HELD[:4]}@127.0.0.1:1/brand", actor="ann")
    assert HELD[:4] not in "".join(traceback.format_exception(caught.value)) + written(caplog.records)

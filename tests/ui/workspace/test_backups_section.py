"""Backups on the Workspace page, and a database that goes away under it."""

import time
from pathlib import Path

import pytest

from ambassador.config import settings
from ambassador.services.backups.archive import check_archive
from ambassador.services.backups.daily import keep_now, kept_backups
from ambassador.services.people.erase_person import erase_person
from ambassador.store.backups.failures import note_failure
from ambassador.ui.kit.workspace import current_work
from tests.people_samples import made
from tests.ui.conftest import OpenApp


def test_a_backup_is_made_on_request_and_shown(
    open_app: OpenApp, workspace: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMBASSADOR_BACKUPS_KEPT", "7")
    settings.cache_clear()
    made(current_work(), "anna")
    app = open_app("workspace")
    assert any("the last 7 of each kind" in line.value for line in app.markdown)
    next(button for button in app.button if button.label == "Back up now").click().run()
    until = time.monotonic() + 60
    while not any("Backed up" in toast.value for toast in app.toast) and time.monotonic() < until:
        time.sleep(0.2)
        app.run()
    assert not app.exception
    newest = kept_backups(workspace)[0]
    assert check_archive(newest.path).actor == "tester"
    assert any("They lie in" in line.value for line in app.caption)


def test_a_backup_that_failed_stands_on_the_page_until_one_succeeds(
    open_app: OpenApp, workspace: str
) -> None:
    made(current_work(), "anna")
    note_failure(current_work().engine, "No space left on device")
    app = open_app("workspace")
    assert [box for box in app.warning if "could not be made: No space left on device" in box.value]
    keep_now(workspace, current_work().engine, actor="anna")
    assert not app.run().warning


def test_backups_that_hold_somebody_erased_are_renewed_once_it_is_confirmed(
    open_app: OpenApp, workspace: str
) -> None:
    anna = made(current_work(), "anna")
    keep_now(workspace, current_work().engine, actor="tester")
    app = open_app("workspace")
    assert "renew" not in {button.key for button in app.button}
    erase_person(current_work(), anna)
    app.run()
    assert any("1 backup was made before somebody was erased" in line.value for line in app.markdown)
    assert app.button(key="renew").label == "Make a fresh backup"
    assert app.button(key="renew").disabled
    app.checkbox(key="renew-sure").check().run()
    app.button(key="renew").click().run()
    until = time.monotonic() + 60
    while not any("deleted" in toast.value for toast in app.toast) and time.monotonic() < until:
        time.sleep(0.2)
        app.run()
    assert not app.exception
    assert len(kept_backups(workspace)) == 1
    assert "renew" not in {button.key for button in app.run().button}


def test_a_database_deleted_under_the_page_is_one_line(open_app: OpenApp, workspace: str) -> None:
    app = open_app("people")
    file = Path(workspace.removeprefix("sqlite:///"))
    kept = file.read_bytes()
    file.unlink()
    app.run()
    (said,) = app.error
    assert "was deleted or replaced" in said.value
    assert not file.exists()
    file.write_bytes(kept)
    assert not app.run().error


def test_a_bad_setting_is_one_line(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app()
    monkeypatch.setenv("AMBASSADOR_LANGUAGE", "klingon")
    settings.cache_clear()
    app.run()
    (said,) = app.error
    assert "AMBASSADOR_LANGUAGE" in said.value
    monkeypatch.undo()
    settings.cache_clear()

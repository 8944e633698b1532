"""Backups nobody has to think of, and what happens when tables change."""

import gzip
import os
import shutil
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from ambassador.config import settings
from ambassador.errors import BadInputError, ConfigurationError
from ambassador.services.backups import daily
from ambassador.services.backups.archive import check_archive
from ambassador.services.backups.daily import (
    failed_backup,
    folder_of,
    is_due,
    keep_before_migration,
    keep_daily,
    keep_now,
    kept_backups,
    of_the_erased,
    renew_backups,
)
from ambassador.services.doctor import examine
from ambassador.services.mentions.refresh import bring_up_to_date
from ambassador.services.people.edit_people import add_person
from ambassador.services.people.erase_person import erase_person
from ambassador.services.work import UnitOfWork, open_workspace
from ambassador.store import migrate
from ambassador.store.tables.people import Person
from ambassador.values.backups import BackupReason
from ambassador.values.doctor import FaultKind
from ambassador.values.imports.imports import Note
from ambassador.values.people.people import NewPerson
from tests.conftest import NOW
from tests.store.test_releases import RELEASES

DAY = date(2026, 5, 12)


@pytest.fixture(autouse=True)
def seven_kept(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMBASSADOR_BACKUPS_KEPT", "7")
    settings.cache_clear()


def add_nina(work: UnitOfWork) -> None:
    with work.writing() as session:
        session.add(Person(name="Nina", created_at=NOW))


def url_of(work: UnitOfWork) -> str:
    return work.engine.url.render_as_string(hide_password=False)


def test_one_backup_is_made_a_day_and_seven_are_kept(sqlite_work: UnitOfWork) -> None:
    add_nina(sqlite_work)
    url, engine = url_of(sqlite_work), sqlite_work.engine
    for number in range(9):
        today = DAY + timedelta(days=number)
        assert keep_daily(url, engine, actor="nina", today=today) is not None
        assert keep_daily(url, engine, actor="nina", today=today) is None
    kept = kept_backups(url)
    assert [one.path.name for one in kept] == [
        f"daily-{(DAY + timedelta(days=number)).isoformat()}.zip" for number in range(8, 1, -1)
    ]
    keep_now(url, engine, actor="nina")
    keep_before_migration(url, engine, actor="nina", version="0004")
    assert [one.reason for one in kept_backups(url)[:2]] == [BackupReason.MIGRATION, BackupReason.ASKED]
    assert len(kept_backups(url)) == 9


def test_the_first_start_of_a_day_backs_up_and_the_second_does_not(
    sqlite_work: UnitOfWork,
) -> None:
    url = url_of(sqlite_work)
    open_workspace(url, actor="nina").engine.dispose()
    assert kept_backups(url) == ()  # nothing to lose yet
    add_nina(sqlite_work)
    for _ in range(2):
        open_workspace(url, actor="nina").engine.dispose()
    (kept,) = kept_backups(url)
    assert check_archive(kept.path).tables["person"].rows == 1
    assert not list(folder_of(url).glob("*.lock"))


def test_only_one_of_those_who_start_together_makes_it(sqlite_work: UnitOfWork) -> None:
    add_nina(sqlite_work)
    url = url_of(sqlite_work)
    folder_of(url).mkdir(parents=True)
    lock = folder_of(url) / f"daily-{DAY.isoformat()}.lock"
    lock.touch()
    assert keep_daily(url, sqlite_work.engine, actor="nina", today=DAY) is None
    os.utime(lock, (0, 0))  # whoever held it was killed long ago
    assert keep_daily(url, sqlite_work.engine, actor="nina", today=DAY) is not None


def test_none_is_made_of_the_demo_nor_where_they_are_switched_off(
    sqlite_work: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not is_due(settings().demo_url, DAY)
    assert is_due(url_of(sqlite_work), DAY)
    monkeypatch.setenv("AMBASSADOR_BACKUPS_KEPT", "0")
    settings.cache_clear()
    assert not is_due(url_of(sqlite_work), DAY)


def test_work_goes_on_where_no_backup_can_be_written_and_it_is_said(
    sqlite_work: UnitOfWork, data_folder: Path
) -> None:
    add_nina(sqlite_work)
    (data_folder / "backups").write_text("a file where the folder should be")
    told: list[Note] = []
    work = open_workspace(url_of(sqlite_work), actor="nina", told=told.append)
    add_nina(work)
    work.engine.dispose()
    (note,) = told
    assert "no backup of today" in str(note)


@pytest.mark.parametrize("version", ["0001", "0002", "0003"])
def test_a_database_of_an_earlier_release_is_backed_up_first_and_worked_out_anew(
    tmp_path: Path, version: str
) -> None:
    path = tmp_path / "release.db"
    path.write_bytes(gzip.decompress((RELEASES / f"schema-{version}.db.gz").read_bytes()))
    told: list[Note] = []
    work = open_workspace(f"sqlite:///{path}", actor="nina", told=told.append)
    kept = next(one for one in kept_backups(f"sqlite:///{path}") if one.reason is BackupReason.MIGRATION)
    assert check_archive(kept.path).schema == version
    assert str(kept.path) in str(told[0])
    assert [note.text for note in told[1:]] == [migrate.STEPS[step] for step in migrate.steps_after(version)]
    assert bring_up_to_date(work)
    assert not bring_up_to_date(work)
    work.engine.dispose()


def test_every_version_says_what_it_brings() -> None:
    assert set(migrate.STEPS) == migrate.known_versions()


FAILING = '''"""Fail half way.

Revision: 9999, after HEAD.
"""
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "HEAD"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("half", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("UPDATE person SET name = 'half'")
    with op.batch_alter_table("person") as batch:
        batch.add_column(sa.Column("half", sa.Integer(), nullable=True))
    op.execute("UPDATE nowhere SET x = 1")
'''


@pytest.mark.parametrize("place", ["sqlite", "postgresql"], indirect=True)
def test_a_migration_that_fails_half_way_leaves_everything_as_it_was(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = open_workspace(place, actor="nina")
    add_nina(work)
    head = migrate.newest_version()
    steps = tmp_path / "migrations"
    shutil.copytree(migrate._MIGRATIONS, steps)
    (steps / "versions" / "9999_fail.py").write_text(FAILING.replace("HEAD", str(head)))
    monkeypatch.setattr(migrate, "_MIGRATIONS", steps)
    with pytest.raises(
        ConfigurationError, match=f"could not be brought from version {head} to 9999"
    ) as caught:
        open_workspace(place, actor="nina")
    (kept,) = kept_backups(place)
    assert str(kept.path) in str(caught.value)
    assert check_archive(kept.path).tables["person"].rows == 1
    assert migrate.version(work.engine) == head
    assert "half" not in inspect(work.engine).get_table_names()
    with work.engine.connect() as connection:
        assert connection.execute(text("SELECT name FROM person")).scalar_one() == "Nina"
    monkeypatch.undo()
    migrate.check(work.engine)
    work.engine.dispose()


def test_a_backup_that_failed_is_told_until_one_succeeds(work: UnitOfWork, data_folder: Path) -> None:
    add_nina(work)
    url, engine = url_of(work), work.engine
    (data_folder / "backups").write_text("a file where the folder should be")
    with pytest.raises(BadInputError, match="cannot be written"):
        keep_daily(url, engine, actor="nina", today=DAY)
    failed = failed_backup(engine)
    assert failed is not None
    assert "cannot be written" in failed.reason
    (told,) = [fault for fault in examine(url).faults if "by itself failed" in fault.what.text]
    assert (told.kind, told.mend) == (FaultKind.BACKUP, "ambassador backup FILE")
    assert failed.reason in str(told.what)
    (data_folder / "backups").unlink()
    assert keep_daily(url, engine, actor="nina", today=DAY) is not None
    assert failed_backup(engine) is None
    assert not [fault for fault in examine(url).faults if fault.kind is FaultKind.BACKUP]


def test_after_an_erasure_a_fresh_backup_takes_the_place_of_those_that_hold_the_person(
    work: UnitOfWork,
) -> None:
    work = UnitOfWork(work.engine, "nina")  # files are dated by the real clock
    url, engine = url_of(work), work.engine
    zelda = add_person(work, NewPerson("Zelda Quintessa", "x", "zelda7"))
    keep_daily(url, engine, actor="nina", today=DAY)
    keep_before_migration(url, engine, actor="nina", version="0004")
    keep_now(url, engine, actor="nina")
    assert of_the_erased(url, engine) == ()
    erase_person(work, zelda)
    assert len(of_the_erased(url, engine)) == 3
    done = renew_backups(url, engine, actor="nina")
    assert done.deleted == 3
    assert of_the_erased(url, engine) == ()
    (kept,) = kept_backups(url)
    with zipfile.ZipFile(kept.path) as opened:
        held = b"".join(opened.read(name) for name in opened.namelist())
    assert b"zelda7" not in held
    assert b"Quintessa" not in held


def test_older_backups_stay_where_no_fresh_one_can_be_made(
    sqlite_work: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_nina(sqlite_work)
    url, engine = url_of(sqlite_work), sqlite_work.engine
    keep_daily(url, engine, actor="nina", today=DAY)

    def full(*_: object, **__: object) -> None:
        raise BadInputError("the backup {name} cannot be written: {reason}", name="x", reason="full")

    monkeypatch.setattr(daily, "back_up_engine", full)
    with pytest.raises(BadInputError, match="full"):
        renew_backups(url, engine, actor="nina")
    assert len(kept_backups(url)) == 1

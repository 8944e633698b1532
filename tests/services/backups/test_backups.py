"""A backup holds one moment of the whole workspace, and restoring it gives every row back."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import inspect, text
from sqlmodel import select

from ambassador.config import settings
from ambassador.errors import AmbassadorError
from ambassador.services.backups import back_up, restore
from ambassador.services.backups.archive import check_archive, read_manifest
from ambassador.services.results.results import observe_results
from ambassador.services.work import UnitOfWork, open_workspace
from ambassador.store import migrate
from ambassador.store.database import open_engine
from ambassador.store.tables.devices import Device
from ambassador.store.tables.imports import WorkspaceSetting
from ambassador.store.tables.network import NetworkSnapshot
from ambassador.store.tables.people import Account, AudienceMember, Person
from ambassador.values.backups import TableSum
from tests.conftest import NOW
from tests.services.story import tell


def url_of(work: UnitOfWork) -> str:
    return work.engine.url.render_as_string(hide_password=False)


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def attempt(backup: Path, target: Path) -> tuple[dict[str, TableSum], str]:
    try:
        return {one.table: one.found for one in restore(backup, f"sqlite:///{target}").tables}, ""
    except AmbassadorError as error:
        return {}, str(error)


def test_a_workspace_comes_back_row_by_row_on_either_database(
    work: UnitOfWork, place: str, tmp_path: Path
) -> None:
    story = tell(work)
    odd = {"half": 0.5, "whole": 3.0, "number": 50, "none": None, "text": 'tab\t, "quote", \\N, ünïcode\n'}
    with work.writing() as session:
        session.add_all(WorkspaceSetting(key=key, value=value) for key, value in odd.items())
        session.add(Person(name="Zoë \\ O'Neil\t", topics=["a,b", "\\"], score_by_hand=0.1, created_at=NOW))
        account = session.exec(select(Account)).first()
        assert account and account.id
        session.add(AudienceMember(account_id=account.id, member_hash=b"\x00\\\n\xff", read_at=NOW))
    made = back_up(url_of(work), tmp_path / "team.zip", actor="nina")
    assert made.manifest.tables["mention"].rows == len(story.mentions)
    done = restore(made.path, place)
    assert all(one.same for one in done.tables)
    assert {one.table for one in done.tables} == set(made.manifest.tables)
    again = open_workspace(place, actor="nina")
    try:
        with again.reading() as session:
            kept = {row.key: row.value for row in session.exec(select(WorkspaceSetting))}
            assert {key: kept[key] for key in odd} == odd
            assert session.exec(select(AudienceMember.member_hash)).one() == b"\x00\\\n\xff"
            zoe = session.exec(select(Person).where(Person.name == "Zoë \\ O'Neil\t")).one()
            assert (zoe.topics, zoe.score_by_hand, zoe.created_at) == (["a,b", "\\"], 0.1, NOW)
        assert observe_results(again.at(NOW), story.campaign) == observe_results(work, story.campaign)
        with again.writing() as session:  # new rows are numbered after those that came back
            session.add(Person(name="new", created_at=NOW))
            session.flush()
    finally:
        again.engine.dispose()


def test_a_backup_of_a_backup_has_the_same_sums(launch: str, new_postgresql: str, tmp_path: Path) -> None:
    first = back_up(launch, tmp_path / "first.zip", actor="nina")
    assert first.manifest.schema == "0003"
    restore(first.path, new_postgresql)
    second = back_up(new_postgresql, tmp_path / "second.zip", actor="nina")
    restore(second.path, f"sqlite:///{tmp_path / 'third.db'}")
    third = back_up(f"sqlite:///{tmp_path / 'third.db'}", tmp_path / "third.zip", actor="nina")
    assert first.manifest.rows > 500
    assert first.manifest.tables == second.manifest.tables == third.manifest.tables


def test_a_backup_of_an_older_release_opens_on_the_other_database(launch: str, new_postgresql: str) -> None:
    folder = settings().data_folder
    restore(back_up(launch, folder, actor="nina").path, new_postgresql)
    work = open_workspace(new_postgresql, actor="nina")
    assert migrate.version(work.engine) == migrate.newest_version()
    migrate.check(work.engine)
    assert observe_results(work, 1).total.views.value == 91_000
    work.engine.dispose()


def test_network_files_go_along_and_a_lost_one_is_named(
    work: UnitOfWork, place: str, tmp_path: Path, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, lost = (f"networks/{letter * 64}.npz" for letter in "ab")
    (data_folder / "networks").mkdir()
    (data_folder / kept).write_bytes(b"arrays" * 1000)
    with work.writing() as session:
        for number, name in enumerate((kept, lost)):
            session.add(
                NetworkSnapshot(sha256=str(number), node_count=1, tie_count=0, built_at=NOW, file_name=name)
            )
    made = back_up(url_of(work), tmp_path / "team.zip", actor="nina")
    assert made.manifest.missing == (lost,)
    elsewhere = tmp_path / "elsewhere"
    monkeypatch.setenv("AMBASSADOR_DATA_FOLDER", str(elsewhere))
    monkeypatch.setenv("AMBASSADOR_TIERS", "[1,2,3]")
    settings.cache_clear()
    done = restore(made.path, place)
    assert done.files == (kept,)
    assert (elsewhere / kept).read_bytes() == b"arrays" * 1000
    assert done.other_settings == {"tiers": (None, [1, 2, 3])}
    assert files_in(elsewhere / "networks") == ["a" * 64 + ".npz"]


def test_what_is_written_while_the_backup_is_made_is_in_it_whole_or_not_at_all(
    work: UnitOfWork, tmp_path: Path
) -> None:
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            with work.writing() as session:  # always two at once
                session.add_all(Device(model="Q1", created_at=NOW) for _ in range(2))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        counts = [
            back_up(url_of(work), tmp_path / f"{number}.zip", actor="n").manifest.tables["device"].rows
            for number in range(3)
        ]
    finally:
        stop.set()
        writer.join()
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]
    assert not [count for count in counts if count % 2]


def test_only_an_empty_place_is_restored_into(work: UnitOfWork, place: str, tmp_path: Path) -> None:
    tell(work)
    made = back_up(url_of(work), tmp_path / "team.zip", actor="nina")
    full = open_workspace(place, actor="nina")  # its tables are there, without a row
    try:
        restore(made.path, place)
        before = back_up(place, tmp_path / "before.zip", actor="nina").manifest.tables
        with pytest.raises(AmbassadorError, match=r"not empty .*person"):
            restore(made.path, place)
        assert back_up(place, tmp_path / "after.zip", actor="nina").manifest.tables == before
        assert observe_results(full.at(NOW), 1) == observe_results(work, 1)  # also for who had it open
    finally:
        full.engine.dispose()


def test_nothing_is_overwritten(launch: str, tmp_path: Path) -> None:
    made = back_up(launch, tmp_path / "team.zip", actor="nina")
    before = made.path.read_bytes()
    with pytest.raises(AmbassadorError, match=r"team\.zip is there already"):
        back_up(launch, made.path, actor="nina")
    assert made.path.read_bytes() == before


def test_there_is_no_backup_of_a_database_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(AmbassadorError, match="there is no database gone"):
        back_up(f"sqlite:///{tmp_path / 'gone.db'}", tmp_path / "x.zip", actor="nina")
    assert files_in(tmp_path) == ["data"]


def test_a_damaged_database_is_not_backed_up(launch: str, tmp_path: Path) -> None:
    path = Path(launch.removeprefix("sqlite:///"))
    content = bytearray(path.read_bytes())
    with closing(sqlite3.connect(path)) as opened:
        (size,) = opened.execute("PRAGMA page_size").fetchone()
        (page,) = opened.execute("SELECT rootpage FROM sqlite_master WHERE name = 'mention'").fetchone()
    content[(page - 1) * size : page * size] = bytes([7]) * size
    path.write_bytes(content)
    with pytest.raises(AmbassadorError):
        back_up(launch, tmp_path / "team.zip", actor="nina")
    assert not (tmp_path / "team.zip").exists()


@pytest.mark.parametrize("part", range(12))
def test_a_changed_byte_is_refused_or_changes_nothing(launch: str, tmp_path: Path, part: int) -> None:
    made = back_up(launch, tmp_path / "team.zip", actor="nina")
    wanted = made.manifest.tables
    content = bytearray(made.path.read_bytes())
    for at in (len(content) * part // 12, len(content) - 1 - part * 37):
        changed = bytearray(content)
        changed[at] ^= 0xFF
        made.path.write_bytes(changed)
        target = tmp_path / f"place{at}.db"
        found, said = attempt(made.path, target)
        assert found == wanted if found else "team.zip" in said and not target.exists()


@pytest.mark.parametrize("length", [0, 1, 1000, -1, -30])
def test_half_a_backup_is_refused(launch: str, tmp_path: Path, length: int) -> None:
    made = back_up(launch, tmp_path / "team.zip", actor="nina")
    made.path.write_bytes(made.path.read_bytes()[:length])
    with pytest.raises(AmbassadorError, match=r"team\.zip"):
        restore(made.path, f"sqlite:///{tmp_path / 'place.db'}")
    assert not (tmp_path / "place.db").exists()


@pytest.mark.parametrize("name", ["../../evil.npz", "/etc/evil", "networks/../x.npz", "networks/a.npz"])
def test_a_backup_writes_nowhere_else(launch: str, tmp_path: Path, name: str) -> None:
    made = back_up(launch, tmp_path / "team.zip", actor="nina")
    with zipfile.ZipFile(made.path) as opened:
        files = {one: opened.read(one) for one in opened.namelist()}
    files["manifest.json"] = files["manifest.json"].replace(
        b'"files": {', b'"files": {"%s": {"bytes": 1, "sha256": ""},' % name.encode()
    )
    with zipfile.ZipFile(made.path, "w") as opened:
        for one, content in {**files, name: b"x"}.items():
            opened.writestr(one, content)
    with pytest.raises(AmbassadorError, match="no backup"):
        restore(made.path, f"sqlite:///{tmp_path / 'place.db'}")


def test_a_backup_of_a_newer_program_is_left_alone(launch: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(launch.removeprefix("sqlite:///"))) as opened:
        opened.execute("UPDATE alembic_version SET version_num = '9999'")
        opened.commit()
    made = back_up(launch, tmp_path / "team.zip", actor="nina")
    with pytest.raises(AmbassadorError, match="newer version"):
        restore(made.path, f"sqlite:///{tmp_path / 'place.db'}")


def test_rows_that_are_not_those_of_the_backup_are_not_kept(
    launch: str, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = back_up(launch, tmp_path / "team.zip", actor="nina")
    real = read_manifest(made.path)
    tables = {**real.tables, "person": type(real.tables["person"])(1, "0" * 64)}
    lied = type(real)(**{name: getattr(real, name) for name in real.__slots__} | {"tables": tables})
    monkeypatch.setattr("ambassador.services.backups.restoring.read_manifest", lambda _: lied)
    with pytest.raises(AmbassadorError, match="person: nothing was kept"):
        restore(made.path, place)
    engine = open_engine(place)
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_the_log_of_a_lost_database_is_not_played_into_the_restored_one(launch: str, tmp_path: Path) -> None:
    made = back_up(launch, tmp_path / "team.zip", actor="nina")
    target = tmp_path / "place.db"
    lost = open_workspace(f"sqlite:///{target}", actor="nina")
    with lost.writing() as session:
        session.add(Person(name="of the lost database", created_at=NOW))
    log = (tmp_path / "place.db-wal").read_bytes()
    lost.engine.dispose()
    target.unlink()
    (tmp_path / "place.db-wal").write_bytes(log)
    restore(made.path, f"sqlite:///{target}")
    again = back_up(f"sqlite:///{target}", tmp_path / "again.zip", actor="nina")
    assert again.manifest.tables == made.manifest.tables
    assert (tmp_path / "place.db-wal.old").read_bytes() == log


DYING = """
import os, signal, sys
from pathlib import Path
from ambassador.services.backups import back_up, restore
import {module} as module
real, left = module.{name}, {after}
def dying(*given, **named):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*given, **named)
module.{name} = dying
{call}
"""


def die(module: str, name: str, after: int, call: str) -> None:
    script = DYING.format(module=module, name=name, after=after, call=call)
    ended = subprocess.run([sys.executable, "-c", script], check=False, env=os.environ, capture_output=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("ambassador.services.backups.making", "copy_database"),
        ("ambassador.services.backups.making", "sums_of_file"),
        ("ambassador.services.backups.archive", "_copied"),
        ("ambassador.services.backups.archive", "manifest_as_json"),
        ("ambassador.services.backups.archive", "put_in_place"),
    ],
)
def test_a_backup_killed_on_the_way_leaves_no_file_of_its_name(
    launch: str, tmp_path: Path, module: str, name: str
) -> None:
    target = tmp_path / "team.zip"
    die(module, name, 0, f"back_up({launch!r}, Path({str(target)!r}), actor='n')")
    assert not target.exists()
    assert check_archive(back_up(launch, target, actor="nina").path).rows > 500


SQLITE = [
    ("ambassador.services.backups.restoring", "unpack", 0),
    ("ambassador.services.backups.restoring", "fill_place", 0),
    ("ambassador.store.backups.fill", "sums", 0),
    ("ambassador.store.backups.fill", "_refuse_difference", 0),
    ("ambassador.store.backups.fill", "_put_logs_aside", 0),
]
POSTGRESQL = [
    ("ambassador.store.backups.rows", "_copied", 400),
    ("ambassador.store.backups.fill", "_number_on", 0),
]


@pytest.mark.parametrize(
    ("place", "module", "name", "after"),
    [("sqlite", *point) for point in SQLITE] + [("postgresql", *point) for point in POSTGRESQL],
    indirect=["place"],
)
def test_a_place_whose_restore_was_killed_is_still_empty(
    launch: str, place: str, tmp_path: Path, module: str, name: str, after: int
) -> None:
    made = back_up(launch, tmp_path / "team.zip", actor="nina")
    die(module, name, after, f"restore(Path({str(made.path)!r}), {place!r})")
    assert all(one.same for one in restore(made.path, place).tables)


def test_a_backup_says_when_by_whom_and_of_what(launch: str, tmp_path: Path) -> None:
    before = datetime.now(UTC)
    made = back_up(launch, tmp_path, actor="nina")
    told = read_manifest(made.path)
    assert told == made.manifest
    assert (told.database, told.actor, told.kind, told.reason.value) == ("launch", "nina", "sqlite", "asked")
    assert before <= told.made_at <= datetime.now(UTC)
    assert made.path.name == f"launch-{told.made_at:%Y-%m-%d-%H%M%S}.zip"


def test_no_password_goes_into_a_backup(launch: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMBASSADOR_DATABASE_URL", "postgresql://ann:hidden-word@db.example/brand")
    monkeypatch.setenv("AMBASSADOR_USER", "ann")
    settings.cache_clear()
    made = back_up(launch, tmp_path / "team.zip", actor="nina")
    assert made.manifest.settings == {"user": "ann", "backups_kept": 0}  # as the tests are run
    with zipfile.ZipFile(made.path) as opened:
        assert b"hidden-word" not in opened.read("manifest.json")


def test_copying_the_file_of_a_running_app_misses_the_last_rows(
    sqlite_work: UnitOfWork, tmp_path: Path
) -> None:
    """Why there is a verb for it."""
    with sqlite_work.writing() as session:
        session.add(Person(name="Nina", created_at=NOW))
    path = Path(url_of(sqlite_work).removeprefix("sqlite:///"))
    copied = tmp_path / "copied.db"
    copied.write_bytes(path.read_bytes())
    with closing(sqlite3.connect(copied)) as opened:
        assert opened.execute("SELECT count(*) FROM person").fetchone() == (0,)
    made = back_up(url_of(sqlite_work), tmp_path / "team.zip", actor="nina")
    assert made.manifest.tables["person"].rows == 1


def test_a_database_that_already_has_tables_of_somebody_else_is_refused(
    new_postgresql: str, launch: str
) -> None:
    engine = open_engine(new_postgresql)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE invoices (id int PRIMARY KEY)"))
        connection.execute(text("INSERT INTO invoices VALUES (1)"))
    engine.dispose()
    made = back_up(launch, settings().data_folder, actor="nina")
    with pytest.raises(AmbassadorError, match="invoices"):
        restore(made.path, new_postgresql)

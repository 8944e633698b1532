"""A disk that is really full: it is said, nothing is half there, and work goes on once there is room."""

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from ambassador.config import settings
from ambassador.errors import AmbassadorError
from ambassador.services.backups.archive import check_archive
from ambassador.services.backups.daily import folder_of, keep_now, kept_backups
from ambassador.services.imports.import_files import import_file, refresh_after
from ambassador.services.learning.learn import learn_influence
from ambassador.services.mentions.refresh import bring_up_to_date
from ambassador.services.people.erase_person import erase_person
from ambassador.services.people.people import list_people
from ambassador.services.picks.picks import pick_ambassadors
from ambassador.services.work import UnitOfWork
from ambassador.store.database import open_engine
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.network import ParameterSet
from ambassador.store.tables.records import Pick
from ambassador.values.picks.picks import PickRequest
from ambassador.values.status import ImportKind
from tests.conftest import NOW
from tests.databases import copy_sqlite
from tests.everything import differences, everything
from tests.kill import story
from tests.services.brought import rows

MEGABYTES = 24
PEOPLE, POSTS_OF_STORY, POSTS_OF_FILE = 3, 24, 2_000
MORE = "post_id,platform,author,created_at,text\n" + "".join(
    f"m{number},x,nina,2026-05-03T10:{number % 60:02d}:00Z,{'#q1brezza ' * 20}{number}\n"
    for number in range(POSTS_OF_FILE)
)


@pytest.fixture
def small_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a disk of a few megabytes; making one takes the rights of an administrator."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(disk)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no disk of its own can be mounted here: {error}")
    monkeypatch.setenv("AMBASSADOR_DATA_FOLDER", str(disk))
    monkeypatch.setenv("AMBASSADOR_BACKUPS_KEPT", "7")
    settings.cache_clear()
    yield disk
    settings.cache_clear()
    subprocess.run(["umount", str(disk)], check=True)


@pytest.fixture
def work_on_it(small_disk: Path, sqlite_template: Path) -> Iterator[UnitOfWork]:
    """Give a workspace with a story in it on that disk."""
    work = UnitOfWork(open_engine(copy_sqlite(sqlite_template, small_disk)), "tester", lambda: NOW)
    story(work)
    work.engine.dispose()  # writes the log into the file
    yield work
    work.engine.dispose()


def fill(disk: Path, left: int) -> Path:
    """Take all of a disk but so many bytes."""
    ballast = disk / "ballast"
    with ballast.open("wb") as opened:
        about = os.statvfs(disk)
        os.posix_fallocate(opened.fileno(), 0, max(about.f_bavail * about.f_frsize - left, 1))
    return ballast


def _import(work: UnitOfWork) -> None:
    import_file(work, ImportKind.MENTIONS, "more.csv", MORE.encode())
    refresh_after(work)


def _back_up(work: UnitOfWork) -> None:
    url = work.engine.url.render_as_string()
    check_archive(keep_now(url, work.engine, actor="tester").path)


CHANGES: Mapping[str, Callable[[UnitOfWork], object]] = {
    "import": _import,
    "pick": lambda work: pick_ambassadors(work, PickRequest(2, key=7, runs=50)),
    "learning": learn_influence,
    "erasure": lambda work: erase_person(work, 1),
    "backup": _back_up,
}
IN_PIECES = {"import", "erasure"}
"""What comes in more than one transaction, each whole, the last of which clears a mark."""


@pytest.mark.parametrize("left", [0, 40, 400], ids=lambda left: f"{left}KB")
@pytest.mark.parametrize("name", CHANGES)
def test_a_full_disk_is_said_and_nothing_is_half_there(
    work_on_it: UnitOfWork, small_disk: Path, name: str, left: int
) -> None:
    before = everything(work_on_it)
    ballast = fill(small_disk, left * 1024)
    told = ""
    try:
        CHANGES[name](work_on_it)
    except AmbassadorError as error:
        told = str(error)
    assert told or left, "with no byte left nothing can be written"
    assert not told or any(words in told for words in ("no room left", "No space left", "is full")), told
    work_on_it.engine.dispose()
    ballast.unlink()
    with work_on_it.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    after = everything(work_on_it)
    assert not told or name in IN_PIECES or after == before, differences(before, after)
    _works_again(work_on_it, name, told)
    parts = [path.name for path in small_disk.rglob("*") if path.name.endswith((".part", ".lock"))]
    assert parts == []


def _works_again(work: UnitOfWork, name: str, told: str) -> None:
    """There is room again: the same change goes through."""
    bring_up_to_date(work)
    url = work.engine.url.render_as_string()
    if name == "backup":
        assert bool(told) is (kept_backups(url) == ())
        assert not told or list(folder_of(url).glob("*")) == []
        _back_up(work)
        return
    if told and not (name == "erasure" and list_people(work).everybody < PEOPLE):
        CHANGES[name](work)
    assert name != "import" or len(rows(work, Mention)) == POSTS_OF_STORY + POSTS_OF_FILE
    assert name != "pick" or len(rows(work, Pick)) == 1
    assert name != "learning" or len(rows(work, ParameterSet)) == 1
    assert name != "erasure" or list_people(work).everybody == PEOPLE - 1

"""Each fault, made by hand in a healthy workspace: it is named, with the verb that mends it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import select

from ambassador.errors import AmbassadorError
from ambassador.services.doctor import examine, mend
from ambassador.services.mentions.refresh import refresh_mentions
from ambassador.services.work import UnitOfWork
from ambassador.store.stale import mark_stale
from ambassador.store.tables.devices import Device
from ambassador.values.doctor import FaultKind
from tests.services.talk import Talk


@pytest.fixture
def healthy(work: UnitOfWork) -> UnitOfWork:
    """Give the small workspace on both databases."""
    return _filled(work)


@pytest.fixture
def in_a_file(sqlite_work: UnitOfWork) -> UnitOfWork:
    """Give the small workspace on SQLite."""
    return _filled(sqlite_work)


def _filled(work: UnitOfWork) -> UnitOfWork:
    """Nina and Leo have phones; Nina's post was answered, Leo's shared."""
    talk = Talk(work)
    for handle, serial in {"nina": "S1", "leo": "S2"}.items():
        talk.ambassador(handle)
        talk.phone(serial, handle, since=-24)
    talk.post("n1", "nina", "#q1", at=1)
    talk.post("n2", "ugo", "nice", parent="n1", at=2)
    talk.post("l1", "leo", "#q1", at=3)
    talk.post("l2", "eva", "", root="l1", at=4)
    refresh_mentions(work)
    return work


def url_of(work: UnitOfWork) -> str:
    return work.engine.url.render_as_string(hide_password=False)


def breaks(work: UnitOfWork, *statements: str) -> None:
    """Change rows as no part of the program would."""
    with work.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")
            connection.connection.driver_connection.execute("BEGIN")
            for statement in statements:
                connection.connection.driver_connection.execute(statement)
            connection.connection.driver_connection.execute("COMMIT")
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = ON")
            return
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in statements:
            connection.execute(text(statement))
        connection.commit()


def kinds(work: UnitOfWork) -> set[FaultKind]:
    return {fault.kind for fault in examine(url_of(work)).faults}


def test_a_healthy_workspace_has_nothing_wrong(healthy: UnitOfWork) -> None:
    found = examine(url_of(healthy))
    assert found.faults == ()
    assert (found.looked_at["devices"], found.looked_at["mentions"], found.looked_at["shares"]) == (2, 4, 4)


BROKEN_ROWS = (
    ("UPDATE custody SET device_id = 99 WHERE id = 1", FaultKind.POINTS_NOWHERE, "custody"),
    ("UPDATE campaign SET launch_forecast_id = 7", FaultKind.POINTS_NOWHERE, "forecast"),
    (
        "DELETE FROM account WHERE id = (SELECT min(account_id) FROM mention)",
        FaultKind.POINTS_NOWHERE,
        "mention",
    ),
    ("UPDATE device SET status = 'in_stock' WHERE serial = 'S1'", FaultKind.STOCK, "S1"),
    ("UPDATE custody SET ended_at = delivered_at WHERE id = 2", FaultKind.STOCK, "S2"),
    (
        "UPDATE mention SET parent_observed_id = 3 WHERE post_id = 'n2'",
        FaultKind.WRONG_PARENT,
        "hang from another post",
    ),
)
"""What breaks a row, the kind of fault it is, a word of what is said."""
ALSO_BROKEN = "UPDATE tie SET interactions = 9 WHERE origin = 'mentions'"


@pytest.mark.parametrize(("statement", "kind", "said"), BROKEN_ROWS)
def test_a_broken_row_is_named_and_mended(
    in_a_file: UnitOfWork, statement: str, kind: FaultKind, said: str
) -> None:
    breaks(in_a_file, statement)
    fault = next(one for one in examine(url_of(in_a_file)).faults if one.kind is kind)
    assert said in str(fault.what)
    assert fault.mend == "ambassador doctor --mend"
    mend(in_a_file)
    assert kinds(in_a_file) == set()


def test_many_broken_rows_are_named_at_once_and_mended_on_both_databases(healthy: UnitOfWork) -> None:
    side_by_side = BROKEN_ROWS[1:]  # the first takes away the stay that another is about
    breaks(healthy, *(statement for statement, _, _ in side_by_side))
    found = examine(url_of(healthy)).faults
    for _, kind, said in side_by_side:
        assert any(said in str(one.what) for one in found if one.kind is kind)
    mend(healthy)
    assert kinds(healthy) == set()
    breaks(healthy, ALSO_BROKEN)
    assert kinds(healthy) == {FaultKind.NOT_RECOMPUTED}
    refresh_mentions(healthy)
    assert kinds(healthy) == set()


@pytest.mark.parametrize(("ended", "wanted"), [("returned", "in_stock"), ("lost", "lost")])
def test_a_phone_that_nobody_has_any_more_is_told_as_that(
    in_a_file: UnitOfWork, ended: str, wanted: str
) -> None:
    breaks(in_a_file, "DELETE FROM device_event")
    breaks(in_a_file, "UPDATE custody SET ended_at = delivered_at WHERE id = 2")
    breaks(in_a_file, "UPDATE custody SET ended_as = ended WHERE id = 2".replace(" ended ", f" '{ended}' "))
    (fault,) = [one for one in examine(url_of(in_a_file)).faults if one.kind is FaultKind.STOCK]
    assert "nobody has it any more" in fault.what.text
    assert fault.what.values["wanted"] == wanted
    mend(in_a_file)
    assert kinds(in_a_file) == set()
    with in_a_file.reading() as session:
        assert [str(one.status) for one in session.exec(select(Device)) if one.serial == "S2"] == [wanted]


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE credit SET share = 0.25 WHERE id = (SELECT min(id) FROM credit)", FaultKind.SHARES),
        ("DELETE FROM credit", FaultKind.NOT_RECOMPUTED),
        (
            "UPDATE credit SET ambassador_id = 2 WHERE mention_id = 1",
            FaultKind.NOT_RECOMPUTED,
        ),
        (
            "DELETE FROM mention_campaign WHERE mention_id = (SELECT id FROM mention WHERE post_id = 'n1')",
            FaultKind.NOT_RECOMPUTED,
        ),
        (ALSO_BROKEN, FaultKind.NOT_RECOMPUTED),
    ],
)
def test_a_computed_figure_that_is_wrong_is_named_and_computed_again(
    in_a_file: UnitOfWork, statement: str, kind: FaultKind
) -> None:
    breaks(in_a_file, statement)
    fault = next(one for one in examine(url_of(in_a_file)).faults if one.kind is kind)
    assert fault.mend == "ambassador mentions match"
    refresh_mentions(in_a_file)
    assert kinds(in_a_file) == set()


def test_what_waits_to_be_worked_out_is_named(healthy: UnitOfWork) -> None:
    with healthy.writing() as session:
        mark_stale(session)
    (fault,) = examine(url_of(healthy)).faults
    assert (fault.kind, fault.mend) == (FaultKind.STALE, "ambassador mentions match")
    refresh_mentions(healthy)
    assert kinds(healthy) == set()


def test_a_state_nobody_knows_is_named(healthy: UnitOfWork) -> None:
    breaks(healthy, "UPDATE device SET status = 'eaten' WHERE serial = 'S1'")
    (fault,) = examine(url_of(healthy)).faults
    assert fault.kind is FaultKind.UNKNOWN_STATE
    assert "eaten" in str(fault.what)


def test_tables_that_were_changed_by_hand_are_named(sqlite_work: UnitOfWork) -> None:
    breaks(sqlite_work, "ALTER TABLE person ADD COLUMN shoe_size INTEGER")
    assert kinds(sqlite_work) == {FaultKind.TABLES}


def test_a_damaged_page_is_named(sqlite_work: UnitOfWork) -> None:
    Talk(sqlite_work).post("n1", "nina", "x" * 3000, at=1)
    sqlite_work.engine.dispose()
    path = Path(url_of(sqlite_work).removeprefix("sqlite:///"))
    with closing(sqlite3.connect(path)) as opened:
        (size,) = opened.execute("PRAGMA page_size").fetchone()
        (page,) = opened.execute("SELECT rootpage FROM sqlite_master WHERE name = 'mention'").fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * size + 8 : page * size] = bytes([7]) * (size - 8)
    path.write_bytes(content)
    (fault,) = examine(url_of(sqlite_work)).faults
    assert (fault.kind, fault.mend) == (FaultKind.DAMAGED, "ambassador --database NEW restore BACKUP")


def test_files_that_are_gone_and_files_nobody_knows_are_named(
    sqlite_work: UnitOfWork, data_folder: Path
) -> None:
    gone, left = (f"networks/{letter * 64}.npz" for letter in "ab")
    breaks(
        sqlite_work,
        "INSERT INTO network_snapshot (id, sha256, node_count, tie_count, direction, probabilities, built_at,"
        " file_name) VALUES (1, 'x', 1, 0, '', '', '2026-05-01 00:00:00.000000', 'GONE')".replace(
            "GONE", gone
        ),
    )
    (data_folder / "networks").mkdir()
    (data_folder / left).write_bytes(b"x")
    (data_folder / "demo.db.77.part").write_bytes(b"x")
    found = {fault.kind: str(fault.what) for fault in examine(url_of(sqlite_work)).faults}
    assert gone in found[FaultKind.NETWORK_FILE]
    faults = [
        str(one.what) for one in examine(url_of(sqlite_work)).faults if one.kind is FaultKind.UNKNOWN_FILE
    ]
    assert [said.partition(" ")[0] for said in faults] == ["demo.db.77.part", left]


def test_there_must_be_something_to_look_at(tmp_path: Path) -> None:
    with pytest.raises(AmbassadorError, match="there is no database gone"):
        examine(f"sqlite:///{tmp_path / 'gone.db'}")
    assert not (tmp_path / "gone.db").exists()

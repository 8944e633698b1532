"""A workspace exported into a folder of tables comes back row by row, on either database."""

import csv
import json
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from sqlmodel import col, select

from ambassador.errors import AmbassadorError
from ambassador.services.backups.folders import export_all, restore_folder
from ambassador.services.results.results import observe_results
from ambassador.services.work import UnitOfWork, open_workspace
from ambassador.store.backups import table_files
from ambassador.store.tables.imports import WorkspaceSetting
from ambassador.store.tables.people import Account, AudienceMember, Person
from ambassador.values.table_format import TableFormat
from tests.conftest import NOW
from tests.services.backups.test_backups import files_in, url_of
from tests.services.story import tell

AWKWARD = [
    "=" * 70_000,
    "\r" * 20_000,
    "",
    "_x000D_",
    " two ",
    "\x07",
    "=1+1",
    "@ida",
    "'quoted",
    "+39 333",
    "-",
    "\ttab",
    'two\r\nlines, "q"',
    "12",
    "\\N",
    "ünï",
]


@pytest.mark.parametrize("form", list(TableFormat))
def test_every_table_comes_back_the_same_on_either_database(
    work: UnitOfWork, place: str, tmp_path: Path, form: TableFormat
) -> None:
    story = tell(work)
    odd = {"half": 0.5, "whole": 3.0, "number": -50, "none": None, "text": "=1", "list": AWKWARD}
    with work.writing() as session:
        session.add_all(WorkspaceSetting(key=key, value=value) for key, value in odd.items())
        session.add_all(
            Person(name=f"awkward {number:02}", notes=text, topics=AWKWARD, created_at=NOW)
            for number, text in enumerate(AWKWARD)
        )
        account = session.exec(select(Account)).first()
        assert account and account.id
        session.add(AudienceMember(account_id=account.id, member_hash=b"\x00\\\n\xff", read_at=NOW))
    made = export_all(url_of(work), tmp_path / "out", actor="nina", form=form)
    assert made.manifest.tables["mention"].rows == len(story.mentions)
    done = restore_folder(tmp_path / "out", place)
    assert all(one.same for one in done.tables)
    assert {one.table for one in done.tables} == set(made.manifest.tables)
    again = open_workspace(place, actor="nina")
    try:
        with again.reading() as session:
            asked = select(Person).where(col(Person.name).startswith("awkward")).order_by(Person.name)
            found = session.exec(asked).all()
            assert [one.notes for one in found] == AWKWARD
            assert all(one.topics == AWKWARD for one in found)
        assert observe_results(again.at(NOW), story.campaign) == observe_results(work, story.campaign)
        with again.writing() as session:  # new rows are numbered after those that came back
            session.add(Person(name="new", created_at=NOW))
            session.flush()
    finally:
        again.engine.dispose()


@pytest.fixture
def exported(launch: str, tmp_path: Path) -> Path:
    """Give a workspace full of everything, in a folder."""
    return export_all(launch, tmp_path / "out", actor="nina").path


def test_a_folder_says_what_is_in_it_and_no_cell_is_run_by_a_spreadsheet(exported: Path) -> None:
    manifest = json.loads((exported / "manifest.json").read_text("utf-8"))
    assert files_in(exported) == ["manifest.json", "tables"]
    assert files_in(exported / "tables") == sorted(f"{name}.csv" for name in manifest["tables"])
    for name, about in manifest["tables"].items():
        with (exported / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as source:
            rows = list(csv.reader(source))
        assert len(rows) == about["rows"] + 1
        assert not any(cell[:1] in tuple("=@+\t") for row in rows[1:] for cell in row if cell)


def test_an_export_overwrites_nothing_and_says_so(exported: Path, launch: str) -> None:
    with pytest.raises(AmbassadorError, match="is not empty: name a new folder"):
        export_all(launch, exported, actor="nina")


@pytest.mark.parametrize("change", ["cell", "gone", "manifest", "stray"])
def test_a_folder_that_is_not_what_was_written_fills_nothing(
    exported: Path, tmp_path: Path, change: str
) -> None:
    file = exported / "tables" / "person.csv"
    manifest = exported / "manifest.json"
    if change == "cell":
        file.write_text(file.read_text("utf-8").replace("2026", "2027"), "utf-8")
    elif change == "gone":
        file.unlink()
    elif change == "manifest":
        manifest.write_text("{}", "utf-8")
    else:
        told = json.loads(manifest.read_text("utf-8"))
        told["files"]["../elsewhere.csv"] = {"bytes": 1, "sha256": "0"}
        manifest.write_text(json.dumps(told), "utf-8")
    place = tmp_path / "place.db"
    with pytest.raises(AmbassadorError, match=r"is damaged|is no export"):
        restore_folder(exported, f"sqlite:///{place}")
    assert not place.exists()


def test_a_workbook_of_a_table_runs_nothing_and_keeps_its_numbers(launch: str, tmp_path: Path) -> None:
    folder = export_all(launch, tmp_path / "out", actor="nina", form=TableFormat.XLSX).path / "tables"
    for path in sorted(folder.iterdir()):
        book = load_workbook(path)
        cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]
        assert not [cell.value for cell in cells if cell.data_type == "f"]
        assert not [cell.value for cell in cells if str(cell.value)[:1] in tuple("=@+\t")]
        book.close()
    book = load_workbook(folder / "mention.xlsx")
    names = [cell.value for cell in book.active[1]]
    assert isinstance(book.active[2][names.index("id")].value, int)
    book.close()


def test_parquet_keeps_numbers_as_numbers(launch: str, tmp_path: Path) -> None:
    folder = export_all(launch, tmp_path / "out", actor="nina", form=TableFormat.PARQUET).path / "tables"
    table = pd.read_parquet(folder / "mention.parquet")
    assert table["id"].dtype == "int64"
    assert table["text"].notna().any()


def test_what_no_workbook_holds_is_told_and_nothing_is_half_there(
    launch: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_files, "_MOST_ROWS", 1)
    with pytest.raises(AmbassadorError, match=r"no workbook holds the table .*: write csv or parquet"):
        export_all(launch, tmp_path / "out", actor="nina", form=TableFormat.XLSX)
    assert not (tmp_path / "out" / "manifest.json").exists()

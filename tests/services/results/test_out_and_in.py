"""What goes out comes in again: ties and cascades exported in every form, read into an empty workspace."""

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from sqlmodel import select

from ambassador.services.cascades import observe_cascades
from ambassador.services.cascades.participation import export_participation
from ambassador.services.imports.import_files import ImportOptions, import_file, refresh_after
from ambassador.services.networks.network_view import export_network
from ambassador.services.work import UnitOfWork, open_workspace
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.network import Tie
from ambassador.store.tables.people import Account
from ambassador.values.networks.network_view import NetworkFormat
from ambassador.values.status import ImportKind
from ambassador.values.table_format import TableFormat
from tests.conftest import NOW
from tests.services.story import tell

AS_LISTED = ImportOptions(answers={"direction": "as-listed"})


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[UnitOfWork]:
    """Give a second workspace with nothing in it."""
    work = open_workspace(f"sqlite:///{tmp_path / 'empty.db'}", actor="nina")
    yield work.at(NOW)
    work.engine.dispose()


TIES = """source,target,platform,kind,weight,probability
lia,anna,x,reply,3,0.25
anna,ugo,instagram,follow,,
"""


def ties_in(work: UnitOfWork) -> set[tuple[object, ...]]:
    with work.reading() as session:
        names = {one.id: f"{one.platform}:{one.handle}" for one in session.exec(select(Account))}
        return {
            (names[tie.source_id], names[tie.target_id], tie.kind, tie.weight, tie.given_probability)
            for tie in session.exec(select(Tie))
        }


def with_ties(work: UnitOfWork) -> UnitOfWork:
    import_file(work, ImportKind.TIES, "ties.csv", TIES.encode(), AS_LISTED)
    return work


@pytest.mark.parametrize("form", [one for one in NetworkFormat if one is not NetworkFormat.PARQUET])
def test_ties_that_went_out_come_in_the_same(
    sqlite_work: UnitOfWork, empty: UnitOfWork, form: NetworkFormat
) -> None:
    content = export_network(with_ties(sqlite_work), form)
    name = f"network.{form.value}"
    if form is NetworkFormat.GEPHI:
        name, content = "edges.csv", zipfile.ZipFile(io.BytesIO(content)).read("edges.csv")
    report = import_file(empty, ImportKind.TIES, name, content, AS_LISTED)
    assert report.rejected == 0
    assert len(ties_in(sqlite_work)) == 2
    assert ties_in(empty) == ties_in(sqlite_work)


@pytest.mark.parametrize("form", [TableFormat.CSV, TableFormat.XLSX])
def test_cascades_that_went_out_come_in_the_same(
    sqlite_work: UnitOfWork, empty: UnitOfWork, form: TableFormat
) -> None:
    tell(sqlite_work)
    content = export_participation(sqlite_work, form=form)
    report = import_file(empty, ImportKind.MENTIONS, f"participation.{form.value}", content)
    refresh_after(empty)
    assert (report.rejected, report.added) == (0, count(sqlite_work))
    assert shapes(empty) == shapes(sqlite_work) != []


def count(work: UnitOfWork) -> int:
    with work.reading() as session:
        return len(session.exec(select(Mention.id)).all())


def shapes(work: UnitOfWork) -> list[tuple[str, str, int, int, int]]:
    cascades = observe_cascades(work).cascades
    return sorted((one.root_post_id, one.root_handle, one.size, one.depth, one.people) for one in cascades)


def test_a_table_holds_the_same_in_every_form(sqlite_work: UnitOfWork) -> None:
    tell(sqlite_work)
    content = {form: export_participation(sqlite_work, form=form) for form in TableFormat}
    lines = list(csv.reader(io.StringIO(content[TableFormat.CSV].decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(content[TableFormat.XLSX])).active
    frame = pd.read_parquet(io.BytesIO(content[TableFormat.PARQUET]))
    assert len(lines) > 2
    said = [[plain(one) for one in line] for line in lines]
    assert [[plain(cell.value) for cell in row] for row in sheet] == said
    assert list(frame.columns) == lines[0]
    kept = [[plain(one) for one in row] for row in frame.astype(object).where(frame.notna(), None).to_numpy()]
    assert kept == said[1:]


def plain(cell: object) -> object:
    """Say a cell the same way, whether a file keeps numbers or texts."""
    text = "" if cell is None else str(cell)
    try:
        return float(text)
    except ValueError:
        return text


def test_gephi_finds_every_end_of_an_edge_among_the_nodes(sqlite_work: UnitOfWork) -> None:
    packed = zipfile.ZipFile(io.BytesIO(export_network(with_ties(sqlite_work), NetworkFormat.GEPHI)))
    nodes = pd.read_csv(packed.open("nodes.csv"))
    edges = pd.read_csv(packed.open("edges.csv"))
    assert list(nodes.columns[:2]) == ["Id", "Label"]
    assert list(edges.columns[:4]) == ["Source", "Target", "Type", "Weight"]
    assert set(edges.Source) | set(edges.Target) == set(nodes.Id)
    assert set(edges.Type) == {"Directed"}
    assert nodes.Id.is_unique

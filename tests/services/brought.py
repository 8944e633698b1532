"""Short ways to import made-up files in tests."""

from typing import Any

from sqlmodel import col, select

from ambassador.services.imports.import_files import ImportOptions, import_file
from ambassador.services.work import UnitOfWork
from ambassador.values.imports.imports import ImportReport
from ambassador.values.status import ImportKind


def bring(
    work: UnitOfWork,
    kind: ImportKind,
    content: str,
    options: ImportOptions | None = None,
    name: str = "file.csv",
) -> ImportReport:
    return import_file(work, kind, name, content.encode(), options)


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.duplicates, report.rejected


def rows(work: UnitOfWork, table: Any) -> list[Any]:
    with work.reading() as session:
        found = list(session.exec(select(table).order_by(col(table.id))))
        session.expunge_all()
        return found

"""``ambassador export --all FOLDER``: the whole workspace in files anybody can read."""

from pathlib import Path
from typing import Annotated, Final

import typer

from ambassador.cli.shell import JsonFlag, shell_of
from ambassador.config import settings
from ambassador.errors import AnswerNeededError
from ambassador.i18n import mark
from ambassador.services.backups.folders import export_all
from ambassador.values.table_format import TableFormat

_EXPORT: Final = mark("Write the whole workspace into a folder: a file a table, and what is in them.")
_FOLDER: Final = mark("A folder that is empty or not there yet.")
_FORM: Final = mark("How tables are written: csv, xlsx or parquet.")
_ALL: Final = mark("Everything: every table and every network file.")


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("export", help=_EXPORT)(export_verb)


def export_verb(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help=_FOLDER)],
    *,
    everything: Annotated[bool, typer.Option("--all", help=_ALL)] = False,
    form: Annotated[TableFormat, typer.Option("--format", help=_FORM)] = TableFormat.CSV,
    as_json: JsonFlag = False,
) -> None:
    """Write every table; ``ambassador restore FOLDER`` makes the same database of them."""
    shell = shell_of(context)
    if not everything:
        raise AnswerNeededError(mark("say --all: the whole workspace is written, nothing less"))
    made = export_all(shell.database_url, folder.expanduser(), actor=settings().user, form=form)
    for missing in made.manifest.missing:
        shell.remark(shell.t("The network file {name} was gone already: it is not exported.", name=missing))
    text = shell.t(
        "{count} tables with {rows} rows are in {folder}; ambassador restore {folder} makes the"
        " same database",
        count=len(made.manifest.tables),
        rows=made.manifest.rows,
        folder=made.path,
    )
    value = {
        "folder": str(made.path),
        "bytes": made.bytes,
        "schema": made.manifest.schema,
        "tables": {name: one.rows for name, one in made.manifest.tables.items()},
    }
    shell.answer(value, as_json=as_json, text=text)

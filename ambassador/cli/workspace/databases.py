"""``ambassador db upgrade``: bring a database's tables up to date."""

from typing import Final

import typer

from ambassador.cli.shell import JsonFlag, shell_of
from ambassador.config import database_name
from ambassador.i18n import mark

_HELP: Final = mark("Bring the tables of a database up to date.")


def register(app: typer.Typer) -> None:
    """Add the verbs about the database itself."""
    group = typer.Typer(help=mark("The database itself."), rich_markup_mode=None)
    group.command(help=_HELP)(upgrade)
    app.add_typer(group, name="db")


def upgrade(context: typer.Context, *, as_json: JsonFlag = False) -> None:
    """Bring the tables up to date; nothing happens where they are."""
    shell = shell_of(context)
    shell.work()
    name = database_name(shell.database_url)
    shell.answer(
        {"database": name, "upgraded": True},
        as_json=as_json,
        text=shell.t("{name} is up to date.", name=name),
    )

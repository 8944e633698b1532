"""``ambassador undo``: take back what was done last."""

import typer

from ambassador.cli.shell import JsonFlag, shell_of
from ambassador.i18n import mark
from ambassador.services.undo import undo_last


def register(app: typer.Typer) -> None:
    """Add ``undo``."""
    app.command("undo", help=mark("Take back what was done last in a shell, for ten minutes."))(undo)


def undo(context: typer.Context, *, as_json: JsonFlag = False) -> None:
    """Take the last change back."""
    shell = shell_of(context)
    done = undo_last(shell.work())
    text = shell.t("Taken back: {verb}, by {actor}.", verb=done.verb, actor=done.actor)
    shell.answer(done, as_json=as_json, text=text)

"""``ambassador evaluate influence``: whether learned influence would have told who joins."""

from pathlib import Path
from typing import Annotated, Final

import typer

from ambassador.cli.shell import JsonFlag, Shell, shell_of
from ambassador.i18n import mark
from ambassador.services.evaluate_influence import evaluate_influence
from ambassador.values.learning import InfluenceEvaluation, TieDirection

_HELP: Final = mark("Learn who makes whom talk from one file of posts, and measure it on another.")
Ties = Annotated[Path, typer.Option("--ties", metavar="FILE", help=mark("Who hears from whom."))]
Train = Annotated[Path, typer.Option("--train", metavar="FILE", help=mark("Posts to learn from."))]
Test = Annotated[Path, typer.Option("--test", metavar="FILE", help=mark("Later posts to measure on."))]
Direction = Annotated[
    TieDirection,
    typer.Option("--direction", help=mark("Which way the ties run; auto tries both on the end of --train.")),
]


def register(app: typer.Typer) -> None:
    """Add ``influence``."""
    app.command("influence", help=_HELP)(influence)


def influence(
    context: typer.Context,
    *,
    ties: Ties,
    train: Train,
    test: Test,
    direction: Direction = TieDirection.AUTO,
    as_json: JsonFlag = False,
) -> None:
    """Learn from one file, measure on another."""
    shell = shell_of(context)
    found = evaluate_influence(ties, train, test, direction=direction)
    for file, rows in found.notes.items():
        shell.remark(shell.t("{file}: {rows} rows cannot be used", file=file, rows=rows))
    shell.answer(found, as_json=as_json, text=_as_text(shell, found))


def _as_text(shell: Shell, found: InfluenceEvaluation) -> str:
    return shell.t(
        "{exposed} people exposed, {activated} joined",
        exposed=shell.number(found.exposed),
        activated=shell.number(found.activated),
    )

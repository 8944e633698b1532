"""``ambassador evaluate parents``: whether parents the platform hides would have been found."""

from pathlib import Path
from typing import Annotated, Final

import typer

from ambassador.cli.shell import JsonFlag, Shell, shell_of
from ambassador.i18n import mark
from ambassador.services.calibration.evaluate_parents import evaluate_parents
from ambassador.values.cascades.parents import ParentsEvaluation

_HELP: Final = mark("Hide which post answers which, find it again, and count how often that was right.")
Mentions = Annotated[
    Path, typer.Option("--mentions", metavar="FILE", help=mark("Posts with the ids of what they answer."))
]
Ties = Annotated[
    Path | None, typer.Option("--ties", metavar="FILE", help=mark("Who hears from whom, if you know."))
]


def register(group: typer.Typer) -> None:
    """Add ``parents``."""
    group.command("parents", help=_HELP)(parents)


def parents(
    context: typer.Context, *, mentions: Mentions, ties: Ties = None, as_json: JsonFlag = False
) -> None:
    """Hide observed parents and find them again."""
    shell = shell_of(context)
    found = evaluate_parents(mentions, ties)
    for file, rows in found.refused.items():
        shell.remark(shell.t("{file}: {rows} rows cannot be used", file=file, rows=rows))
    shell.answer(found, as_json=as_json, text=_as_text(shell, found))


def _as_text(shell: Shell, found: ParentsEvaluation) -> str:
    def share(value: float | None) -> str:
        return shell.t("not known") if value is None else f"{shell.number(100 * value, 1)}%"

    return "\n".join(
        (
            shell.t(
                "{mentions} hidden answers in {cascades} cascades: {accuracy} found",
                mentions=shell.number(found.mentions),
                cascades=shell.number(found.cascades),
                accuracy=share(found.accuracy),
            ),
            shell.t(
                "of those that do not answer the first post: {share}", share=share(found.accuracy_non_root)
            ),
            shell.t("if the first post were always named: {share}", share=share(found.always_root)),
            shell.t("if the post before were always named: {share}", share=share(found.previous_event)),
            shell.t(
                "confidence stated {stated} on average, off by {error}",
                stated=share(found.mean_probability),
                error=share(found.calibration_error),
            ),
        )
    )

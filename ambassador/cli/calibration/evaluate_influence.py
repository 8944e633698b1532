"""``ambassador evaluate influence``: whether learned influence would have told who joins."""

from pathlib import Path
from typing import Annotated, Final

import typer

from ambassador.cli.shell import JsonFlag, Shell, shell_of
from ambassador.i18n import mark
from ambassador.services.calibration.evaluate_influence import evaluate_influence
from ambassador.values.learning import InfluenceEvaluation, PredictionScore, TieDirection

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
    likelihood, off = shell.t("log-likelihood"), shell.t("off by")
    lines = [
        shell.t(
            "Learned from {trained} cascades, measured on {tested}; ties {direction}",
            trained=shell.number(found.trained_on),
            tested=shell.number(found.tested_on),
            direction=found.direction.value,
        ),
        shell.t(
            "{exposed} people exposed, {activated} of them joined; {outside} of all who joined listen to "
            "nobody active before",
            exposed=shell.number(found.exposed),
            activated=shell.number(found.activated),
            outside=f"{found.outside_share:.0%}",
        ),
        "",
        f"{'':24}{'AUC':>8}{likelihood:>18}{off:>10}",
        _line("learned", PredictionScore(found.auc, found.log_likelihood, found.calibration_error)),
    ]
    if found.stored is not None:
        lines.append(_line("ties_alone", found.stored))
    lines += [_line(name, score) for name, score in found.baselines.items()]
    if found.calibration_slope is not None:
        lines += ["", shell.t("Calibration slope {slope}", slope=shell.number(found.calibration_slope, 2))]
    return "\n".join(lines)


def _line(name: str, score: PredictionScore) -> str:
    ranking = "-" if score.auc is None else f"{score.auc:.3f}"
    return f"{name:24}{ranking:>8}{score.log_likelihood:>18.4f}{score.calibration_error:>10.4f}"

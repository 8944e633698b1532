"""``ambassador case import``: messages, calls and e-mails of a file as cases."""

from pathlib import Path
from typing import Annotated, Final

import typer

from ambassador.cli.files import read_file
from ambassador.cli.shell import JsonFlag, Shell, shell_of
from ambassador.cli.undoable import undoable
from ambassador.i18n import mark
from ambassador.services.campaigns.campaign_view import find_campaign
from ambassador.services.care.bringing import bring_in_cases
from ambassador.values.care.cases import CasesReport

_FILE: Final = mark("A table of messages, calls or e-mails, one a row; it needs a column called message.")


def register(group: typer.Typer) -> None:
    """Add the verb that brings cases in."""
    group.command(
        "import", help=mark("Bring in messages, calls and e-mails; the same file twice adds nothing.")
    )(bring_in)


def bring_in(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help=_FILE)],
    *,
    owner: Annotated[str, typer.Option(help=mark("Whose they are, where no column says it."))] = "",
    campaign: Annotated[str, typer.Option(help=mark("Name or number of the campaign."))] = "",
    as_json: JsonFlag = False,
) -> None:
    """Bring in messages, calls and e-mails."""
    shell = shell_of(context)
    work = shell.work()
    noting = work.noting()
    number = find_campaign(work, campaign) if campaign else None
    report = bring_in_cases(noting, file.name, read_file(file), campaign_id=number, owner=owner)
    undoable(shell, noting, "case import")
    for note in report.notes:
        shell.tell(note)
    answer = {
        "opened": report.opened,
        "joined": report.joined,
        "known": report.known,
        "rejected": shell.rejected(report.rejected),
        "notes": [shell.said(note) for note in report.notes],
    }
    shell.answer(answer, as_json=as_json, text="\n".join(_lines(shell, report)))


def _lines(shell: Shell, report: CasesReport) -> list[str]:
    lines = [
        shell.t(
            "{opened} cases opened, {joined} went to cases of the same customers, {known} were here already",
            opened=shell.number(len(report.opened)),
            joined=shell.number(report.joined),
            known=shell.number(report.known),
        )
    ]
    return [*lines, *shell.rejected_lines(report.rejected, mark("{count} could not be used:"))]

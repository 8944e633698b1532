"""``ambassador doctor``: look a workspace through, name each fault and the verb that mends it."""

from typing import Annotated, Final

import typer

from ambassador.cli.shell import JsonFlag, Shell, shell_of
from ambassador.config import settings
from ambassador.i18n import mark
from ambassador.services.doctor import examine, mend
from ambassador.services.work import open_workspace
from ambassador.values.doctor import Diagnosis, Fault

_HELP: Final = mark("Look the whole workspace through, name each fault and the verb that mends it.")
_MEND: Final = mark("Back up, then mend what can be mended from the rows themselves.")


def register(app: typer.Typer) -> None:
    """Add ``doctor``."""
    app.command("doctor", help=_HELP)(doctor)


def doctor(
    context: typer.Context,
    *,
    mend_it: Annotated[bool, typer.Option("--mend", help=_MEND)] = False,
    as_json: JsonFlag = False,
) -> None:
    """Exit with 1 where anything is wrong; nothing is changed unless ``--mend`` says so."""
    shell = shell_of(context)
    if mend_it:
        work = open_workspace(shell.database_url, actor=settings().user)
        try:
            kept = mend(work)
        finally:
            work.engine.dispose()
        shell.remark(shell.t("Mended; as it was before it lies in {path}.", path=kept.path))
    found = examine(shell.database_url)
    answer = {
        "database": found.database,
        "looked_at": found.looked_at,
        "faults": [
            {"fault": one.kind.value, "said": _said(shell, one), "mend": one.mend} for one in found.faults
        ],
    }
    shell.answer(answer, as_json=as_json, text=_text(shell, found))
    if found.faults:
        raise typer.Exit(1)


def _said(shell: Shell, fault: Fault) -> str:
    return shell.said(fault.what)


def _text(shell: Shell, found: Diagnosis) -> str:
    if found.faults:
        return "\n".join(f"{_said(shell, one)}\n    {one.mend}" for one in found.faults)
    counts = {name: shell.number(count) for name, count in found.looked_at.items()}
    return shell.t(
        "Nothing wrong: {rows} rows in {tables} tables, {devices} phones, {mentions} mentions, "
        "{shares} shares of credit computed again, {network_files} network files, {backups} backups.",
        **counts,
    )

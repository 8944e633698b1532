"""``ambassador backup FILE`` and ``ambassador restore FILE``."""

from pathlib import Path
from typing import Annotated, Final

import typer

from ambassador.cli.shell import JsonFlag, Shell, shell_of
from ambassador.config import database_name, settings
from ambassador.errors import AnswerNeededError, BadInputError
from ambassador.i18n import mark
from ambassador.services.backups import back_up, restore
from ambassador.services.backups.daily import folder_of, keep_now, kept_backups, renew_backups
from ambassador.services.backups.folders import restore_folder
from ambassador.services.backups.making import opened
from ambassador.values.backups import Backup, Restored

_BACKUP: Final = mark("Back the workspace up into one file, also while people work in it.")
_RESTORE: Final = mark("Restore a backup into an empty place, and compare it table by table.")
_TO: Final = mark(
    "The file to write, or a folder to write one in; nothing is overwritten. Without it: among those kept."
)
_RENEW: Final = mark("A fresh backup among those kept here in place of all older ones, after an erasure.")
_FROM: Final = mark("A backup, or a folder that ambassador export --all has written.")


def register(app: typer.Typer) -> None:
    """Add the verbs about backups."""
    app.command("backup", help=_BACKUP)(backup_verb)
    app.command("restore", help=_RESTORE)(restore_verb)


def backup_verb(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help=_TO)] = None,
    *,
    renew: Annotated[bool, typer.Option("--renew", help=_RENEW)] = False,
    yes: Annotated[bool, typer.Option("--yes", help=mark("Yes, it cannot be taken back."))] = False,
    kept: Annotated[bool, typer.Option("--kept", help=mark("List the backups kept instead."))] = False,
    as_json: JsonFlag = False,
) -> None:
    """Write a backup; what is said is what is in it."""
    shell = shell_of(context)
    if kept:
        _list_kept(shell, as_json=as_json)
        return
    if renew and file is not None:
        raise BadInputError(mark("say a FILE to back up into, or --renew"))
    made = _renewed(shell, yes=yes) if renew else _make(shell, file)
    for missing in made.manifest.missing:
        shell.remark(
            shell.t("The network file {name} was gone already: it is not in the backup.", name=missing)
        )
    shell.answer(_backup_json(made), as_json=as_json, text=_backup_text(shell, made))


def _renewed(shell: Shell, *, yes: bool) -> Backup:
    """Make a fresh backup among those kept and delete the older ones, having been told so twice."""
    if not yes:
        older = len(kept_backups(shell.database_url))
        message = mark("this deletes {count} older backups once a fresh one is written: say --yes")
        raise AnswerNeededError(message, count=older)
    with opened(shell.database_url) as engine:
        done = renew_backups(shell.database_url, engine, actor=settings().user)
    shell.remark(shell.t("{count} older backups were deleted; a fresh one was made.", count=done.deleted))
    return done.backup


def _make(shell: Shell, file: Path | None) -> Backup:
    """Write the backup where it was asked for, else among those kept."""
    if file is not None:
        return back_up(shell.database_url, file.expanduser(), actor=settings().user)
    work = shell.work()
    return keep_now(shell.database_url, work.engine, actor=work.actor)


def _list_kept(shell: Shell, *, as_json: bool) -> None:
    found = kept_backups(shell.database_url)
    lines = [f"{one.made_at:%Y-%m-%d %H:%M}  {one.reason}  {one.path}" for one in found]
    folder = str(folder_of(shell.database_url))
    shell.answer(
        found, as_json=as_json, text="\n".join(lines) or shell.t("No backup lies in {folder}.", folder=folder)
    )


def restore_verb(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help=_FROM)],
    *,
    as_json: JsonFlag = False,
) -> None:
    """Restore into the database that ``--database`` names."""
    shell = shell_of(context)
    place = file.expanduser()
    take = restore_folder if place.is_dir() else restore
    done = take(place, shell.database_url)
    for name, (then, now) in done.other_settings.items():
        shell.remark(_setting_text(shell, name, then, now))
    answer = {
        "database": database_name(shell.database_url),
        "made_at": done.manifest.made_at,
        "tables": [
            {"table": one.table, "rows": one.found.rows, "sha256": one.found.sha256, "same": one.same}
            for one in done.tables
        ],
        "files": done.files,
        "other_settings": {
            name: {"then": then, "now": now} for name, (then, now) in done.other_settings.items()
        },
    }
    shell.answer(answer, as_json=as_json, text=_restored_text(shell, done))


def _backup_json(made: Backup) -> dict[str, object]:
    told = made.manifest
    return {
        "path": str(made.path),
        "bytes": made.bytes,
        "schema": told.schema,
        "made_at": told.made_at,
        "rows": told.rows,
        "tables": told.tables,
        "files": told.files,
        "missing": told.missing,
        "settings": told.settings,
    }


def _backup_text(shell: Shell, made: Backup) -> str:
    return shell.t(
        "Backed up {rows} rows of {tables} tables and {files} network files of {name} "
        "into {path} ({size} MB).",
        rows=shell.number(made.manifest.rows),
        tables=len(made.manifest.tables),
        files=len(made.manifest.files) - 1,
        name=made.manifest.database,
        path=made.path,
        size=shell.number(made.bytes / 1e6, 1),
    )


def _restored_text(shell: Shell, done: Restored) -> str:
    same = shell.t("the same")
    lines = [
        f"{one.table}\t{shell.number(one.found.rows)}\t{one.found.sha256[:12]}\t{same}" for one in done.tables
    ]
    lines.append(
        shell.t(
            "Restored {rows} rows of {tables} tables and {files} network files into {name}: "
            "every row is the one that was backed up.",
            rows=shell.number(done.manifest.rows),
            tables=len(done.tables),
            files=len(done.files),
            name=database_name(shell.database_url),
        )
    )
    return "\n".join(lines)


def _setting_text(shell: Shell, name: str, then: object, now: object) -> str:
    unsaid = shell.t("not said")
    return shell.t(
        "The setting AMBASSADOR_{name} was {then} when this was backed up; here it is {now}.",
        name=name.upper(),
        then=unsaid if then is None else then,
        now=unsaid if now is None else now,
    )

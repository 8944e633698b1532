"""What kind of file is imported where nobody said it, and where one goes from each."""

from pathlib import Path
from typing import Any, Final

import typer
from typer.core import TyperGroup

from ambassador.cli.shell import shell_of
from ambassador.errors import AnswerNeededError, BadInputError
from ambassador.i18n import mark
from ambassador.services.imports import propose_kind
from ambassador.values.status import ImportKind

NEXT_VERBS: Final = {
    ImportKind.PEOPLE: ("people list", "pick"),
    ImportKind.TIES: ("network show", "pick"),
    ImportKind.DEVICES: ("device list", "device reserve"),
    ImportKind.MENTIONS: ("mentions list", "mentions match", "cascades"),
    ImportKind.COURIER: ("device list", "campaign chase"),
    ImportKind.OUTCOMES: ("results",),
}
"""The verbs that come after an import."""


class KindToldGroup(TyperGroup):
    """The verbs of ``import``; a file in the place of a verb is imported as what it holds."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - Click's own types
        """Put the kind before the files where nobody did."""
        files = [Path(one) for one in args if Path(one).is_file()]
        if args and args[0] not in self.commands and files:
            args = [_told_kind(ctx, files), *args]
        return super().resolve_command(ctx, args)


def _told_kind(context: typer.Context, files: list[Path]) -> str:
    work = shell_of(context).work()
    kinds = {file: propose_kind(work, file.name, file) for file in files}
    unclear = next((file for file, kind in kinds.items() if kind is None), None)
    if unclear is not None:
        message = mark("what does {file} hold? Say it before the file: import {kinds}")
        raise AnswerNeededError(message, file=unclear.name, kinds="|".join(ImportKind))
    if len(set(kinds.values())) > 1:
        shown = ", ".join(f"{file.name}: {kind}" for file, kind in kinds.items())
        message = mark("these files hold different things, import them one by one: {files}")
        raise BadInputError(message, files=shown)
    shell, kind = shell_of(context), kinds[files[0]] or ImportKind.PEOPLE
    for file in files:
        shell.remark(shell.t("{file}: this looks like {kind}", file=file.name, kind=kind.value))
    return kind.value

"""Keep what a verb changed, so that ``ambassador undo`` takes it back."""

from ambassador.cli.shell import Shell
from ambassador.services.undo import remember_change
from ambassador.services.work import UnitOfWork


def undoable(shell: Shell, work: UnitOfWork, verb: str) -> None:
    """Keep what this unit of work has noted, if anything, and say that it can be taken back."""
    if remember_change(work, verb):
        shell.remark(shell.t("ambassador undo takes this back for ten minutes."))

"""Keep what a verb changed, so that ``ambassador undo`` takes it back."""

from ambassador.cli.shell import Shell
from ambassador.services.undo import Change, remember_change, remember_rows
from ambassador.services.work import UnitOfWork

__all__ = ["Change", "undoable", "undoable_rows"]


def undoable(shell: Shell, change: Change, verb: str, **values: object) -> None:
    """Keep how to take a change back, and say that it can be."""
    remember_change(shell.work(), change, verb, **values)
    shell.remark(shell.t("ambassador undo takes this back for ten minutes."))


def undoable_rows(shell: Shell, work: UnitOfWork, verb: str) -> None:
    """Keep what this unit of work has noted, if anything, and say that it can be taken back."""
    if remember_rows(work, verb):
        shell.remark(shell.t("ambassador undo takes this back for ten minutes."))

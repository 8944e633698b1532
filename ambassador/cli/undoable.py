"""Keep what a verb changed, so that ``ambassador undo`` takes it back."""

from ambassador.cli.shell import Shell
from ambassador.services.undo import Change, remember_change

__all__ = ["Change", "undoable"]


def undoable(shell: Shell, change: Change, verb: str, **values: object) -> None:
    """Keep how to take a change back, and say that it can be."""
    remember_change(shell.work(), change, verb, **values)
    shell.remark(shell.t("ambassador undo takes this back for ten minutes."))

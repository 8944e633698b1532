"""``ambassador learn``: learn from your own past who makes whom talk."""

from typing import Annotated, Final

import typer

from ambassador.cli.progress import told
from ambassador.cli.shell import JsonFlag, Shell, parts_of, shell_of
from ambassador.errors import NotFoundError
from ambassador.i18n import mark
from ambassador.services.calibration import learn_and_judge
from ambassador.services.learning import learn_overview
from ambassador.values.learning import LearnedView

_HELP: Final = mark("Learn from your own mentions and ties who makes whom talk, and check it.")
_STORED: Final = mark("Show what was learned last instead.")
_NAMED: Final = 5
_FIELDS: Final = (
    "parameter_set=number",
    "trained_until",
    "rests_on",
    "mean_probability",
    "outside_share",
    "heat",
    "beats_activity",
    "by_default",
    "check",
    "waiting",
    "contagious",
    "susceptible",
)
_NOT_CHECKED: Final = mark(
    "Not checked yet: in the latest part of your past too few people joined after somebody they were "
    "already tied to."
)


def register(app: typer.Typer) -> None:
    """Add ``learn``."""
    app.command("learn", help=_HELP)(learn)


def learn(
    context: typer.Context,
    *,
    stored: Annotated[bool, typer.Option("--stored", help=_STORED)] = False,
    as_json: JsonFlag = False,
) -> None:
    """Learn and keep it."""
    shell = shell_of(context)
    if stored:
        kept = learn_overview(shell.work()).learned
        if kept is None:
            raise NotFoundError("Nothing was learned yet")
        shell.answer(parts_of(kept, *_FIELDS), as_json=as_json, text=_as_text(shell, kept))
        return
    with told(shell) as progress:
        found, note = learn_and_judge(shell.work(), progress=progress)
    standing = shell.said(note)
    parts = {**parts_of(found, *_FIELDS), "standing": standing}
    shell.answer(parts, as_json=as_json, text=f"{_as_text(shell, found)}\n{standing}")


def _as_text(shell: Shell, found: LearnedView) -> str:
    rests = found.rests_on
    lines = [
        shell.t(
            "Learned from {cascades} cascades: {explained} of {activations} who joined listen to somebody "
            "active before",
            cascades=shell.number(rests.cascades),
            explained=shell.number(rests.explained),
            activations=shell.number(rests.activations),
        ),
        _checked(shell, found),
    ]
    lines += [
        shell.t(
            "@{handle}: {moved} people per post, at least {least}",
            handle=one.handle,
            moved=shell.number(one.strength, 2),
            least=shell.number(one.at_least, 2),
        )
        for one in found.contagious[:_NAMED]
        if one.known
    ]
    return "\n".join(lines)


def _checked(shell: Shell, found: LearnedView) -> str:
    if found.check is None:
        return shell.t(_NOT_CHECKED)
    if found.beats_activity:
        return shell.t("On the latest cascades it told who joins better than activity alone")
    return shell.t("On the latest cascades it told who joins no better than activity alone")

"""``ambassador activation mark|law``: the jury of a contest, and what the law asks before it opens."""

from dataclasses import replace
from typing import Annotated, Final

import typer

from ambassador.cli.activations.told import law_line
from ambassador.cli.shell import JsonFlag, shell_of
from ambassador.cli.undoable import undoable
from ambassador.errors import BadInputError, NotFoundError
from ambassador.i18n import mark
from ambassador.services.activations.activation_view import find_activation
from ambassador.services.activations.contests import count_contest
from ambassador.services.activations.jury import give_mark, take_mark_back
from ambassador.services.activations.law import add_law_point, note_law_point, read_law
from ambassador.values.activations.states import PointState

Name = Annotated[str, typer.Argument(metavar="ACTIVATION", help=mark("Title or number of the activation."))]
_POINT: Final = mark("Which point, by its key; all are listed if not said.")
_PASS: Final = mark("Pass the point over knowingly, for this reason.")
_ADD: Final = mark("Add a point of the contest's own, in words.")


def register(group: typer.Typer) -> None:
    """Add the verbs about the jury and the law."""
    group.command("mark", help=mark("Write down what a juror gives an entry of a contest."))(give)
    group.command(
        "law", help=mark("The checklist of prize contests: list it, tick a point, or pass it over.")
    )(law)


def give(
    context: typer.Context,
    activation: Name,
    juror: Annotated[str, typer.Argument(help=mark("Name of the juror."))],
    entry: Annotated[str, typer.Argument(help=mark("Key or title of the entry."))],
    points: Annotated[int, typer.Argument(help=mark("From 1 to 10; 0 with --remove."))] = 0,
    *,
    remove: Annotated[bool, typer.Option("--remove", help=mark("Take the mark back."))] = False,
    as_json: JsonFlag = False,
) -> None:
    """Write down what a juror gives an entry, or take it back."""
    shell = shell_of(context)
    work = shell.work()
    number = find_activation(work, activation)
    noting = work.noting()
    if remove:
        take_mark_back(noting, number, juror, entry)
    else:
        give_mark(noting, number, juror, entry, points)
    undoable(shell, noting, "activation mark")
    result = count_contest(work, number)
    text = "\n".join(
        shell.t(
            "{name}: {count} marked, {missing} to go", name=one.name, count=one.marked, missing=one.missing
        )
        for one in result.jurors
    )
    shell.answer(result.jurors, as_json=as_json, text=text or shell.t("The jury has marked nothing yet."))


def law(
    context: typer.Context,
    activation: Name,
    point: Annotated[str, typer.Argument(help=_POINT)] = "",
    *,
    done: Annotated[bool, typer.Option("--done", help=mark("It is seen to."))] = False,
    passed: Annotated[str, typer.Option("--pass", help=_PASS)] = "",
    to_do: Annotated[bool, typer.Option("--to-do", help=mark("It is to do after all."))] = False,
    add: Annotated[str, typer.Option(help=_ADD)] = "",
    as_json: JsonFlag = False,
) -> None:
    """List the checklist, or note how a point of it stands."""
    shell = shell_of(context)
    work = shell.work()
    number = find_activation(work, activation)
    noting = work.noting()
    if sum((done, bool(passed), to_do, bool(add))) > 1:
        raise BadInputError(mark("Say one of --done, --pass, --to-do and --add"))
    if add:
        add_law_point(noting, number, add)
    elif done or passed or to_do:
        state = PointState.DONE if done else PointState.PASSED if passed else PointState.OPEN
        note_law_point(noting, number, point, state, passed)
    undoable(shell, noting, "activation law")
    rows = [
        replace(one, text=shell.t(one.text)) if one.source else one
        for one in read_law(work, number)
        if add or not point or one.key == point
    ]
    if not rows:
        raise NotFoundError("The checklist has no point called {name}", name=point)
    shell.answer(rows, as_json=as_json, text="\n".join(law_line(shell, one) for one in rows))

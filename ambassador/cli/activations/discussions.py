"""``ambassador activation discussion``: a post put to discussion, said and read."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Final

import typer

from ambassador.cli.shell import JsonFlag, Shell, shell_of
from ambassador.cli.undoable import undoable
from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.services.activations.activation_view import find_activation
from ambassador.services.activations.discussions import read_discussion
from ambassador.services.activations.replies import set_poll_post
from ambassador.values.activations.discussions import DiscussionView

Name = Annotated[str, typer.Argument(metavar="ACTIVATION", help=mark("Title or number of the activation."))]
_POST: Final = mark("Number of the post that is discussed.")
_SHORT: Final = 80


def register(group: typer.Typer) -> None:
    """Add the verb about discussions."""
    group.command(
        "discussion", help=mark("A post put to discussion: say which it is, or show what it drew.")
    )(discussion)


def discussion(
    context: typer.Context,
    activation: Name,
    *,
    post: Annotated[int | None, typer.Option(help=_POST)] = None,
    off: Annotated[bool, typer.Option("--off", help=mark("Take the post off."))] = False,
    as_json: JsonFlag = False,
) -> None:
    """Say which post is discussed, or show what it drew."""
    shell = shell_of(context)
    work = shell.work()
    number = find_activation(work, activation)
    if off and post is not None:
        raise BadInputError(mark("Say --off alone"))
    if off or post is not None:
        read_discussion(work, number)
        noting = work.noting()
        set_poll_post(noting, number, post)
        undoable(shell, noting, "activation discussion")
    found = read_discussion(work, number)
    told = None if found is None else {**asdict(found), "unlabelled": found.unlabelled}
    whole = {"id": number, "discussion": told}
    shell.answer(whole, as_json=as_json, text="\n".join(_lines(shell, found)))


def _lines(shell: Shell, found: DiscussionView | None) -> Iterator[str]:
    if found is None:
        yield shell.t("No post is said that is discussed: --post NUMBER")
        return
    yield f"{found.mention_id}  {found.by or '…'}  {' '.join(found.text.split())[:_SHORT]}"
    yield shell.t(
        "{posts} posts beneath it by {people} people, {new} of them never seen before; {ours} of our own",
        posts=shell.number(found.posts),
        people=shell.number(found.people),
        new=shell.number(found.new),
        ours=shell.number(found.ours),
    )
    yield shell.t(
        "{negative} negative, {neutral} neutral, {positive} positive, {unclear} that cannot be told, "
        "{unlabelled} without a label; {complaints} complaints",
        negative=found.negative,
        neutral=found.neutral,
        positive=found.positive,
        unclear=found.cannot_tell,
        unlabelled=found.unlabelled,
        complaints=found.complaints,
    )
    for one in found.leading:
        yield f"  {one.mention_id}  {one.by or '…'}  +{one.drew}  {' '.join(one.text.split())[:_SHORT]}"

"""``ambassador activation replies|decide``: votes of a poll counted from the replies to its post."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Final

import typer

from ambassador.cli.shell import JsonFlag, Shell, shell_of
from ambassador.cli.typed import words_of
from ambassador.cli.undoable import undoable
from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.services.activations.activation_view import find_activation
from ambassador.services.activations.replies import (
    count_replies,
    decide_reply,
    read_replies,
    set_poll_post,
)
from ambassador.values.activations.reply_votes import RepliesReport, RepliesView, ReplyRow, ReplyState
from ambassador.values.status_words import text_of

Name = Annotated[str, typer.Argument(metavar="ACTIVATION", help=mark("Title or number of the activation."))]
_POST: Final = mark("Number of the post that the poll is answered under.")
_OFF: Final = mark("Take the post off, and the votes of its replies with it.")
_KEYS: Final = mark("Keys of options, with commas.")


def register(group: typer.Typer) -> None:
    """Add the verbs about replies."""
    group.command(
        "replies", help=mark("Count the replies to the post of a poll as votes, or list what became of them.")
    )(replies)
    group.command("decide", help=mark("Decide what a reply is: a vote for options, or none."))(decide)


def replies(
    context: typer.Context,
    activation: Name,
    *,
    post: Annotated[int | None, typer.Option(help=_POST)] = None,
    off: Annotated[bool, typer.Option("--off", help=_OFF)] = False,
    count: Annotated[bool, typer.Option("--count", help=mark("Count them now."))] = False,
    as_json: JsonFlag = False,
) -> None:
    """Count the replies to the post of a poll, or list them."""
    shell = shell_of(context)
    number = find_activation(shell.work(), activation)
    if off and (post is not None or count):
        raise BadInputError(mark("Say --off alone"))
    noting, report = shell.work().noting(), None
    if off or post is not None:
        set_poll_post(noting, number, post)
    if count:
        report = count_replies(noting, number)
    undoable(shell, noting, "activation replies")
    _tell(shell, number, report, as_json=as_json)


def decide(
    context: typer.Context,
    activation: Name,
    reply: Annotated[int, typer.Argument(help=mark("Number of the reply, as replies lists it."))],
    keys: Annotated[str, typer.Argument(help=_KEYS)] = "",
    *,
    none: Annotated[bool, typer.Option("--none", help=mark("It is no vote."))] = False,
    by_words: Annotated[bool, typer.Option("--by-words", help=mark("Let its words decide again."))] = False,
    as_json: JsonFlag = False,
) -> None:
    """Decide what a reply is."""
    shell = shell_of(context)
    number = find_activation(shell.work(), activation)
    if sum((bool(keys), none, by_words)) != 1:
        raise BadInputError(mark("Say either the keys of options, or --none, or --by-words"))
    noting = shell.work().noting()
    decide_reply(noting, number, reply, None if by_words else words_of(keys))
    undoable(shell, noting, "activation decide")
    _tell(shell, number, None, as_json=as_json)


def _tell(shell: Shell, number: int, report: RepliesReport | None, *, as_json: bool) -> None:
    found = read_replies(shell.work(), number)
    whole = {"id": number, "report": report, "post": asdict(found) if found else None}
    shell.answer(whole, as_json=as_json, text="\n".join(_lines(shell, found, report)))


def _lines(shell: Shell, found: RepliesView | None, report: RepliesReport | None) -> Iterator[str]:
    if found is None:
        yield shell.t("No post is said that it is answered under: --post NUMBER")
        return
    if report is not None:
        yield shell.t(
            "{added} votes are new, {changed} changed, {removed} are none any more",
            added=report.added,
            changed=report.changed,
            removed=report.removed,
        )
    yield shell.t(
        "{counted} of {all} replies are in as votes, {to_decide} are to be decided",
        counted=found.count(ReplyState.COUNTED),
        all=len(found.replies),
        to_decide=found.count(ReplyState.TO_DECIDE),
    )
    for one in found.replies:
        yield _line(shell, one)


def _line(shell: Shell, row: ReplyRow) -> str:
    state = shell.t(text_of(row.state))
    why = shell.said(row.why) if row.why else ""
    parts = (str(row.mention_id), state, ", ".join(row.keys), row.by, " ".join(row.text.split()), why)
    return "  ".join(part for part in parts if part)

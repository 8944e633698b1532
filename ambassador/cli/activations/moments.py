"""``ambassador activation moment``: a moment on air or in a shop, said and read."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import datetime
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo

import typer

from ambassador.cli.shell import JsonFlag, Shell, shell_of
from ambassador.cli.typed import moment_in, one_of
from ambassador.cli.undoable import undoable
from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.services.activations.activation_view import activation_draft, find_activation
from ambassador.services.activations.moments import moment_draft, read_moment, set_moment
from ambassador.values.activations.moments import MomentDraft, MomentView
from ambassador.values.activations.states import MomentMedium
from ambassador.values.status_words import text_of

Name = Annotated[str, typer.Argument(metavar="ACTIVATION", help=mark("Title or number of the activation."))]
_AT: Final = mark("When it begins, by the clocks of the activation's time zone.")
_AUDIENCE: Final = mark("How many are expected to see or hear it; 0 empties it.")
_EXPECTED: Final = mark("People expected to begin to talk, while no earlier moment says it; 0 empties it.")


def register(group: typer.Typer) -> None:
    """Add the verb about moments."""
    group.command(
        "moment", help=mark("A moment on air or in a shop: say when it is, or show what it brought.")
    )(moment)


def moment(
    context: typer.Context,
    activation: Name,
    *,
    at: Annotated[str, typer.Option(metavar="YYYY-MM-DDTHH:MM", help=_AT)] = "",
    minutes: Annotated[int | None, typer.Option(help=mark("How long it lasts."))] = None,
    medium: Annotated[str, typer.Option(help=mark("television, radio, blog or shop."))] = "",
    place: Annotated[str | None, typer.Option(help=mark("Programme, station, page or shop."))] = None,
    audience: Annotated[int | None, typer.Option(help=_AUDIENCE)] = None,
    by: Annotated[str | None, typer.Option(help=mark("The ambassador, such as instagram:nina."))] = None,
    expected: Annotated[int | None, typer.Option(help=_EXPECTED)] = None,
    as_json: JsonFlag = False,
) -> None:
    """Say when a moment is, or show what it brought."""
    shell = shell_of(context)
    work = shell.work()
    number = find_activation(work, activation)
    said = (minutes, medium or None, place, audience, by, expected)
    if at or any(one is not None for one in said):
        zone = activation_draft(work, number).time_zone
        was = moment_draft(work, number)
        if was is None and not at:
            raise BadInputError(mark("Say first when it is: --at 2026-05-12T21:30"))
        draft = was or MomentDraft(MomentMedium.TELEVISION, _local(at, zone))
        changes: dict[str, Any] = {
            "begins": _local(at, zone) if at else None,
            "minutes": minutes,
            "medium": one_of(MomentMedium, medium) if medium else None,
            "place": place,
            "by": by,
        }
        draft = replace(draft, **{name: value for name, value in changes.items() if value is not None})
        if audience is not None:
            draft = replace(draft, audience=audience or None)
        if expected is not None:
            draft = replace(draft, expected=expected or None)
        noting = work.noting()
        set_moment(noting, number, draft)
        undoable(shell, noting, "activation moment")
    found = read_moment(work, number)
    if found is None:
        raise BadInputError(mark("Say first when it is: --at 2026-05-12T21:30"))
    whole = {"id": number, **asdict(found), "share": found.lift.share, "per_thousand": found.per_thousand}
    zone = activation_draft(work, number).time_zone
    shell.answer(whole, as_json=as_json, text="\n".join(_lines(shell, found, zone)))


def _local(text: str, zone: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise BadInputError("{value} is no moment: write it like 2026-05-12T09:00", value=text) from None
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) if moment.tzinfo else moment


def _lines(shell: Shell, found: MomentView, zone: str) -> Iterator[str]:
    """Say when and where a moment is, what is expected of it, and what it brought."""
    draft, lift = found.draft, found.lift
    length = shell.t("{count} minutes", count=draft.minutes)
    parts = (
        shell.t(text_of(draft.medium)),
        draft.place,
        moment_in(zone, found.begins_at),
        length,
        found.by_name,
    )
    yield "  ".join(part for part in parts if part)
    if found.ahead is not None:
        ends = {"low": shell.number(found.ahead.low), "high": shell.number(found.ahead.high)}
        if found.ahead.learned_from:
            yield shell.t(
                "{low} to {high} people are expected to begin to talk, as {count} earlier moments let expect",
                **ends,
                count=found.ahead.learned_from,
            )
        else:
            yield shell.t("{low} to {high} people are expected to begin to talk: an assumption", **ends)
    if lift.came is not None:
        yield shell.t("{count} posts came by themselves in its hours", count=shell.number(lift.came))
    if lift.unplaced:
        yield shell.t(
            "{count} posts of that day say no hour and cannot be placed", count=shell.number(lift.unplaced)
        )
    if lift.why is not None:
        yield shell.said(lift.why)
    elif lift.lift is not None and lift.usual is not None and lift.basis is not None:
        yield shell.t(
            "{lift} more than usual ({low} to {high}): {usual} are usual in {hours}",
            lift=shell.number(lift.lift, 1),
            low=shell.number(lift.low or 0),
            high=shell.number(lift.high or 0),
            usual=shell.number(lift.usual, 1),
            hours=shell.t(text_of(lift.basis)),
        )

"""``ambassador case waits``: how long customers wait, and whether a change made it shorter."""

from datetime import timedelta
from typing import Annotated, Any, Final

import typer

from ambassador.cli.shell import JsonFlag, Shell, shell_of
from ambassador.cli.typed import day_of, one_of
from ambassador.i18n import mark
from ambassador.services.campaigns.campaign_view import find_campaign
from ambassador.services.care.waiting import change_note, hours_of, waiting_figures
from ambassador.values.care.states import CaseChannel, CaseKind, PromiseClock
from ambassador.values.care.waiting import (
    WaitingBy,
    WaitingChange,
    WaitingFigures,
    WaitingFilter,
    WaitingRow,
)
from ambassador.values.status_words import text_of

_BY: Final = mark("What waits are told apart by: week, owner, channel or kind.")
_CLOCK: Final = mark("Only one clock: first, next or solution.")
_SINCE: Final = mark("First day on which they began; thirteen weeks ago if not said.")
_CHANGED: Final = mark("First day on which something was done another way: before and after are compared.")
_WALL: Final = mark("Count all hours, not only those in which somebody is there.")


def register(group: typer.Typer) -> None:
    """Add the verb that measures waits."""
    group.command("waits", help=mark("Tell how long customers wait, those who still do included."))(waits)


def waits(
    context: typer.Context,
    *,
    by: Annotated[str, typer.Option(help=_BY)] = WaitingBy.WEEK.value,
    clock: Annotated[str, typer.Option(help=_CLOCK)] = "",
    since: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help=_SINCE)] = "",
    until: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help=mark("Last day; today if not said."))] = "",
    changed: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help=_CHANGED)] = "",
    wall: Annotated[bool, typer.Option("--wall", help=_WALL)] = False,
    campaign: Annotated[str, typer.Option(help=mark("Name or number of the campaign."))] = "",
    as_json: JsonFlag = False,
) -> None:
    """Tell how long customers wait."""
    shell = shell_of(context)
    work = shell.work()
    wanted = WaitingFilter(
        by=one_of(WaitingBy, by),
        since=day_of(since) if since else None,
        until=day_of(until) if until else None,
        changed_on=day_of(changed) if changed else None,
        in_opening_hours=not wall,
        campaign_id=find_campaign(work, campaign) if campaign else None,
    )
    found = waiting_figures(work, wanted)
    clocks = (one_of(PromiseClock, clock),) if clock else tuple(PromiseClock)
    total = [row for row in found.total if row.clock in clocks]
    rows = [row for row in found.rows if row.clock in clocks]
    changes = [one for one in found.changes if one.clock in clocks]
    lines = [shell.t("From {since} to {until}", since=found.since, until=found.until)]
    if found.is_empty:
        lines.append(shell.t("No customer began to wait in that time."))
    lines += [_line(shell, row, shell.t("in all")) for row in total if row.figures.began]
    lines += [_line(shell, row, _group(shell, row, wanted.by)) for row in rows]
    lines += [_change_line(shell, one) for one in changes]
    if found.older:
        text = shell.t(
            "Not counted: {count} cases from before {day} still without a first answer",
            count=shell.number(found.older),
            day=found.since,
        )
        lines.append(text)
    answer = {
        "since": found.since,
        "until": found.until,
        "by": wanted.by,
        "in_opening_hours": wanted.in_opening_hours,
        "total": [{"clock": row.clock, **_parts(row.figures)} for row in total],
        "rows": [{"clock": row.clock, "group": row.group, **_parts(row.figures)} for row in rows],
        "changes": [_change_parts(one) for one in changes],
        "older": found.older,
    }
    shell.answer(answer, as_json=as_json, text="\n".join(lines))


def _parts(figures: WaitingFigures) -> dict[str, Any]:
    return {
        "began": figures.began,
        "ended": figures.ended,
        "median_hours": hours_of(figures.median),
        "ninetieth_hours": hours_of(figures.ninetieth),
        "kept": figures.kept,
        "broken": figures.broken,
    }


def _change_parts(change: WaitingChange) -> dict[str, Any]:
    return {
        "clock": change.clock,
        "before": _parts(change.before),
        "after": _parts(change.after),
        "probability": change.probability,
        "verdict": change.verdict,
    }


def _group(shell: Shell, row: WaitingRow, by: WaitingBy) -> str:
    if by is WaitingBy.OWNER:
        return row.group or shell.t("nobody")
    if by is WaitingBy.WEEK:
        return row.group
    return shell.t(text_of(CaseChannel(row.group) if by is WaitingBy.CHANNEL else CaseKind(row.group)))


def _line(shell: Shell, row: WaitingRow, group: str) -> str:
    figures = row.figures
    text = shell.t(
        "{began} began, {going} go on; half within {median} h, nine in ten within {ninetieth} h",
        began=shell.number(figures.began),
        going=shell.number(figures.goes_on),
        median=_hours(shell, figures.median),
        ninetieth=_hours(shell, figures.ninetieth),
    )
    parts = [group, shell.t(text_of(row.clock)), text]
    if figures.kept or figures.broken:
        parts.append(
            shell.t(
                "promises: {kept} kept, {broken} broken",
                kept=shell.number(figures.kept),
                broken=shell.number(figures.broken),
            )
        )
    return "  ".join(parts)


def _hours(shell: Shell, time: timedelta | None) -> str:
    hours = hours_of(time)
    return "?" if hours is None else shell.number(hours, 1)


def _change_line(shell: Shell, change: WaitingChange) -> str:
    return "  ".join([shell.t(text_of(change.clock)), shell.said(change_note(change))])

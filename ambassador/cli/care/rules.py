"""``ambassador case hours|promise``: when somebody is there, and what is promised."""

from dataclasses import replace
from typing import Annotated, Any, Final

import typer

from ambassador.cli.shell import JsonFlag, Shell, shell_of
from ambassador.cli.typed import one_of, or_empty
from ambassador.cli.undoable import undoable
from ambassador.i18n import mark
from ambassador.services.care.hours_text import (
    read_closed,
    read_minutes,
    read_week,
    write_closed,
    write_minutes,
    write_week,
)
from ambassador.services.care.rules import (
    list_promises,
    read_calendar,
    remove_promises,
    set_calendar,
    set_promises,
)
from ambassador.values.care.rules import CareCalendar, CarePromise
from ambassador.values.care.states import CaseKind, CasePriority
from ambassador.values.status_words import text_of

_HOURS: Final = mark(
    "Such as 'mon-fri 9:00-13:00, 14:00-18:00; sat 9-12'; none: always open. Shown if not said."
)
_CLOSED: Final = mark("Closed days: '2026-08-14 Feast; 2026-08-17..2026-08-21'; none takes them away.")
_COUNTRY: Final = mark("Two letters of the country whose holidays are closed; none: no country's.")
_LENGTH: Final = mark("Such as 30m, 4h or 2d; none: nothing is promised.")
_WALL: Final = mark("Count all hours, not only those in which somebody is there.")


def register(group: typer.Typer) -> None:
    """Add the verbs about opening hours and promises."""
    group.command("hours", help=mark("Show or set when somebody is there to answer."))(hours)
    group.command("promise", help=mark("Promise answers and solutions within a time, by kind and priority."))(
        promise
    )
    group.command("promises", help=mark("List what is promised."))(promises)


def hours(
    context: typer.Context,
    week: Annotated[str, typer.Argument(help=_HOURS)] = "",
    *,
    zone: Annotated[str, typer.Option(help=mark("Such as Europe/Rome."))] = "",
    country: Annotated[str | None, typer.Option(help=_COUNTRY)] = None,
    closed: Annotated[str | None, typer.Option(help=_CLOSED)] = None,
    as_json: JsonFlag = False,
) -> None:
    """Show or set the opening hours."""
    shell = shell_of(context)
    was = read_calendar(shell.work())
    if not week and not zone and country is None and closed is None:
        _tell(shell, was, as_json=as_json)
        return
    changes: dict[str, Any] = {}
    if week:
        changes["hours"] = or_empty(week, read_week, {})
    if zone:
        changes["time_zone"] = zone
    if country is not None:
        changes["country"] = or_empty(country, str.strip, "")
    if closed is not None:
        changes["closed"] = or_empty(closed, read_closed, ())
    noting = shell.work().noting()
    now = set_calendar(noting, replace(was, **changes), was)
    undoable(shell, noting, "case hours")
    _tell(shell, now, as_json=as_json)


def _tell(shell: Shell, calendar: CareCalendar, *, as_json: bool) -> None:
    open_text = shell.t("always open") if calendar.is_always_open else write_week(calendar.hours)
    lines = [f"{open_text}  ({calendar.time_zone})"]
    if calendar.country:
        holidays = [one for one in calendar.closed if one.country]
        lines.append(
            shell.t(
                "{count} holidays of {country}, until {day}",
                count=len(holidays),
                country=calendar.country,
                day=str(max((one.day for one in holidays), default="-")),
            )
        )
    if calendar.own_days:
        lines.append(write_closed(calendar.own_days))
    answer = {
        "time_zone": calendar.time_zone,
        "hours": write_week(calendar.hours),
        "country": calendar.country,
        "closed": calendar.closed,
    }
    shell.answer(answer, as_json=as_json, text="\n".join(lines))


def promise(
    context: typer.Context,
    *,
    kind: Annotated[str, typer.Option(help=mark("For cases of this kind; of any if not said."))] = "",
    priority: Annotated[str, typer.Option(help=mark("For this priority; for any if not said."))] = "",
    first: Annotated[str, typer.Option(help=_LENGTH)] = "",
    following: Annotated[str, typer.Option("--next", help=_LENGTH)] = "",
    solution: Annotated[str, typer.Option(help=_LENGTH)] = "",
    wall: Annotated[bool, typer.Option("--wall", help=_WALL)] = False,
    remove: Annotated[bool, typer.Option("--remove", help=mark("Promise nothing more for these."))] = False,
    as_json: JsonFlag = False,
) -> None:
    """Promise answers and solutions."""
    shell = shell_of(context)
    made = CarePromise(
        kind=one_of(CaseKind, kind) if kind else None,
        priority=one_of(CasePriority, priority) if priority else None,
        first_minutes=or_empty(first, read_minutes, None),
        next_minutes=or_empty(following, read_minutes, None),
        solution_minutes=or_empty(solution, read_minutes, None),
        in_opening_hours=not wall,
    )
    noting = shell.work().noting()
    if remove:
        remove_promises(noting, [made])
    else:
        set_promises(noting, [made])
    undoable(shell, noting, "case promise")
    _tell_promises(shell, as_json=as_json)


def promises(context: typer.Context, *, as_json: JsonFlag = False) -> None:
    """List what is promised."""
    _tell_promises(shell_of(context), as_json=as_json)


def _tell_promises(shell: Shell, *, as_json: bool) -> None:
    found = list_promises(shell.work())
    lines = [_promise_line(shell, one) for one in found] or [shell.t("Nothing is promised yet.")]
    shell.answer(found, as_json=as_json, text="\n".join(lines))


def _promise_line(shell: Shell, promise: CarePromise) -> str:
    whose = [shell.t(text_of(one)) for one in (promise.kind, promise.priority) if one is not None]
    said = (
        (mark("first answer within {length}"), promise.first_minutes),
        (mark("next answer within {length}"), promise.next_minutes),
        (mark("solution within {length}"), promise.solution_minutes),
    )
    parts = [shell.t(text, length=write_minutes(minutes)) for text, minutes in said if minutes is not None]
    hours = shell.t("in opening hours") if promise.in_opening_hours else shell.t("by the clock")
    all_of_them = shell.t("every case")
    return f"{', '.join(whose) or all_of_them}: {', '.join(parts)} ({hours})"

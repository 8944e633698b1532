"""``ambassador incident``: what departs from the past of a perimeter, and what is done about it."""

from collections.abc import Callable
from typing import Annotated, Final

import typer

from ambassador.cli.incidents.told import (
    card_parts,
    incident_line,
    kind_lines,
    view_lines,
    view_parts,
    watch_line,
)
from ambassador.cli.perimeters import Name
from ambassador.cli.shell import JsonFlag, Shell, parts_of, shell_of
from ambassador.cli.typed import one_of, words_of
from ambassador.cli.undoable import undoable
from ambassador.i18n import mark
from ambassador.services.incidents.following import follow_now
from ambassador.services.incidents.moves import close_incident, dismiss_incident, reopen_incident
from ambassador.services.incidents.reading import list_incidents, open_incident
from ambassador.services.incidents.watching import preview_incidents, watch_incidents, watch_versions
from ambassador.services.perimeters.reading import find_perimeter
from ambassador.services.work import UnitOfWork
from ambassador.values.incidents import (
    IncidentKind,
    IncidentStatus,
)

Number = Annotated[int, typer.Argument(metavar="INCIDENT", help=mark("Number of the incident."))]
_KINDS_HELP: Final = mark("spike, complaints, silence, with commas; without it all three.")
Kinds = Annotated[str, typer.Option("--kinds", help=_KINDS_HELP)]
_DEPARTING: Final = (
    "kind", "root_id", "began_at", "noticed_at", "last_at", "posts", "expected", "is_calm",
)  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add ``incident`` and its verbs."""
    about = mark("What departs from the past of a perimeter: bursts, complaints, silence.")
    group = typer.Typer(rich_markup_mode=None, help=about)
    group.command("preview", help=mark("Say what would have been raised in the past 90 days."))(preview)
    group.command("watch", help=mark("Watch a perimeter, or no more; every change is kept."))(watch)
    group.command("list", help=mark("List the incidents, those that are open unless others are asked for."))(
        list_all
    )
    group.command("show", help=mark("Show who joined an incident, what they say and where it is heading."))(
        show
    )
    group.command("close", help=mark("Close an incident."))(close)
    group.command("dismiss", help=mark("Say that an incident was a false alarm, and why."))(dismiss)
    group.command("reopen", help=mark("Open an incident again; it stays open until somebody closes it."))(
        reopen
    )
    app.add_typer(group, name="incident")


def preview(context: typer.Context, perimeter: Name, *, kinds: Kinds = "", as_json: JsonFlag = False) -> None:
    """Say what would have been raised."""
    shell = shell_of(context)
    work = shell.work()
    found = preview_incidents(work, find_perimeter(work, perimeter), _kinds(kinds))
    lines = [f"{found.ref}  {found.name}"]
    for one in found.kinds:
        lines += kind_lines(shell, one, found.zone)
    value = {
        "ref": str(found.ref),
        "name": found.name,
        "reach": found.reach,
        "kinds": [
            {
                **parts_of(one, "kind", "days", "an_hour", "dispersion", "by_chance", "false_share"),
                **parts_of(one, "missing_days", "missing_posts"),
                "alarms": [parts_of(alarm, *_DEPARTING) for alarm in one.alarms],
            }
            for one in found.kinds
        ],
    }
    shell.answer(value, as_json=as_json, text="\n".join(lines))


def watch(
    context: typer.Context,
    perimeter: Name,
    *,
    kinds: Kinds = "",
    off: Annotated[bool, typer.Option("--off", help=mark("Watch it no more; its incidents stay."))] = False,
    as_json: JsonFlag = False,
) -> None:
    """Watch a perimeter, or no more."""
    shell = shell_of(context)
    work = shell.work()
    ref = find_perimeter(work, perimeter)
    noting = work.noting()
    watch_incidents(noting, ref, () if off else _kinds(kinds))
    undoable(shell, noting, "incident watch")
    versions = watch_versions(work, ref)
    lines = [watch_line(shell, one) for one in versions]
    value = {
        "ref": str(ref),
        "versions": [
            {**parts_of(one, "version", "changed_at", "actor"), "since": one.since} for one in versions
        ],
    }
    shell.answer(value, as_json=as_json, text="\n".join(lines))


def list_all(
    context: typer.Context,
    *,
    perimeter: Annotated[str, typer.Option(help=mark("Only of this perimeter or campaign."))] = "",
    status: Annotated[str, typer.Option(help=mark("open, closed, dismissed or all."))] = "open",
    as_json: JsonFlag = False,
) -> None:
    """List incidents."""
    shell = shell_of(context)
    work = shell.work()
    follow_now(work)
    ref = find_perimeter(work, perimeter) if perimeter else None
    statuses = None if status.strip().lower() == "all" else (one_of(IncidentStatus, status),)
    found = list_incidents(work, statuses, ref)
    lines = [incident_line(shell, card, found.zone) for card in found.incidents]
    if not lines:
        watched = any(one.since for one in found.watches)
        lines = [
            shell.t("There is no such incident.")
            if watched
            else shell.t("Nothing is watched yet: ambassador incident preview, then incident watch.")
        ]
    if found.judged:
        lines.append(
            shell.t(
                "{dismissed} of the {judged} that somebody decided on were false alarms.",
                dismissed=found.dismissed,
                judged=found.judged,
            )
        )
    value = {
        "incidents": [card_parts(card) for card in found.incidents],
        "watches": [
            {"ref": str(one.ref), "version": one.version, "since": one.since} for one in found.watches
        ],
        **parts_of(found, "dismissed", "judged"),
    }
    shell.answer(value, as_json=as_json, text="\n".join(lines))


def show(context: typer.Context, incident: Number, *, as_json: JsonFlag = False) -> None:
    """Show an incident."""
    shell = shell_of(context)
    _tell(shell, shell.work(), incident, as_json=as_json)


def close(
    context: typer.Context,
    incident: Number,
    *,
    note: Annotated[str, typer.Option(help=mark("What was done about it."))] = "",
    as_json: JsonFlag = False,
) -> None:
    """Close an incident."""
    _decide(context, incident, "close", lambda work: close_incident(work, incident, note), as_json=as_json)


def dismiss(
    context: typer.Context,
    incident: Number,
    reason: Annotated[str, typer.Argument(help=mark("Why it was a false alarm."))],
    *,
    as_json: JsonFlag = False,
) -> None:
    """Dismiss an incident."""
    _decide(
        context, incident, "dismiss", lambda work: dismiss_incident(work, incident, reason), as_json=as_json
    )


def reopen(context: typer.Context, incident: Number, *, as_json: JsonFlag = False) -> None:
    """Open an incident again."""
    _decide(context, incident, "reopen", lambda work: reopen_incident(work, incident), as_json=as_json)


def _decide(
    context: typer.Context, incident: int, verb: str, move: Callable[[UnitOfWork], None], *, as_json: bool
) -> None:
    shell = shell_of(context)
    noting = shell.work().noting()
    move(noting)
    undoable(shell, noting, f"incident {verb}")
    _tell(shell, shell.work(), incident, as_json=as_json)


def _kinds(text: str) -> tuple[IncidentKind, ...]:
    return tuple(one_of(IncidentKind, one) for one in words_of(text)) or tuple(IncidentKind)


def _tell(shell: Shell, work: UnitOfWork, incident: int, *, as_json: bool) -> None:
    follow_now(work)
    view = open_incident(work, incident)
    shell.answer(view_parts(view), as_json=as_json, text="\n".join(view_lines(shell, view)))

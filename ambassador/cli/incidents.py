"""``ambassador incident``: what departs from the past of a perimeter, and what is done about it."""

from collections.abc import Callable
from typing import Annotated, Any, Final

import typer

from ambassador.cli.perimeters import Name
from ambassador.cli.shell import JsonFlag, Shell, parts_of, shell_of
from ambassador.cli.typed import moment_in, one_of, words_of
from ambassador.cli.undoable import undoable
from ambassador.i18n import mark
from ambassador.services.incidents.following import follow_now
from ambassador.services.incidents.moves import close_incident, dismiss_incident, reopen_incident
from ambassador.services.incidents.reading import list_incidents, open_incident
from ambassador.services.incidents.watching import preview_incidents, watch_incidents, watch_versions
from ambassador.services.perimeters.reading import find_perimeter
from ambassador.services.work import UnitOfWork
from ambassador.values.incidents import (
    Departing,
    IncidentCard,
    IncidentKind,
    IncidentStatus,
    IncidentView,
    IncidentWatch,
    KindPreview,
)
from ambassador.values.status_words import text_of

Number = Annotated[int, typer.Argument(metavar="INCIDENT", help=mark("Number of the incident."))]
_KINDS_HELP: Final = mark("spike, complaints, silence, with commas; without it all three.")
Kinds = Annotated[str, typer.Option("--kinds", help=_KINDS_HELP)]
_SAID: Final = 80
_DEPARTING: Final = (
    "kind", "root_id", "began_at", "noticed_at", "last_at", "posts", "expected", "is_calm",
)  # fmt: skip
_CARD: Final = (
    "id", "perimeter", "kind", "status", "began_at", "noticed_at", "last_at", "posts", "expected",
    "root_id", "handle", "text", "reason", "stands",
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
        lines += _kind_lines(shell, one, found.zone)
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
    lines = [_watch_line(shell, one) for one in versions]
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
    lines = [_line(shell, card, found.zone) for card in found.incidents]
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
        "incidents": [_card_parts(card) for card in found.incidents],
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


def _kind_lines(shell: Shell, one: KindPreview, zone: str) -> list[str]:
    lines = ["", shell.t(text_of(one.kind))]
    if not one.is_ready:
        lines.append(
            shell.t(
                "Too little past to watch it: {days} more days and {posts} more posts are needed.",
                days=one.missing_days,
                posts=one.missing_posts,
            )
        )
    if one.an_hour is not None:
        lines.append(
            shell.t(
                "Usual: {count} an hour; counts vary {times} times as much as by pure chance.",
                count=shell.number(one.an_hour, 2),
                times=shell.number(one.dispersion or 1.0, 1),
            )
        )
    lines.append(_raised(shell, one))
    lines += [_alarm_line(shell, alarm, zone) for alarm in one.alarms]
    return lines


def _raised(shell: Shell, one: KindPreview) -> str:
    if not one.days:
        return shell.t("No day of the past could be judged.")
    days, chance = shell.number(one.days), shell.number(one.by_chance, 1)
    if one.false_share is None:
        return shell.t(
            "It would have raised nothing in {days} days, where chance alone raises {chance}.",
            days=days,
            chance=chance,
        )
    return shell.t(
        "It would have raised {count} in {days} days, about {chance} by chance alone: {share} false alarms.",
        count=len(one.alarms),
        days=days,
        chance=chance,
        share=f"{shell.number(one.false_share * 100)}%",
    )


def _alarm_line(shell: Shell, alarm: Departing, zone: str) -> str:
    when = f"  {moment_in(zone, alarm.began_at)}  "
    if alarm.kind is IncidentKind.SILENCE:
        return when + shell.t("no post, {expected} usual", expected=shell.number(alarm.expected))
    where = "" if alarm.root_id is None else "  " + shell.t("from mention {number}", number=alarm.root_id)
    told = shell.t(
        "{posts} posts, {expected} usual", posts=alarm.posts, expected=shell.number(alarm.expected)
    )
    return when + told + where


def _watch_line(shell: Shell, one: IncidentWatch) -> str:
    kinds = ", ".join(shell.t(text_of(kind)) for kind in one.since)
    what = kinds or shell.t("switched off")
    return shell.t("Version {number}, by {actor}: {rule}", number=one.version, actor=one.actor, rule=what)


def _line(shell: Shell, card: IncidentCard, zone: str) -> str:
    told = (
        shell.t("no post, {expected} usual", expected=shell.number(card.expected))
        if card.kind is IncidentKind.SILENCE
        else shell.t(
            "{posts} posts, {expected} usual", posts=card.posts, expected=shell.number(card.expected)
        )
    )
    parts = (
        str(card.id),
        moment_in(zone, card.began_at),
        card.perimeter,
        shell.t(text_of(card.kind)),
        shell.t(text_of(card.status)),
        told,
        f"@{card.handle}" if card.handle else "",
        "" if card.stands else shell.t("no longer so, by what is here now"),
        card.reason,
    )
    return "  ".join(part for part in parts if part)


def _card_parts(card: IncidentCard) -> dict[str, Any]:
    return {"ref": str(card.ref), **parts_of(card, *_CARD)}


def _tell(shell: Shell, work: UnitOfWork, incident: int, *, as_json: bool) -> None:
    follow_now(work)
    view = open_incident(work, incident)
    shell.answer(_view_parts(view), as_json=as_json, text="\n".join(_view_lines(shell, view)))


def _view_parts(view: IncidentView) -> dict[str, Any]:
    end = view.outlook.end if view.outlook else None
    return {
        **_card_parts(view.card),
        "people": view.people,
        "joined": [parts_of(one, "handle", "platform", "posts", "first_at") for one in view.joined],
        "words": view.words,
        "typical": [parts_of(one, "mention_id", "handle", "posted_at", "text") for one in view.typical],
        "events": [parts_of(one, "kind", "at", "actor", "text", "posts") for one in view.events],
        "outlook": None
        if view.outlook is None
        else {
            **parts_of(view.outlook, "seen", "heading", "pace", "reproduction", "rests_on_a_prior"),
            "expected": None if end is None else parts_of(end, "at", "middle", "ranges"),
        },
    }


def _view_lines(shell: Shell, view: IncidentView) -> list[str]:
    lines = [_line(shell, view.card, view.zone)]
    if view.people:
        lines.append(shell.t("{count} people took part:", count=view.people))
        lines += [f"  @{one.handle or '…'}  {one.posts}" for one in view.joined[:10]]
    if view.words:
        lines.append(shell.t("Words that lead: {words}", words=", ".join(view.words)))
    for one in view.typical:
        lines.append(f"  {one.mention_id}  @{one.handle or '…'}  {' '.join(one.text.split())[:_SAID]}")
    if view.outlook is not None and view.outlook.end is not None:
        end = view.outlook.end
        low, high = end.ranges[80]
        lines.append(
            shell.t(
                "{seen} posts so far; {middle} expected by {moment} (8 times in 10: {low} to {high})",
                seen=view.outlook.seen,
                middle=shell.number(end.middle),
                moment=moment_in(view.zone, end.at),
                low=low,
                high=high,
            )
        )
    lines += [
        "  ".join(
            part
            for part in (moment_in(view.zone, one.at), shell.t(text_of(one.kind)), one.actor, one.text)
            if part
        )
        for one in view.events
    ]
    return lines

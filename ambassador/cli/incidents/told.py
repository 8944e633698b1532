"""How the shell says incidents, what is watched for, and what would have been raised."""

from typing import Any, Final

from ambassador.cli.shell import Shell, parts_of
from ambassador.cli.typed import moment_in
from ambassador.values.incidents import (
    Departing,
    IncidentCard,
    IncidentKind,
    IncidentView,
    IncidentWatch,
    KindPreview,
)
from ambassador.values.status_words import text_of

_SAID: Final = 80
_CARD: Final = (
    "id", "perimeter", "kind", "status", "began_at", "noticed_at", "last_at", "posts", "expected",
    "root_id", "handle", "text", "reason", "stands",
)  # fmt: skip


def kind_lines(shell: Shell, one: KindPreview, zone: str) -> list[str]:
    """Say what would have been raised of one kind."""
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


def watch_line(shell: Shell, one: IncidentWatch) -> str:
    """One version of what is watched for, in a line."""
    kinds = ", ".join(shell.t(text_of(kind)) for kind in one.since)
    what = kinds or shell.t("switched off")
    return shell.t("Version {number}, by {actor}: {rule}", number=one.version, actor=one.actor, rule=what)


def incident_line(shell: Shell, card: IncidentCard, zone: str) -> str:
    """One incident in a line."""
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


def card_parts(card: IncidentCard) -> dict[str, Any]:
    """Give an incident as JSON has it."""
    return {"ref": str(card.ref), **parts_of(card, *_CARD)}


def view_parts(view: IncidentView) -> dict[str, Any]:
    """Give an opened incident as JSON has it."""
    end = view.outlook.end if view.outlook else None
    return {
        **card_parts(view.card),
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


def view_lines(shell: Shell, view: IncidentView) -> list[str]:
    """Say who joined an incident, its words and where it is heading."""
    lines = [incident_line(shell, view.card, view.zone)]
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

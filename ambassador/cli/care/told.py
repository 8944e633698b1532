"""How the shell says cases, what happened to them, and their clocks."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from ambassador.cli.shell import Shell, parts_of
from ambassador.cli.typed import moment_in
from ambassador.cli.undoable import undoable
from ambassador.services.care.due_words import due_note
from ambassador.services.care.hours_text import write_minutes
from ambassador.services.care.queue import open_case_view
from ambassador.services.care.rules import read_calendar
from ambassador.services.work import UnitOfWork
from ambassador.values.care.cases import CaseCard, CaseClock, CaseEventRow, CaseView
from ambassador.values.care.states import CaseEventKind
from ambassador.values.status_words import text_of

CARD: Final = (
    "id",
    "kind",
    "status",
    "priority",
    "channel",
    "is_private",
    "subject",
    "customer",
    "owner",
    "opened_at",
    "due_at",
    "due=due_clock",
    "first_answer_at",
    "waiting_since",
    "solved_at",
    "revision",
    "merged_into",
    "satisfaction",
)


def done(shell: Shell, noting: UnitOfWork, case_id: int, verb: str, *, as_json: bool) -> None:
    """Keep what was done so that it can be taken back, and answer with the case as it is now."""
    undoable(shell, noting, verb)
    view = open_case_view(shell.work(), case_id)
    answer = card_parts(view.card, view.now)
    shell.answer(answer, as_json=as_json, text=card_line(shell, view.card, view.now))


def card_parts(card: CaseCard, now: datetime) -> dict[str, Any]:
    """Give what ``--json`` says of a case in the queue."""
    late = card.late_by(now)
    return {**parts_of(card, *CARD), "late_minutes": None if late is None else late // timedelta(minutes=1)}


def card_line(shell: Shell, card: CaseCard, now: datetime) -> str:
    """One case in a line."""
    note = due_note(card, now)
    parts = (
        str(card.id),
        "" if note is None else shell.said(note),
        shell.t(text_of(card.kind)),
        shell.state(card.status),
        card.customer,
        card.subject,
        card.owner,
    )
    return "  ".join(part for part in parts if part)


def view_lines(shell: Shell, view: CaseView) -> Iterator[str]:
    """Say a case with its clocks and its history."""
    zone = read_calendar(shell.work()).time_zone
    yield card_line(shell, view.card, view.now)
    if view.card.merged_into is not None:
        yield shell.t("Merged into case {number}", number=view.card.merged_into)
    if view.linked:
        yield shell.t("Linked to {cases}", cases=", ".join(map(str, view.linked)))
    for clock in view.clocks:
        yield clock_line(shell, clock)
    for event in view.events:
        yield event_line(shell, event, zone)


def clock_parts(clock: CaseClock) -> dict[str, Any]:
    """Give what ``--json`` says of a clock: minutes, and whether the promise holds."""
    minute = timedelta(minutes=1)
    return {
        **parts_of(clock, "clock", "started_at", "stopped_at", "in_opening_hours", "due_at", "is_kept"),
        "minutes": clock.taken // minute,
        "open_minutes": clock.taken_open // minute,
        "promised_minutes": None if clock.promised is None else clock.promised // minute,
    }


def clock_line(shell: Shell, clock: CaseClock) -> str:
    """One clock of a case in a line."""
    values: dict[str, Any] = {
        "what": shell.t(text_of(clock.clock)),
        "taken": length(clock.taken),
        "open": length(clock.taken_open),
    }
    if clock.promised is None:
        return shell.t("{what}: {taken}, {open} of it in opening hours", **values)
    return shell.t(
        "{what}: {taken}, {open} of it in opening hours; promised {promised}",
        promised=length(clock.promised),
        **values,
    )


def event_line(shell: Shell, event: CaseEventRow, zone: str) -> str:
    """One thing that happened in a line."""
    word = shell.t(text_of(event.kind))
    if event.kind is CaseEventKind.MERGED or event.other_id is not None:
        word = f"{word} ({event.other_id})"
    text = " ".join(event.text.split())
    gone = shell.t("the post is gone") if event.is_gone else ""
    took = "" if event.minutes is None else shell.t("{minutes} min of work", minutes=event.minutes)
    parts: Sequence[str] = (str(event.id), moment_in(zone, event.at), event.actor, word, text, took, gone)
    return "  ".join(part for part in parts if part)


def length(time: timedelta) -> str:
    """A length of time as it is typed."""
    return write_minutes(time // timedelta(minutes=1))

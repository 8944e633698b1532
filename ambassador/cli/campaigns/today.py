"""``ambassador today``: running campaigns, and everything that waits, what is late first."""

from typing import Any, Final

import typer

from ambassador.cli.campaigns.contacts import contact_parts, reached_by
from ambassador.cli.shell import JsonFlag, Shell, parts_of, shell_of
from ambassador.i18n import mark
from ambassador.services.campaigns.home import home
from ambassador.values.home import LiveCampaign, Task

_TASK: Final = ("kind", "campaign", "campaign_id", "days", "count", "late=is_late")
_LIVE: Final = ("campaign_id", "name", "day", "days", "talkers=talkers.observed", "late")


def register(app: typer.Typer) -> None:
    """Add ``today``."""
    app.command("today", help=mark("Tell how running campaigns stand and what waits to be done."))(today)


def today(context: typer.Context, *, as_json: JsonFlag = False) -> None:
    """Say what Home says."""
    shell = shell_of(context)
    view = home(shell.work())
    answer = {
        "campaigns": [{**parts_of(one, *_LIVE), "led_by": _led_by(shell, one)} for one in view.campaigns],
        "tasks": [_parts(shell, task) for task in view.tasks],
        "drafts": view.drafts,
        "closed": view.closed,
    }
    lines = []
    for one in view.campaigns:
        lines.append(_live(shell, one))
        lines += [f"    {said}" for said in [_led_by(shell, one)] if said]
    for task in view.tasks:
        lines.append(f"{task.campaign}  {shell.t(task.text, **task.values)}")
        lines += [f"    {reached}" for reached in [reached_by(shell, task.contact)] if reached]
    shell.answer(answer, as_json=as_json, text="\n".join(lines) or shell.t("Nothing waits."))


def _led_by(shell: Shell, one: LiveCampaign) -> str:
    return shell.said(one.led_by) if one.led_by else ""


def _live(shell: Shell, one: LiveCampaign) -> str:
    return shell.t(
        "{name}: day {day} of {days}, {talkers} people talk, {late} late",
        name=one.name,
        day=one.day,
        days=one.days,
        talkers=one.talkers.observed,
        late=one.late,
    )


def _parts(shell: Shell, task: Task) -> dict[str, Any]:
    said = {"says": shell.t(task.text, **task.values), "contact": contact_parts(task.contact)}
    return {**parts_of(task, *_TASK), **said}

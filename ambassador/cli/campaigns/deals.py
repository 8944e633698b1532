"""``campaign deal`` and ``campaign chase``: what was agreed with ambassadors, and who is late."""

from collections.abc import Callable
from typing import Annotated, Any, Final

import typer

from ambassador.cli.campaigns.ambassadors import Campaign
from ambassador.cli.campaigns.contacts import contact_parts, reached_by
from ambassador.cli.shell import JsonFlag, Shell, amount, parts_of, shell_of
from ambassador.cli.typed import day_of, one_of, or_empty
from ambassador.cli.undoable import undoable
from ambassador.errors import BadInputError, ConflictError
from ambassador.i18n import mark
from ambassador.services.campaigns.ambassadors import edit_ambassadors, find_ambassador, list_ambassadors
from ambassador.services.campaigns.campaign_view import find_campaign
from ambassador.services.campaigns.chase import chase_list
from ambassador.values.campaigns.ambassadors import AmbassadorEdit, ChaseItem
from ambassador.values.status import Deal

_CONTACT: Final = mark("Day of the last contact.")
_DAY: Final = "YYYY-MM-DD"
_ITEM: Final = ("reason", "campaign", "campaign_id", "days", "ambassador_id", "device", "late=is_late")


def register(group: typer.Typer) -> None:
    """Add the verbs about deals."""
    group.command("deal", help=mark("Change what was agreed with people: only what is said."))(deal)
    group.command("chase", help=mark("List whom to call today: what is late, the latest first."))(chase)


def deal(
    context: typer.Context,
    people: Annotated[list[str], typer.Argument(help=mark("Handle, or platform:handle."))],
    *,
    campaign: Campaign,
    kind: Annotated[str | None, typer.Option("--deal", help=mark("gift, loan or paid."))] = None,
    fee: Annotated[str | None, typer.Option(help=mark("Fee each; none empties it."))] = None,
    currency: Annotated[str, typer.Option(help=mark("Three letters."))] = "EUR",
    code: Annotated[str | None, typer.Option("--code", help=mark("Code of this one person."))] = None,
    signed: Annotated[
        str | None, typer.Option(metavar=_DAY, help=mark("Day the agreement was signed."))
    ] = None,
    post_by: Annotated[str | None, typer.Option(metavar=_DAY, help=mark("Day by which they post."))] = None,
    due_back: Annotated[
        str | None, typer.Option(metavar=_DAY, help=mark("Day a lent phone is due back."))
    ] = None,
    contacted: Annotated[str | None, typer.Option(metavar=_DAY, help=_CONTACT)] = None,
    next_action: Annotated[str | None, typer.Option(help=mark("What is to be done next."))] = None,
    next_on: Annotated[str | None, typer.Option(metavar=_DAY, help=mark("Day of the next action."))] = None,
    owner: Annotated[str | None, typer.Option(help=mark("Who looks after them."))] = None,
    notes: Annotated[str | None, typer.Option(help=mark("In words."))] = None,
    as_json: JsonFlag = False,
) -> None:
    """Change deals of one or several ambassadors; all or what nobody changed meanwhile."""
    shell = shell_of(context)
    work = shell.work()
    number = find_campaign(work, campaign)
    typed: dict[str, tuple[str | None, Callable[[str], object], object]] = {
        "deal": (kind, lambda text: one_of(Deal, text), None),
        "fee": (fee, lambda text: amount(text, currency.upper()), None),
        "code": (code, str.strip, ""),
        "agreement_signed_on": (signed, day_of, None),
        "post_by": (post_by, day_of, None),
        "due_back": (due_back, day_of, None),
        "last_contact_on": (contacted, day_of, None),
        "next_action": (next_action, str.strip, ""),
        "next_action_on": (next_on, day_of, None),
        "owner": (owner, str.strip, ""),
        "notes": (notes, str.strip, ""),
    }
    changes = {
        field: or_empty(text, read, empty) for field, (text, read, empty) in typed.items() if text is not None
    }
    if not changes:
        raise BadInputError("Say what is to change")
    rows = {row.id: row for row in list_ambassadors(work, number)}
    wanted = [rows[find_ambassador(work, number, person)] for person in people]
    noting = work.noting()
    done = edit_ambassadors(noting, [AmbassadorEdit(row.id, row.revision, changes) for row in wanted])
    if done.conflicts:
        names = ", ".join(one.name for one in done.conflicts)
        raise ConflictError("Somebody else changed {names} meanwhile: look again", names=names)
    undoable(shell, noting, "campaign deal")
    text = shell.t("{count} changed", count=len(done.changed))
    shell.answer({"changed": done.changed, "fields": list(changes)}, as_json=as_json, text=text)


def chase(
    context: typer.Context,
    *,
    campaign: Annotated[str, typer.Option(help=mark("Name or number; all if not said."))] = "",
    as_json: JsonFlag = False,
) -> None:
    """List whom to call today."""
    shell = shell_of(context)
    work = shell.work()
    items = chase_list(work, find_campaign(work, campaign) if campaign else None)
    lines: list[str] = []
    for item in items:
        lines.append(f"{item.campaign}  {shell.t(item.text, **item.values)}")
        lines += [f"    {reached}" for reached in [reached_by(shell, item.contact)] if reached]
    text = "\n".join(lines)
    shell.answer(
        [_parts(shell, item) for item in items], as_json=as_json, text=text or shell.t("Nothing is late.")
    )


def _parts(shell: Shell, item: ChaseItem) -> dict[str, Any]:
    known = parts_of(item, *_ITEM)
    said = {"says": shell.t(item.text, **item.values), "contact": contact_parts(item.contact)}
    return {**known, "name": item.values.get("name"), **said}

"""People of a campaign in the shell: invite, list, what they answered, who takes an open place."""

from typing import Annotated, Any, Final

import typer

from ambassador.cli.shell import JsonFlag, Shell, amount, parts_of, shell_of
from ambassador.cli.typed import day_of, moment_in, one_of, words_of
from ambassador.cli.undoable import undoable
from ambassador.errors import AnswerNeededError, BadInputError
from ambassador.i18n import mark
from ambassador.services.campaigns.ambassadors import (
    ambassador_history,
    answer,
    find_ambassador,
    list_ambassadors,
)
from ambassador.services.campaigns.campaign_view import find_campaign, zone_of_days
from ambassador.services.campaigns.invite import invite_next, invite_people, next_candidates
from ambassador.services.devices.devices import replace_device
from ambassador.services.people.people import persons_by_handle
from ambassador.services.picks.alternatives import next_best
from ambassador.services.work import UnitOfWork
from ambassador.values.campaigns.ambassadors import AmbassadorRow
from ambassador.values.devices import PhoneFate
from ambassador.values.drafts import DealDraft
from ambassador.values.status import AmbassadorStatus, Deal

Campaign = Annotated[
    str, typer.Option("--campaign", metavar="C", help=mark("Name or number of the campaign."))
]
Person = Annotated[str, typer.Argument(help=mark("Handle, or platform:handle."))]
_ROW: Final = (
    "id", "person_id", "name", "handle", "platform", "status", "deal", "fee", "code",
    "agreement_signed_on", "post_by", "due_back", "embargo_until", "last_contact_on", "next_action",
    "next_action_on", "owner", "notes", "reserve_rank", "reference", "serial", "device_status",
)  # fmt: skip
_STATES: Final = mark("invited, accepted, declined, silent, replaced, done or reserve.")
_ANEW: Final = mark("Rank everybody anew, given those already in; nothing is kept.")
_BY: Final = mark("Who takes the place; the first of the reserve list if not said.")
_CODES: Final = mark("A stem all share, such as BREZZA; or one person's own as handle=CODE; may be repeated.")


def register(group: typer.Typer) -> None:
    """Add the verbs about people of a campaign."""
    group.command("invite", help=mark("Invite people, on what deal and with which codes."))(invite)
    group.command("people", help=mark("List the ambassadors with their deal and phone."))(people)
    group.command("history", help=mark("Tell everything that happened with one ambassador."))(history)
    group.command("answer", help=mark("Note what somebody answered, and what becomes of their phone."))(
        answer_verb
    )
    group.command("next", help=mark("List who could be invited next, the best first."))(next_verb)
    group.command("replace", help=mark("Invite the next best in the place of somebody who left."))(replace)


def invite(
    context: typer.Context,
    *,
    campaign: Campaign,
    handles: Annotated[str, typer.Option("--handles", help=mark("Handles, separated by commas."))],
    deal: Annotated[Deal, typer.Option(help=mark("gift, loan or paid."))] = Deal.GIFT,
    fee: Annotated[
        str, typer.Option(help=mark("Fee each; where people are paid, else each person's own."))
    ] = "",
    currency: Annotated[str, typer.Option(help=mark("Three letters."))] = "EUR",
    code: Annotated[list[str] | None, typer.Option("--code", help=_CODES)] = None,
    post_by: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help=mark("Day by which they post."))] = "",
    due_back: Annotated[
        str, typer.Option(metavar="YYYY-MM-DD", help=mark("Day a lent phone is due back."))
    ] = "",
    as_json: JsonFlag = False,
) -> None:
    """Invite people by handle."""
    shell = shell_of(context)
    work = shell.work()
    named = words_of(handles)
    numbers = persons_by_handle(work, named)
    stem, own = _codes(code or (), dict(zip(named, numbers, strict=True)))
    draft = DealDraft(
        deal=deal,
        fee=amount(fee, currency.upper()),
        code=stem,
        post_by=day_of(post_by) if post_by else None,
        due_back=day_of(due_back) if due_back else None,
    )
    number = find_campaign(work, campaign)
    noting = work.noting()
    made = set(invite_people(noting, number, numbers, draft, own))
    undoable(shell, noting, "campaign invite")
    rows = [row for row in list_ambassadors(work, number) if row.id in made]
    already = len(numbers) - len(rows)
    text = [shell.t("{invited} invited, {already} in before", invited=len(rows), already=already)]
    shell.answer(
        {"invited": [parts_of(row, *_ROW) for row in rows], "already": already},
        as_json=as_json,
        text="\n".join([*text, *(line(shell, row) for row in rows)]),
    )


def people(context: typer.Context, *, campaign: Campaign, as_json: JsonFlag = False) -> None:
    """List the ambassadors of a campaign."""
    shell = shell_of(context)
    rows = list_ambassadors(shell.work(), find_campaign(shell.work(), campaign))
    text = "\n".join(line(shell, row) for row in rows) or shell.t("Nobody is here yet.")
    shell.answer([parts_of(row, *_ROW) for row in rows], as_json=as_json, text=text)


def history(context: typer.Context, person: Person, *, campaign: Campaign, as_json: JsonFlag = False) -> None:
    """Tell what happened with one ambassador, oldest first."""
    shell = shell_of(context)
    work = shell.work()
    number = find_campaign(work, campaign)
    zone = zone_of_days(work, number)
    events = ambassador_history(work, find_ambassador(work, number, person))
    lines = [
        "  ".join((moment_in(zone, one.happened_at), shell.state(one.to_status), one.actor, one.note))
        for one in events
    ]
    shell.answer(events, as_json=as_json, text="\n".join(one.rstrip() for one in lines))


def answer_verb(
    context: typer.Context,
    person: Person,
    *,
    campaign: Campaign,
    status: Annotated[
        str,
        typer.Option("--status", help=_STATES),
    ],
    phone: Annotated[str, typer.Option("--phone", help=mark("back, stays, kept or lost."))] = "",
    another: Annotated[
        bool, typer.Option("--another", help=mark("The phone is lost: reserve another for them."))
    ] = False,
    note: Annotated[str, typer.Option(help=mark("In words."))] = "",
    as_json: JsonFlag = False,
) -> None:
    """Note what somebody answered."""
    shell = shell_of(context)
    work = shell.work()
    number = find_campaign(work, campaign)
    row = _row_of(work, number, find_ambassador(work, number, person))
    wanted = one_of(AmbassadorStatus, status)
    fate = one_of(PhoneFate, phone) if phone else None
    if row.custody_id and fate is None and not another and wanted is not AmbassadorStatus.ACCEPTED:
        raise AnswerNeededError(
            "{name} has {reference}: say with --phone what becomes of it",
            name=row.label,
            reference=row.reference,
        )
    noting = work.noting()
    if another and row.custody_id:
        replace_device(noting, row.custody_id, note=note)
        fate = PhoneFate.STAYS
    done = answer(noting, row.id, wanted, note, phone=fate)
    undoable(shell, noting, "campaign answer")
    text = shell.t("{name}: {status}", name=row.label, status=done.status.value)
    shell.answer(done, as_json=as_json, text=text)


def next_verb(
    context: typer.Context,
    campaign: Annotated[str, typer.Argument(help=mark("Name or number of the campaign."))],
    *,
    count: Annotated[int, typer.Option("--count", min=1, help=mark("How many people."))] = 5,
    anew: Annotated[
        bool,
        typer.Option("--anew", help=_ANEW),
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """List who could be invited next: the reserve list, or computed anew."""
    shell = shell_of(context)
    work = shell.work()
    number = find_campaign(work, campaign)
    found: list[Any] = (
        list(next_best(work, number, count).people) if anew else list(next_candidates(work, number, count))
    )
    fields = ("person_id", "name", "handle", "platform", "city", "followers", "fee", "marginal_spread")
    text = "\n".join(f"{place}  {one.name} (@{one.handle})" for place, one in enumerate(found, 1))
    shell.answer(
        [parts_of(one, *fields) for one in found],
        as_json=as_json,
        text=text or shell.t("The reserve list is empty: try --anew, or pick more people."),
    )


def replace(
    context: typer.Context,
    person: Person,
    *,
    campaign: Campaign,
    by: Annotated[
        str,
        typer.Option("--by", help=_BY),
    ] = "",
    as_json: JsonFlag = False,
) -> None:
    """Invite somebody in the place of one who left."""
    shell = shell_of(context)
    work = shell.work()
    number = find_campaign(work, campaign)
    left = find_ambassador(work, number, person)
    wanted = persons_by_handle(work, [by])[0] if by else None
    noting = work.noting()
    row = _row_of(work, number, invite_next(noting, number, wanted, replaces_id=left))
    undoable(shell, noting, "campaign replace")
    shell.answer(parts_of(row, *_ROW), as_json=as_json, text=line(shell, row))


def line(shell: Shell, row: AmbassadorRow) -> str:
    """Write one ambassador on a line."""
    phone = (
        f"{row.reference} {shell.state(row.device_status)}" if row.custody_id and row.device_status else ""
    )
    state = shell.state(row.status)
    parts = (row.label, state, shell.state(row.deal), row.code, phone, row.next_action)
    return "  ".join(part for part in parts if part)


def _row_of(work: UnitOfWork, campaign_id: int, ambassador_id: int) -> AmbassadorRow:
    return next(row for row in list_ambassadors(work, campaign_id) if row.id == ambassador_id)


def _codes(typed: list[str] | tuple[str, ...], people: dict[str, int]) -> tuple[str, dict[int, str]]:
    """The stem, and the codes of single people."""
    stem, own = "", {}
    for text in typed:
        handle, equals, code = text.rpartition("=")
        if not equals:
            stem = text.strip()
        elif handle.strip() in people and code.strip():
            own[people[handle.strip()]] = code.strip()
        else:
            raise BadInputError("{text!r}: write --code handle=CODE for somebody in --handles", text=text)
    return stem, own

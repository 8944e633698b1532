"""``report``, ``results``, ``outcome add`` and ``outcome list``: what came of a campaign."""

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Final
from uuid import uuid4

import typer

from ambassador.cli.as_of import AsOfDay, work_then
from ambassador.cli.files import write_file
from ambassador.cli.shell import JsonFlag, Shell, plain, shell_of
from ambassador.cli.typed import day_of
from ambassador.cli.undoable import undoable
from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.services.campaigns.ambassadors import find_ambassador
from ambassador.services.campaigns.campaign_view import find_campaign
from ambassador.services.lookback.looking_back import as_known
from ambassador.services.results.outcomes import (
    archive_outcome,
    list_outcomes,
    log_outcome,
    restore_outcome,
)
from ambassador.services.results.page_state import flag_devices, surprises_of
from ambassador.services.results.report import format_of, one_line, report_file, value_for_money
from ambassador.services.results.results import observe_results, return_on_cost
from ambassador.services.work import UnitOfWork
from ambassador.values.money import Money, money
from ambassador.values.results.outcomes import OutcomeForm, OutcomeView
from ambassador.values.status import OutcomeKind
from ambassador.values.status_words import text_of

Campaign = Annotated[
    str, typer.Option("--campaign", metavar="C", help=mark("Name or number of the campaign."))
]
Numbers = Annotated[list[int], typer.Argument(help=mark("Numbers of outcomes, as the list shows them."))]
Output = Annotated[
    Path, typer.Option("--output", metavar="F", help=mark("File to write: .xlsx, .html, .csv or .parquet."))
]

_REPORT: Final = mark("Write a campaign's report: a workbook, a page to print, or a plain table.")
_RESULTS: Final = mark("Say what came of a campaign, beside its forecast.")
_ADD: Final = mark("Log an outcome: orders, visits, press or a lesson.")
_MARGIN: Final = mark("Share of the orders' worth that stays, from 0 to 1: gives the return on the cost.")
_LIST: Final = mark("List the outcomes of a campaign.")


def register(app: typer.Typer) -> None:
    """Add the verbs about results and outcomes."""
    app.command("report", help=_REPORT)(report)
    app.command("results", help=_RESULTS)(results)
    group = typer.Typer(help=mark("What came of a campaign."), rich_markup_mode=None)
    group.command("add", help=_ADD)(add)
    group.command("list", help=_LIST)(list_all)
    group.command("remove", help=mark("Take outcomes out of the log; they can be brought back."))(remove)
    group.command("restore", help=mark("Bring outcomes back into the log."))(bring_back)
    app.add_typer(group, name="outcome")


def report(
    context: typer.Context,
    *,
    campaign: Campaign,
    output: Output,
    as_of: AsOfDay = None,
    as_json: JsonFlag = False,
) -> None:
    """Write the report to a file."""
    shell = shell_of(context)
    kind, number = format_of(output.name), find_campaign(shell.work(), campaign)
    work = work_then(shell, as_of, number)
    made = report_file(work, number, kind, shell.language)
    write_file(output, made.content)
    told = {"output": str(output), "format": kind.value, "bytes": len(made.content), "campaign": campaign}
    shell.answer(
        told | _as_known(shell, work),
        as_json=as_json,
        text=shell.t("{file} is written.", file=str(output)),
    )


def results(
    context: typer.Context,
    *,
    campaign: Campaign,
    margin: Annotated[float | None, typer.Option("--margin", min=0, max=1, help=_MARGIN)] = None,
    as_of: AsOfDay = None,
    as_json: JsonFlag = False,
) -> None:
    """Print what came of a campaign."""
    shell = shell_of(context)
    number = find_campaign(shell.work(), campaign)
    work = work_then(shell, as_of, number)
    observed = observe_results(work, number)
    led_by = shell.said(observed.led_by) if observed.led_by else ""
    lines = [one_line(observed, shell.language), *([led_by] if led_by else [])]
    whole = {
        **plain(observed),
        "led_by": led_by,
        "devices": flag_devices(work, observed),
        "surprises": surprises_of(work, number),
        "value_for_money": value_for_money(observed, shell.language),
        **_as_known(shell, work),
    }
    if margin is not None:
        earned = return_on_cost(observed, margin)
        whole["return_on_cost"] = earned
        lines.append(
            shell.t("Return on cost: not known")
            if earned is None
            else shell.t("Return on cost: {share}%", share=shell.number(100 * earned))
        )
    shell.answer(whole, as_json=as_json, text="\n".join(lines))


def add(
    context: typer.Context,
    *,
    campaign: Campaign,
    kind: Annotated[OutcomeKind, typer.Option("--kind", help=mark("What it was."))],
    quantity: Annotated[int | None, typer.Option("--quantity", help=mark("How many."))] = None,
    value: Annotated[
        str, typer.Option("--value", help=mark("What it was worth, such as 1200.50 or 80 USD."))
    ] = "",
    code: Annotated[str, typer.Option("--code", help=mark("The code that was used."))] = "",
    day: Annotated[str, typer.Option("--day", metavar="YYYY-MM-DD", help=mark("When it happened."))] = "",
    note: Annotated[str, typer.Option("--note", help=mark("In words."))] = "",
    ambassador: Annotated[
        str, typer.Option("--ambassador", help=mark("Whose it is, where no code says it."))
    ] = "",
    token: Annotated[str, typer.Option("--token", help=mark("The same token twice makes one row."))] = "",
    as_json: JsonFlag = False,
) -> None:
    """Write one outcome down."""
    shell = shell_of(context)
    work = shell.work()
    number = find_campaign(work, campaign)
    form = OutcomeForm(
        campaign_id=number,
        kind=kind,
        code=code,
        ambassador_id=find_ambassador(work, number, ambassador) if ambassador else None,
        quantity=quantity,
        value=_money(value) if value else None,
        happened_on=day_of(day) if day else None,
        note=note,
    )
    noting = work.noting()
    made = log_outcome(noting, form, token or uuid4().hex)
    undoable(shell, noting, "outcome add")
    shell.answer({"outcome": made}, as_json=as_json, text=shell.t("Logged as number {number}.", number=made))


def _as_known(shell: Shell, work: UnitOfWork) -> dict[str, str]:
    """Say in JSON too of when it is, where that is not now."""
    return {"as_known": as_known(work.as_of, shell.language)} if work.as_of else {}


def list_all(
    context: typer.Context, *, campaign: Campaign, as_of: AsOfDay = None, as_json: JsonFlag = False
) -> None:
    """Print the outcome log."""
    shell = shell_of(context)
    number = find_campaign(shell.work(), campaign)
    log = list_outcomes(work_then(shell, as_of, number), number)
    lines = [_line(shell, row) for row in log.rows] or [shell.t("No outcomes yet.")]
    shell.answer(log.rows, as_json=as_json, text="\n".join(lines))


def remove(context: typer.Context, numbers: Numbers, *, as_json: JsonFlag = False) -> None:
    """Take outcomes out of the log."""
    shell = shell_of(context)
    noting = shell.work().noting()
    for number in numbers:
        archive_outcome(noting, number)
    undoable(shell, noting, "outcome remove")
    shell.answer({"removed": numbers}, as_json=as_json, text=shell.t("Taken out of the log."))


def bring_back(context: typer.Context, numbers: Numbers, *, as_json: JsonFlag = False) -> None:
    """Bring outcomes back."""
    shell = shell_of(context)
    noting = shell.work().noting()
    for number in numbers:
        restore_outcome(noting, number)
    undoable(shell, noting, "outcome restore")
    shell.answer({"restored": numbers}, as_json=as_json, text=shell.t("Back in the log."))


def _line(shell: Shell, row: OutcomeView) -> str:
    worth = f"{row.value.amount} {row.value.currency}" if row.value else ""
    day = row.happened_on.isoformat() if row.happened_on else "-"
    parts = (row.id, day, shell.t(text_of(row.kind)), row.quantity, worth, row.code, row.name, row.note)
    return "  ".join(str(part) for part in parts if part not in {None, ""})


def _money(text: str) -> Money:
    amount, _, currency = text.strip().partition(" ")
    try:
        exact = Decimal(amount.replace(",", "."))
    except InvalidOperation:
        exact = Decimal("NaN")
    if not exact.is_finite():
        raise BadInputError("{value} is no amount: write it like 1200.50 or 80 USD", value=text)
    return money(exact, currency.strip().upper() or "EUR")

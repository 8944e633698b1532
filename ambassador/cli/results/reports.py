"""``report``, ``results``, ``outcome add`` and ``outcome list``: what came of a campaign."""

from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Final
from uuid import uuid4

import typer

from ambassador.cli.as_of import AsOfDay, work_then
from ambassador.cli.shell import JsonFlag, Shell, plain, shell_of
from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.services.campaigns.campaign_view import find_campaign
from ambassador.services.lookback.looking_back import as_known
from ambassador.services.results.outcomes import list_outcomes, log_outcome
from ambassador.services.results.page_state import flag_devices
from ambassador.services.results.report import format_of, one_line, report_file
from ambassador.services.results.results import observe_results
from ambassador.services.work import UnitOfWork
from ambassador.values.money import Money, money
from ambassador.values.results.outcomes import OutcomeForm, OutcomeView
from ambassador.values.status import OutcomeKind

Campaign = Annotated[
    str, typer.Option("--campaign", metavar="C", help=mark("Name or number of the campaign."))
]
Output = Annotated[
    Path, typer.Option("--output", metavar="F", help=mark("File to write: .xlsx, .html or .csv."))
]

_REPORT: Final = mark("Write a campaign's report: a workbook, a page to print, or a plain table.")
_RESULTS: Final = mark("Say what came of a campaign, beside its forecast.")
_ADD: Final = mark("Log an outcome: orders, visits, press or a lesson.")
_LIST: Final = mark("List the outcomes of a campaign.")


def register(app: typer.Typer) -> None:
    """Add the verbs about results and outcomes."""
    app.command("report", help=_REPORT)(report)
    app.command("results", help=_RESULTS)(results)
    group = typer.Typer(help=mark("What came of a campaign."), rich_markup_mode=None)
    group.command("add", help=_ADD)(add)
    group.command("list", help=_LIST)(list_all)
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
    _write(output, made.content)
    told = {"output": str(output), "format": kind.value, "bytes": len(made.content), "campaign": campaign}
    shell.answer(
        told | _as_known(shell, work),
        as_json=as_json,
        text=shell.t("{file} is written.", file=str(output)),
    )


def results(
    context: typer.Context, *, campaign: Campaign, as_of: AsOfDay = None, as_json: JsonFlag = False
) -> None:
    """Print what came of a campaign."""
    shell = shell_of(context)
    number = find_campaign(shell.work(), campaign)
    work = work_then(shell, as_of, number)
    observed = observe_results(work, number)
    whole = {**plain(observed), "devices": flag_devices(work, observed), **_as_known(shell, work)}
    shell.answer(whole, as_json=as_json, text=one_line(observed, shell.language))


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
    token: Annotated[str, typer.Option("--token", help=mark("The same token twice makes one row."))] = "",
    as_json: JsonFlag = False,
) -> None:
    """Write one outcome down."""
    shell = shell_of(context)
    work = shell.work()
    form = OutcomeForm(
        campaign_id=find_campaign(work, campaign),
        kind=kind,
        code=code,
        quantity=quantity,
        value=_money(value) if value else None,
        happened_on=_day(day) if day else None,
        note=note,
    )
    number = log_outcome(work, form, token or uuid4().hex)
    shell.answer(
        {"outcome": number}, as_json=as_json, text=shell.t("Logged as number {number}.", number=number)
    )


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


def _line(shell: Shell, row: OutcomeView) -> str:
    worth = f"{row.value.amount} {row.value.currency}" if row.value else ""
    day = row.happened_on.isoformat() if row.happened_on else "-"
    parts = (day, shell.t(row.kind.value), row.quantity, worth, row.code, row.name, row.note)
    return "  ".join(str(part) for part in parts if part not in {None, ""})


def _write(path: Path, content: bytes) -> None:
    """Write beside and rename, so that a report is there whole or not at all."""
    passing = path.with_name(f".{path.name}.{uuid4().hex[:8]}.part")
    try:
        passing.write_bytes(content)
        passing.replace(path)
    except OSError as error:
        passing.unlink(missing_ok=True)
        raise BadInputError(
            "{file} cannot be written: {reason}", file=str(path), reason=error.strerror or str(error)
        ) from error


def _money(text: str) -> Money:
    amount, _, currency = text.strip().partition(" ")
    try:
        exact = Decimal(amount.replace(",", "."))
    except InvalidOperation:
        exact = Decimal("NaN")
    if not exact.is_finite():
        raise BadInputError("{value} is no amount: write it like 1200.50 or 80 USD", value=text)
    return money(exact, currency.strip().upper() or "EUR")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise BadInputError("{value} is no day: write it like 2026-05-12", value=text) from None

"""``ambassador device``: the stock, phones out and back, and the history of each."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from ambassador.cli.as_of import AsOfDay, work_then
from ambassador.cli.courier_words import words_told
from ambassador.cli.files import write_file
from ambassador.cli.shell import JsonFlag, Shell, amount, shell_of
from ambassador.cli.typed import day_of, moment_in, one_of
from ambassador.cli.undoable import undoable
from ambassador.errors import NotFoundError
from ambassador.i18n import mark
from ambassador.services.campaigns.ambassadors import find_ambassador
from ambassador.services.campaigns.campaign_view import find_campaign, zone_of_days
from ambassador.services.devices.courier_words import (
    forget_courier_word,
    list_courier_words,
    put_courier_word,
)
from ambassador.services.devices.devices import (
    add_device,
    deliver_device,
    keep_device,
    lose_device,
    move_device,
    release_device,
    replace_device,
    reserve_device,
    return_device,
    ship_devices,
)
from ambassador.services.devices.packing import packing_list, packing_sheet
from ambassador.services.devices.stock import device_history, stock
from ambassador.services.work import UnitOfWork
from ambassador.values.devices import CustodyView
from ambassador.values.drafts import DeviceDraft
from ambassador.values.status import DeviceStatus, ParcelState
from ambassador.values.status_words import text_of

Phone = Annotated[str, typer.Argument(help=mark("Serial, IMEI, #number, or our reference such as Q1-0007."))]
_WHICH = mark("This phone; the next in stock if not said.")
_SENT = mark("The day; today if not said.")
Note = Annotated[str, typer.Option(help=mark("What happened."))]


def register(app: typer.Typer) -> None:
    """Add ``device`` and its verbs."""
    group = typer.Typer(rich_markup_mode=None, help=mark("Stock, phones out and back, history."))
    group.command("list", help=mark("Tell where every phone is."))(list_all)
    group.command("add", help=mark("Add a phone to the stock."))(add)
    group.command("reserve", help=mark("Keep a phone for an ambassador."))(reserve)
    group.command("release", help=mark("Put a phone that was only reserved back in stock."))(release)
    group.command("packing", help=mark("List the parcels that wait to be sent."))(packing)
    group.command("ship", help=mark("Note that phones were sent."))(ship)
    group.command("deliver", help=mark("Note that a phone arrived."))(deliver)
    group.command("return", help=mark("Note that a phone came back."))(give_back)
    group.command("lose", help=mark("Note that a phone was lost."))(lose)
    group.command("keep", help=mark("Leave a phone with its ambassador for good."))(keep)
    group.command("move", help=mark("Note what became of a phone nobody holds."))(move)
    group.command("replace", help=mark("Reserve another phone in place of a lost one."))(replace)
    group.command("words", help=mark("Show what couriers' words mean; explain or forget one."))(words)
    group.command("history", help=mark("Tell everything that happened to a phone."))(history)
    app.add_typer(group, name="device")


def words(
    context: typer.Context,
    *,
    add: Annotated[
        list[str] | None,
        typer.Option("--add", metavar="WORD=STATE", help=mark("What a word means; may be repeated.")),
    ] = None,
    forget: Annotated[
        list[str] | None,
        typer.Option("--forget", metavar="WORD", help=mark("Forget what was said of a word.")),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Show couriers' words, our own first; explain words, or forget what was said of them."""
    shell = shell_of(context)
    work = shell.work()
    told = words_told(add or [])
    if told or forget:
        noting = work.noting()
        for word, state in told.items():
            put_courier_word(noting, word, one_of(ParcelState, state))
        for word in forget or []:
            forget_courier_word(noting, word)
        undoable(shell, noting, "device words")
    known = list_courier_words(work)
    lines = [
        shell.t("{word}: {state}", word=one.word, state=shell.t(text_of(one.state)))
        + ("  (" + shell.t("our own") + ")" if one.is_own else "")
        for one in known
    ]
    shell.answer(known, as_json=as_json, text="\n".join(lines))


def list_all(context: typer.Context, *, as_of: AsOfDay = None, as_json: JsonFlag = False) -> None:
    """Tell where every phone is."""
    shell = shell_of(context)
    now = stock(work_then(shell, as_of))
    lines = [
        f"{one.label}  {one.model}  {shell.state(one.status)}  {one.holder}  {one.reference}".rstrip()
        for one in now.devices
    ]
    counts = ", ".join(f"{shell.state(status)} {count}" for status, count in now.by_status.items() if count)
    text = "\n".join([*lines, shell.t("Phones: {total} ({counts})", total=now.total, counts=counts or "-")])
    shell.answer(
        {"total": now.total, "by_status": now.by_status, "overdue": now.overdue, "devices": now.devices},
        as_json=as_json,
        text=text,
    )


def add(
    context: typer.Context,
    model: Annotated[str, typer.Argument(help=mark("Model, as the campaign's product is called."))],
    *,
    serial: Annotated[str, typer.Option(help=mark("Serial."))] = "",
    imei: Annotated[
        list[str] | None, typer.Option(help=mark("IMEI; twice for a phone with two SIMs."))
    ] = None,
    colour: Annotated[str, typer.Option(help=mark("Colour."))] = "",
    cost: Annotated[str, typer.Option(help=mark("What it costs; unknown if not said."))] = "",
    currency: Annotated[str, typer.Option(help=mark("Three letters."))] = "EUR",
    as_json: JsonFlag = False,
) -> None:
    """Add a phone to the stock."""
    shell = shell_of(context)
    first, second = [*(imei or ()), "", ""][:2]
    draft = DeviceDraft(0, model, serial, first, second, colour, amount(cost, currency.upper()))
    number = add_device(shell.work(), draft)
    shell.answer({"id": number}, as_json=as_json, text=shell.t("Phone #{number} is in stock", number=number))


def reserve(
    context: typer.Context,
    person: Annotated[str, typer.Argument(help=mark("Handle, or platform:handle."))],
    *,
    campaign: Annotated[str, typer.Option(help=mark("Name or number of the campaign."))],
    phone: Annotated[str, typer.Option("--phone", help=_WHICH)] = "",
    as_json: JsonFlag = False,
) -> None:
    """Keep a phone for an ambassador."""
    shell = shell_of(context)
    work = shell.work()
    ambassador = find_ambassador(work, find_campaign(work, campaign), person)
    device = device_history(work, phone).device.id if phone else None
    noting = work.noting()
    kept = reserve_device(noting, ambassador, device)
    undoable(shell, noting, "device reserve")
    _tell(shell, kept, as_json=as_json)


def packing(
    context: typer.Context,
    *,
    campaign: Annotated[str, typer.Option(help=mark("Name or number; all if not said."))] = "",
    output: Annotated[
        Path | None, typer.Option("--output", metavar="F", help=mark("Write slips to print here: .html."))
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """List the parcels that wait to be sent."""
    shell = shell_of(context)
    work = shell.work()
    lines = packing_list(work, find_campaign(work, campaign) if campaign else None)
    if output is not None:
        write_file(output, packing_sheet(lines, shell.language))
    text = "\n".join(
        f"{one.reference}  {one.recipient}  {one.city}  {one.model} {one.serial}" for one in lines
    )
    shell.answer(lines, as_json=as_json, text=text or shell.t("Nothing waits to be sent."))


def ship(
    context: typer.Context,
    phones: Annotated[list[str], typer.Argument(help=mark("Serials, IMEIs or our references."))],
    *,
    courier: Annotated[str, typer.Option(help=mark("Who carries it."))] = "",
    tracking: Annotated[str, typer.Option(help=mark("The courier's number."))] = "",
    sent_on: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help=_SENT)] = "",
    as_json: JsonFlag = False,
) -> None:
    """Note that phones were sent."""
    shell = shell_of(context)
    work = shell.work()
    on = day_of(sent_on) if sent_on else None
    noting = work.noting()
    done = ship_devices(noting, [_custody(work, phone) for phone in phones], courier, tracking, on=on)
    undoable(shell, noting, "device ship")
    if done.unsigned:
        shell.remark(shell.t("Agreement not signed: {names}", names=", ".join(done.unsigned)))
    text = shell.t("{count} on the way", count=len(done.shipped))
    shell.answer(done, as_json=as_json, text=text)


def deliver(context: typer.Context, phone: Phone, *, note: Note = "", as_json: JsonFlag = False) -> None:
    """Note that a phone arrived."""
    _move(context, "device deliver", deliver_device, phone, note, as_json=as_json)


def give_back(context: typer.Context, phone: Phone, *, note: Note = "", as_json: JsonFlag = False) -> None:
    """Note that a phone came back."""
    _move(context, "device return", return_device, phone, note, as_json=as_json)


def lose(context: typer.Context, phone: Phone, *, note: Note = "", as_json: JsonFlag = False) -> None:
    """Note that a phone was lost."""
    _move(context, "device lose", lose_device, phone, note, as_json=as_json)


def release(context: typer.Context, phone: Phone, *, note: Note = "", as_json: JsonFlag = False) -> None:
    """Put a phone that was only reserved back in stock."""
    _move(context, "device release", release_device, phone, note, as_json=as_json)


def keep(context: typer.Context, phone: Phone, *, note: Note = "", as_json: JsonFlag = False) -> None:
    """Leave a delivered phone with the person for good."""
    _move(context, "device keep", keep_device, phone, note, as_json=as_json)


def move(
    context: typer.Context,
    phone: Phone,
    *,
    to: Annotated[str, typer.Option("--to", help=mark("in_stock, lost or retired."))],
    note: Note = "",
    as_json: JsonFlag = False,
) -> None:
    """Lose, find, retire or take into use a phone nobody holds."""
    shell = shell_of(context)
    work = shell.work()
    noting = work.noting()
    move_device(noting, device_history(work, phone).device.id, one_of(DeviceStatus, to), note)
    undoable(shell, noting, "device move")
    device = device_history(work, phone).device
    text = f"{device.label}: {shell.state(device.status)}"
    shell.answer({"id": device.id, "status": device.status}, as_json=as_json, text=text)


def replace(
    context: typer.Context,
    phone: Phone,
    *,
    by: Annotated[str, typer.Option("--by", help=_WHICH)] = "",
    note: Note = "",
    as_json: JsonFlag = False,
) -> None:
    """Reserve another phone in place of a lost one."""
    shell = shell_of(context)
    work = shell.work()
    other = device_history(work, by).device.id if by else None
    custody = _custody(work, phone, lost=True)
    noting = work.noting()
    kept = replace_device(noting, custody, other, note=note)
    undoable(shell, noting, "device replace")
    _tell(shell, kept, as_json=as_json)


def history(context: typer.Context, phone: Phone, *, as_json: JsonFlag = False) -> None:
    """Tell everything that happened to a phone."""
    shell = shell_of(context)
    found = device_history(shell.work(), phone)
    zone = zone_of_days(shell.work()) or "UTC"
    lines = [
        "  ".join(
            (
                moment_in(one.time_zone or zone, one.happened_at),
                shell.state(one.to_status),
                one.holder,
                one.reference,
                one.note,
            )
        ).rstrip()
        for one in found.events
    ]
    shell.answer(found, as_json=as_json, text="\n".join(lines))


def _move(
    context: typer.Context,
    verb: str,
    act: Callable[..., CustodyView],
    phone: str,
    note: str,
    *,
    as_json: bool,
) -> None:
    shell = shell_of(context)
    noting = shell.work().noting()
    moved = act(noting, _custody(noting, phone), note=note)
    undoable(shell, noting, verb)
    _tell(shell, moved, as_json=as_json)


def _custody(work: UnitOfWork, phone: str, *, lost: bool = False) -> int:
    """The custody a phone is in; a lost one still has the custody it was lost in."""
    device = device_history(work, phone).device
    if device.custody_id is None or (device.status is DeviceStatus.LOST and not lost):
        raise NotFoundError(
            "{phone} is with nobody: it is {status}", phone=device.label, status=device.status.value
        )
    return device.custody_id


def _tell(shell: Shell, custody: CustodyView, *, as_json: bool) -> None:
    values: dict[str, Any] = {"reference": custody.reference, "name": custody.holder}
    text = shell.t("{reference} for {name}: {status}", **values, status=custody.device_status.value)
    shell.answer(custody, as_json=as_json, text=text)

"""``ambassador campaign costs``: the budget of a campaign, and what each person costs beside the fee."""

from dataclasses import replace
from typing import Annotated, Any

import typer

from ambassador.cli.shell import JsonFlag, Shell, amount, shell_of
from ambassador.cli.undoable import undoable
from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.services.campaigns.campaign_view import campaign_draft, find_campaign
from ambassador.services.campaigns.campaigns import edit_campaign
from ambassador.services.countries import shipping_of, shipping_text
from ambassador.values.campaigns.campaigns import CampaignDraft
from ambassador.values.campaigns.unit_costs import DeviceCosting
from ambassador.values.money import Money

_NONE = "none"
_COSTING = mark(
    "whole: what it was bought for; resale: on loan, what it loses until it is sold; "
    "months: on loan, its days of its months of use."
)


def register(group: typer.Typer) -> None:
    """Add ``costs`` to the verbs of campaigns."""
    group.command("costs", help=mark("Show or set the budget of a campaign, and what each person costs."))(
        costs
    )


def costs(
    context: typer.Context,
    campaign: Annotated[str, typer.Argument(help=mark("Name or number of the campaign."))],
    *,
    budget: Annotated[
        str | None, typer.Option(help=mark("What may be spent in all; none: no limit."))
    ] = None,
    costing: Annotated[DeviceCosting | None, typer.Option(help=_COSTING)] = None,
    device_cost: Annotated[
        str | None,
        typer.Option(help=mark("What a phone was bought for; none: what the list of phones says.")),
    ] = None,
    resale: Annotated[str | None, typer.Option(help=mark("What a phone fetches after a loan."))] = None,
    months: Annotated[int | None, typer.Option(help=mark("Months a phone is used for."))] = None,
    loan_days: Annotated[int | None, typer.Option(help=mark("Days of a loan, as planned."))] = None,
    shipping: Annotated[str | None, typer.Option(help=mark("What a parcel costs."))] = None,
    shipping_to: Annotated[
        list[str] | None,
        typer.Option(
            help=mark("What a parcel to one country costs, such as IT=9; may be repeated. none: nowhere.")
        ),
    ] = None,
    other_cost: Annotated[str | None, typer.Option(help=mark("What else each person costs."))] = None,
    as_json: JsonFlag = False,
) -> None:
    """Show what a campaign may spend and what each person costs; what is typed is set first."""
    shell = shell_of(context)
    work = shell.work()
    number = find_campaign(work, campaign)
    was = campaign_draft(work, number)
    typed: dict[str, Any] = {"costing": costing, "months": months, "loan_days": loan_days}
    amounts = {"device": device_cost, "resale": resale, "shipping": shipping, "other": other_cost}
    typed = {name: value for name, value in typed.items() if value is not None}
    typed |= {name: _amount(text, was.currency) for name, text in amounts.items() if text is not None}
    if shipping_to:
        typed["shipping_to"] = () if shipping_to == [_NONE] else shipping_of(shipping_to, was.currency)
    wanted = replace(was, costs=replace(was.costs, **typed))
    if budget is not None:
        wanted = replace(wanted, budget=_amount(budget, was.currency))
    if wanted != was:
        noting = work.noting()
        edit_campaign(noting, number, wanted, was)
        undoable(shell, noting, "campaign costs")
    shell.answer(_as_json(wanted, number), as_json=as_json, text="\n".join(_lines(shell, wanted)))


def _amount(text: str, currency: str) -> Money | None:
    if text.strip().casefold() == _NONE:
        return None
    found = amount(text, currency)
    if found is None:
        raise BadInputError("{text} is no amount: write it like 1500 or 1500.50", text=text)
    return found


def _as_json(draft: CampaignDraft, number: int) -> dict[str, Any]:
    each = draft.costs
    return {
        "campaign": number,
        "currency": draft.currency,
        "budget": draft.budget,
        "costing": each.costing,
        "device": each.device,
        "resale": each.resale,
        "months": each.months,
        "loan_days": each.loan_days,
        "shipping": each.shipping,
        "shipping_to": dict(each.shipping_to),
        "other": each.other,
    }


def _lines(shell: Shell, draft: CampaignDraft) -> list[str]:
    t, each = shell.t, draft.costs

    def said(value: Money | None) -> str:
        return t("not said") if value is None else f"{value.amount:f} {value.currency}"

    lines = [
        t("Budget: {amount}", amount=said(draft.budget)),
        t("A phone was bought for: {amount}", amount=said(each.device)),
        t("Shipping: {amount}", amount=said(each.shipping)),
        t("Other costs: {amount}", amount=said(each.other)),
    ]
    if each.shipping_to:
        lines.append(t("Shipping by country: {shipping}", shipping=shipping_text(each.shipping_to)))
    if each.costing is DeviceCosting.RESALE:
        lines.append(t("A loan counts until it is sold again for {amount}.", amount=said(each.resale)))
    if each.costing is DeviceCosting.MONTHS:
        lines.append(
            t(
                "A loan of {days} days counts out of {months} months of use.",
                days=each.loan_days,
                months=each.months,
            )
        )
    return lines

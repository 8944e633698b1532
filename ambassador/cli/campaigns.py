"""``ambassador campaign``: make, list, launch, close, and confirm a pick."""

from datetime import datetime
from typing import Annotated, Final
from zoneinfo import ZoneInfo

import typer

from ambassador.cli import campaign_costs
from ambassador.cli.shell import JsonFlag, Shell, amount, parts_of, shell_of
from ambassador.i18n import mark
from ambassador.services.campaigns.campaign_drafts import zone_of
from ambassador.services.campaigns.campaign_view import find_campaign, list_campaigns, open_campaign
from ambassador.services.campaigns.campaigns import (
    close_campaign,
    create_campaign,
    launch_campaign,
    reopen_campaign,
    start_campaign,
)
from ambassador.services.campaigns.confirm_pick import confirm_pick
from ambassador.values.campaigns.campaigns import CampaignDraft, CampaignPlan, MatchRuleDraft
from ambassador.values.drafts import DealDraft
from ambassador.values.status import Deal

Name = Annotated[str, typer.Argument(help=mark("Name or number of the campaign."))]
_CARD: Final = (
    "id",
    "name",
    "status",
    "starts_on",
    "ends_on",
    "time_zone",
    "budget=spending.budget",
    "spent=spending.spent",
    "costs",
    "ambassadors=by_status",
    "agreements_signed",
    "agreements_wanted",
    "launch_forecast_id",
)
_PICK: Final = mark("Number of a pick: its people are invited, its budget and costs are kept unless said.")
Words = Annotated[str, typer.Option(help=mark("Separated by commas."))]


def register(app: typer.Typer) -> None:
    """Add ``campaign`` and its verbs."""
    group = typer.Typer(rich_markup_mode=None, help=mark("Make, launch and close campaigns; confirm a pick."))
    group.command("create", help=mark("Make a campaign."))(create)
    group.command("list", help=mark("List the campaigns."))(list_all)
    group.command("launch", help=mark("Launch a campaign; its forecast is frozen."))(launch)
    group.command("close", help=mark("Close a live campaign."))(close)
    group.command("reopen", help=mark("Open a closed campaign again."))(reopen)
    group.command("confirm", help=mark("Make the people of a pick ambassadors."))(confirm)
    campaign_costs.register(group)
    app.add_typer(group, name="campaign")


def create(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help=mark("Its name."))],
    *,
    starts: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help=mark("First day."))],
    ends: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help=mark("Last day."))],
    product: Annotated[str, typer.Option(help=mark("As the phones' model is called."))] = "",
    time_zone: Annotated[str, typer.Option(help=mark("Such as Europe/Rome."))] = "Europe/Rome",
    currency: Annotated[str, typer.Option(help=mark("Three letters."))] = "EUR",
    budget: Annotated[str, typer.Option(help=mark("In the campaign's currency."))] = "",
    embargo: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%dT%H:%M"], help=mark("In the campaign's time zone."))
    ] = None,
    hashtags: Words = "",
    keywords: Words = "",
    exclude_words: Words = "",
    authors: Words = "",
    pick: Annotated[int | None, typer.Option(help=_PICK)] = None,
    deal: Annotated[Deal, typer.Option(help=mark("gift, loan or paid."))] = Deal.GIFT,
    as_json: JsonFlag = False,
) -> None:
    """Make a campaign."""
    shell = shell_of(context)
    rule = MatchRuleDraft(_parts(hashtags), _parts(keywords), _parts(exclude_words), _parts(authors))
    draft = CampaignDraft(
        name=name,
        starts_on=starts.date(),
        ends_on=ends.date(),
        product=product,
        time_zone=time_zone,
        currency=currency.upper(),
        budget=amount(budget, currency.upper()),
        embargo_until=_embargo(embargo, zone_of(time_zone)),
        rule=rule if rule != MatchRuleDraft() else None,
    )
    plan = CampaignPlan(pick, deal=DealDraft(deal=deal))
    made = create_campaign(shell.work(), draft) if pick is None else start_campaign(shell.work(), draft, plan)
    answer = {"id": made, "name": draft.name.strip(), "status": "draft"}
    shell.answer(
        answer, as_json=as_json, text=shell.t("Campaign {number}: {name}", number=made, name=answer["name"])
    )


def list_all(context: typer.Context, *, as_json: JsonFlag = False) -> None:
    """List the campaigns."""
    shell = shell_of(context)
    cards = list_campaigns(shell.work())
    lines = [
        f"{card.id}  {card.name}  {shell.state(card.status)}  {card.starts_on} - {card.ends_on}"
        for card in cards
    ]
    text = "\n".join(lines) or shell.t("There is no campaign yet.")
    shell.answer([parts_of(card, *_CARD) for card in cards], as_json=as_json, text=text)


def launch(
    context: typer.Context,
    campaign: Name,
    *,
    forecast: Annotated[
        int | None, typer.Option(help=mark("Number of the forecast to be judged by; the newest if not said."))
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Launch a campaign."""
    shell = shell_of(context)
    work = shell.work()
    number = find_campaign(work, campaign)
    known = open_campaign(work, number).forecasts
    chosen = forecast if forecast is not None else (known[0][0] if known else None)
    launch_campaign(work, number, chosen)
    _tell(shell, number, as_json=as_json)


def close(context: typer.Context, campaign: Name, *, as_json: JsonFlag = False) -> None:
    """Close a live campaign."""
    shell = shell_of(context)
    number = find_campaign(shell.work(), campaign)
    close_campaign(shell.work(), number)
    _tell(shell, number, as_json=as_json)


def reopen(context: typer.Context, campaign: Name, *, as_json: JsonFlag = False) -> None:
    """Open a closed campaign again."""
    shell = shell_of(context)
    number = find_campaign(shell.work(), campaign)
    reopen_campaign(shell.work(), number)
    _tell(shell, number, as_json=as_json)


def confirm(
    context: typer.Context,
    pick: Annotated[int, typer.Argument(help=mark("Number of the pick."))],
    *,
    campaign: Annotated[str, typer.Option(help=mark("Name or number; the pick's own if not said."))] = "",
    deal: Annotated[Deal, typer.Option(help=mark("gift, loan or paid."))] = Deal.GIFT,
    fee: Annotated[
        str, typer.Option(help=mark("Fee each; where people are paid, else each person's own."))
    ] = "",
    currency: Annotated[str, typer.Option(help=mark("Three letters."))] = "EUR",
    reserve: Annotated[int, typer.Option(help=mark("How many wait on the reserve list."))] = 10,
    as_json: JsonFlag = False,
) -> None:
    """Make the people of a pick ambassadors."""
    shell = shell_of(context)
    work = shell.work()
    number = find_campaign(work, campaign) if campaign else None
    done = confirm_pick(
        work,
        pick,
        DealDraft(deal=deal, fee=amount(fee, currency.upper())),
        reserve=reserve,
        campaign_id=number,
    )
    text = shell.t(
        "{invited} invited, {already} in before, {reserve} in reserve",
        invited=len(done.invited),
        already=len(done.already),
        reserve=len(done.reserve),
    )
    shell.answer(done, as_json=as_json, text=text)


def _tell(shell: Shell, number: int, *, as_json: bool) -> None:
    card = open_campaign(shell.work(), number).card
    text = shell.t("{name} is {status}", name=card.name, status=card.status.value)
    shell.answer(parts_of(card, *_CARD), as_json=as_json, text=text)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _embargo(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return moment.replace(tzinfo=zone) if moment else None

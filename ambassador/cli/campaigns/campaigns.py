"""``ambassador campaign``: make, edit, list, launch, close, put away, and confirm a pick."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo

import typer

from ambassador.cli import campaign_costs
from ambassador.cli.campaigns import ambassadors, deals
from ambassador.cli.shell import JsonFlag, Shell, amount, parts_of, shell_of
from ambassador.cli.typed import day_of, or_empty, words_of
from ambassador.cli.undoable import undoable
from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.services.campaigns.campaign_view import (
    campaign_draft,
    find_campaign,
    list_campaigns,
    open_campaign,
)
from ambassador.services.campaigns.campaigns import (
    archive_campaign,
    close_campaign,
    create_campaign,
    edit_campaign,
    launch_campaign,
    reopen_campaign,
    start_campaign,
)
from ambassador.services.campaigns.confirm_pick import confirm_pick
from ambassador.services.mentions import refresh_mentions
from ambassador.values.campaigns.campaigns import (
    CampaignCard,
    CampaignDraft,
    CampaignPlan,
    MatchRuleDraft,
    TimelineEventKind,
)
from ambassador.values.days import zone_of
from ambassador.values.drafts import DealDraft
from ambassador.values.status import Deal
from ambassador.values.status_words import text_of

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
Words = Annotated[str, typer.Option(help=mark("Separated by commas."))]
_NewWords = Annotated[str | None, typer.Option(help=mark("Separated by commas."))]
_PICK: Final = mark("Number of a pick: its people are invited, its budget and costs are kept unless said.")
_SILENT: Final = mark("Days after the phone arrived without a post until somebody counts as silent.")


def register(app: typer.Typer) -> None:
    """Add ``campaign`` and its verbs."""
    group = typer.Typer(rich_markup_mode=None, help=mark("Make, launch and close campaigns; confirm a pick."))
    group.command("create", help=mark("Make a campaign."))(create)
    group.command("edit", help=mark("Change a campaign: only what is said; none empties a field."))(edit)
    group.command("list", help=mark("List the campaigns."))(list_all)
    group.command("show", help=mark("Show a campaign with its people, its rule and its dates."))(show)
    group.command("launch", help=mark("Launch a campaign; its forecast is frozen."))(launch)
    group.command("close", help=mark("Close a live campaign."))(close)
    group.command("reopen", help=mark("Open a closed campaign again."))(reopen)
    group.command("archive", help=mark("Archive a campaign, or bring it back."))(archive)
    group.command("confirm", help=mark("Make the people of a pick ambassadors."))(confirm)
    campaign_costs.register(group)
    ambassadors.register(group)
    deals.register(group)
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
    silent_after: Annotated[int, typer.Option(min=1, help=_SILENT)] = 5,
    notes: Annotated[str, typer.Option(help=mark("In words."))] = "",
    as_json: JsonFlag = False,
) -> None:
    """Make a campaign."""
    shell = shell_of(context)
    rule = MatchRuleDraft(words_of(hashtags), words_of(keywords), words_of(exclude_words), words_of(authors))
    draft = CampaignDraft(
        name=name,
        starts_on=starts.date(),
        ends_on=ends.date(),
        product=product,
        time_zone=time_zone,
        currency=currency.upper(),
        budget=amount(budget, currency.upper()),
        embargo_until=_embargo(embargo, zone_of(time_zone)),
        silent_after_days=silent_after,
        notes=notes,
        rule=rule if rule != MatchRuleDraft() else None,
    )
    plan = CampaignPlan(pick, deal=DealDraft(deal=deal))
    made = create_campaign(shell.work(), draft) if pick is None else start_campaign(shell.work(), draft, plan)
    refresh_mentions(shell.work(), made)
    answer = {"id": made, "name": draft.name.strip(), "status": "draft"}
    shell.answer(
        answer, as_json=as_json, text=shell.t("Campaign {number}: {name}", number=made, name=answer["name"])
    )


def edit(
    context: typer.Context,
    campaign: Name,
    *,
    name: Annotated[str | None, typer.Option(help=mark("Its new name."))] = None,
    starts: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help=mark("First day."))] = None,
    ends: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help=mark("Last day."))] = None,
    product: Annotated[str | None, typer.Option(help=mark("As the phones' model is called."))] = None,
    time_zone: Annotated[str | None, typer.Option(help=mark("Such as Europe/Rome."))] = None,
    currency: Annotated[str | None, typer.Option(help=mark("Three letters."))] = None,
    budget: Annotated[str | None, typer.Option(help=mark("In the campaign's currency."))] = None,
    embargo: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DDTHH:MM", help=mark("In the campaign's time zone."))
    ] = None,
    silent_after: Annotated[int | None, typer.Option(min=1, help=_SILENT)] = None,
    notes: Annotated[str | None, typer.Option(help=mark("In words."))] = None,
    hashtags: _NewWords = None,
    keywords: _NewWords = None,
    exclude_words: _NewWords = None,
    authors: _NewWords = None,
    as_json: JsonFlag = False,
) -> None:
    """Change what and when, and the rule mentions are matched by."""
    shell = shell_of(context)
    work = shell.work()
    number = find_campaign(work, campaign)
    was = campaign_draft(work, number)
    zone, money_of = time_zone or was.time_zone, (currency or was.currency).upper()
    changes: dict[str, Any] = {
        "name": name,
        "starts_on": None if starts is None else day_of(starts),
        "ends_on": None if ends is None else day_of(ends),
        "product": _text(product),
        "time_zone": time_zone,
        "currency": money_of if currency else None,
        "silent_after_days": silent_after,
        "notes": _text(notes),
        "rule": _rule(was.rule, hashtags, keywords, exclude_words, authors),
    }
    draft = replace(was, **{field: value for field, value in changes.items() if value is not None})
    if budget is not None:
        draft = replace(draft, budget=or_empty(budget, lambda text: amount(text, money_of), None))
    if embargo is not None:
        draft = replace(draft, embargo_until=or_empty(embargo, lambda text: _moment(text, zone), None))
    noting = work.noting()
    edit_campaign(noting, number, draft, was)
    refresh_mentions(work, number)
    undoable(shell, noting, "campaign edit")
    _tell(shell, number, as_json=as_json)


def show(context: typer.Context, campaign: Name, *, as_json: JsonFlag = False) -> None:
    """Show one campaign."""
    shell = shell_of(context)
    view = open_campaign(shell.work(), find_campaign(shell.work(), campaign))
    lines = [_line(shell, view.card)]
    lines += [
        "  ".join((f"{one.day}", shell.t(text_of(one.kind)), ", ".join(one.people))).rstrip()
        for one in view.moments
        if one.kind is not TimelineEventKind.TODAY
    ]
    lines += [ambassadors.line(shell, row) for row in view.ambassadors]
    shell.answer(view, as_json=as_json, text="\n".join(lines))


def list_all(context: typer.Context, *, as_json: JsonFlag = False) -> None:
    """List the campaigns."""
    shell = shell_of(context)
    cards = list_campaigns(shell.work())
    text = "\n".join(_line(shell, card) for card in cards) or shell.t("There is no campaign yet.")
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
    noting = shell.work().noting()
    close_campaign(noting, number)
    undoable(shell, noting, "campaign close")
    _tell(shell, number, as_json=as_json)


def reopen(context: typer.Context, campaign: Name, *, as_json: JsonFlag = False) -> None:
    """Open a closed campaign again."""
    shell = shell_of(context)
    number = find_campaign(shell.work(), campaign)
    noting = shell.work().noting()
    reopen_campaign(noting, number)
    undoable(shell, noting, "campaign reopen")
    _tell(shell, number, as_json=as_json)


def archive(
    context: typer.Context,
    campaign: Name,
    *,
    back: Annotated[bool, typer.Option("--back", help=mark("Bring it back."))] = False,
    as_json: JsonFlag = False,
) -> None:
    """Hide a campaign that is not running, or show it again."""
    shell = shell_of(context)
    number = find_campaign(shell.work(), campaign)
    noting = shell.work().noting()
    archive_campaign(noting, number, archived=not back)
    undoable(shell, noting, "campaign archive")
    shell.archived(campaign, {"id": number}, is_archived=not back, as_json=as_json)


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
    noting = work.noting()
    done = confirm_pick(
        noting,
        pick,
        DealDraft(deal=deal, fee=amount(fee, currency.upper())),
        reserve=reserve,
        campaign_id=number,
    )
    undoable(shell, noting, "campaign confirm")
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


def _line(shell: Shell, card: CampaignCard) -> str:
    return f"{card.id}  {card.name}  {shell.state(card.status)}  {card.starts_on} - {card.ends_on}"


def _text(typed: str | None) -> str | None:
    return None if typed is None else or_empty(typed, str.strip, "")


def _rule(was: MatchRuleDraft | None, *typed: str | None) -> MatchRuleDraft | None:
    """The rule with the lists that were typed; None where none was."""
    names = ("hashtags", "keywords", "exclude_words", "authors")
    said: dict[str, Any] = {
        name: or_empty(text, words_of, ())
        for name, text in zip(names, typed, strict=True)
        if text is not None
    }
    return replace(was or MatchRuleDraft(), **said) if said else None


def _moment(text: str, zone: str) -> datetime | None:
    try:
        return _embargo(datetime.fromisoformat(text.strip()), zone_of(zone))
    except ValueError:
        raise BadInputError("{value} is no moment: write it like 2026-05-12T09:00", value=text) from None


def _embargo(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return moment.replace(tzinfo=zone) if moment else None

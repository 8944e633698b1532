"""``ambassador activation``: what is started together with people; made, opened, closed, announced."""

from dataclasses import replace
from typing import Annotated, Any, Final

import typer

from ambassador.cli.activations import contests, discussions, moments, questions, replies, votes
from ambassador.cli.activations.told import card_line, entry_line, tell_activation
from ambassador.cli.shell import JsonFlag, amount, parts_of, shell_of
from ambassador.cli.typed import day_of, one_of, or_empty
from ambassador.cli.undoable import undoable
from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.services.activations.activation_view import (
    activation_draft,
    find_activation,
    list_activations,
    open_activation,
)
from ambassador.services.activations.activations import (
    archive_activation,
    create_activation,
    edit_activation,
    move_activation,
)
from ambassador.services.activations.entries import find_idea, note_progress, put_idea, withdraw_idea
from ambassador.services.campaigns.campaign_view import find_campaign
from ambassador.values.activations.activations import ActivationDraft, EntryDraft
from ambassador.values.activations.states import ActivationKind, ActivationStatus, EntryStatus

Name = Annotated[str, typer.Argument(metavar="ACTIVATION", help=mark("Title or number of the activation."))]
_CARD: Final = (
    "id",
    "title",
    "kind",
    "status",
    "campaign_id",
    "starts_on",
    "ends_on",
    "time_zone",
    "budget",
    "cost",
    "entries",
    "took_part",
    "new",
    "cost_per_person",
    "cost_per_new",
)
_KIND: Final = mark(
    "ideas: voted, then built on a budget; poll: one of several options; contest: photos or stories, ranked "
    "by votes and a jury; questions: asked and answered in public; moment: an ambassador on air or in a "
    "shop; discussion: of a post, news or a question."
)
_WEIGHT: Final = mark("Percent of the points of a contest that its jury decides.")
_BUDGET: Final = mark("What may be spent on ideas, in its currency.")
_COST: Final = mark("What running it costs, in its currency.")
_MOST: Final = mark("How many ideas, options or entries one ballot may name; any number if not said.")
_KEY: Final = mark("What ballots call it, such as 1 or B; an entry of a contest is given one if not said.")
_MENTION: Final = mark("Number of the post that is entered in a contest.")
_STATUS: Final = mark("What became of the idea: proposed, in_work, built or not_built.")


def register(app: typer.Typer) -> None:
    """Add ``activation`` and its verbs."""
    about = mark("Things started together with people: ideas voted and built on a budget, polls, contests.")
    group = typer.Typer(rich_markup_mode=None, help=about)
    group.command("create", help=mark("Make an activation; it begins as a draft."))(create)
    group.command("edit", help=mark("Change an activation: only what is said; none empties a field."))(edit)
    group.command("list", help=mark("List the activations, with what each cost for those who took part."))(
        list_all
    )
    group.command("show", help=mark("Show an activation with its ideas, options or entries and its files."))(
        show
    )
    group.command("idea", help=mark("Enter or change an idea, option or entry, or note what became of it."))(
        idea
    )
    group.command("open", help=mark("Open the vote."))(open_vote)
    group.command("close", help=mark("Close the vote, or take an announcement back."))(close)
    group.command("reopen", help=mark("Open a closed vote again."))(reopen)
    group.command("announce", help=mark("Announce the result: nothing that it rests on changes any more."))(
        announce
    )
    group.command("archive", help=mark("Archive an activation, or bring it back."))(archive)
    votes.register(group)
    contests.register(group)
    questions.register(group)
    moments.register(group)
    discussions.register(group)
    replies.register(group)
    app.add_typer(group, name="activation")


def create(
    context: typer.Context,
    title: Annotated[str, typer.Argument(help=mark("Its title."))],
    *,
    starts: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help=mark("First day."))],
    ends: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help=mark("Last day."))],
    kind: Annotated[str, typer.Option(help=_KIND)] = ActivationKind.IDEAS.value,
    campaign: Annotated[str, typer.Option(help=mark("Name or number; it stands alone if not said."))] = "",
    time_zone: Annotated[str, typer.Option(help=mark("Such as Europe/Rome."))] = "Europe/Rome",
    currency: Annotated[str, typer.Option(help=mark("Three letters."))] = "EUR",
    budget: Annotated[str, typer.Option(help=_BUDGET)] = "",
    cost: Annotated[str, typer.Option(help=_COST)] = "",
    most: Annotated[int | None, typer.Option(min=1, help=_MOST)] = None,
    jury_weight: Annotated[int | None, typer.Option(help=_WEIGHT)] = None,
    rules: Annotated[str, typer.Option(help=mark("The rules, in words."))] = "",
    as_json: JsonFlag = False,
) -> None:
    """Make an activation."""
    shell = shell_of(context)
    work, unit = shell.work(), currency.upper()
    draft = ActivationDraft(
        title=title,
        starts_on=day_of(starts),
        ends_on=day_of(ends),
        kind=one_of(ActivationKind, kind),
        campaign_id=find_campaign(work, campaign) if campaign else None,
        time_zone=time_zone,
        currency=unit,
        budget=amount(budget, unit),
        cost=amount(cost, unit),
        most_choices=most,
        rules=rules,
        jury_weight=jury_weight,
    )
    noting = work.noting()
    number = create_activation(noting, draft)
    undoable(shell, noting, "activation create")
    tell_activation(shell, number, _CARD, as_json=as_json)


def edit(
    context: typer.Context,
    activation: Name,
    *,
    title: Annotated[str | None, typer.Option(help=mark("Its new title."))] = None,
    starts: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help=mark("First day."))] = None,
    ends: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help=mark("Last day."))] = None,
    campaign: Annotated[str | None, typer.Option(help=mark("Name or number; none: it stands alone."))] = None,
    time_zone: Annotated[str | None, typer.Option(help=mark("Such as Europe/Rome."))] = None,
    currency: Annotated[str | None, typer.Option(help=mark("Three letters."))] = None,
    budget: Annotated[str | None, typer.Option(help=_BUDGET)] = None,
    cost: Annotated[str | None, typer.Option(help=_COST)] = None,
    most: Annotated[str | None, typer.Option(help=_MOST)] = None,
    jury_weight: Annotated[str | None, typer.Option(help=_WEIGHT)] = None,
    rules: Annotated[str | None, typer.Option(help=mark("The rules, in words."))] = None,
    as_json: JsonFlag = False,
) -> None:
    """Change an activation."""
    shell = shell_of(context)
    work = shell.work()
    number = find_activation(work, activation)
    was = activation_draft(work, number)
    unit = (currency or was.currency).upper()
    changes: dict[str, Any] = {
        "title": title,
        "starts_on": None if starts is None else day_of(starts),
        "ends_on": None if ends is None else day_of(ends),
        "time_zone": time_zone,
        "currency": unit if currency else None,
        "rules": None if rules is None else or_empty(rules, str.strip, ""),
    }
    draft = replace(was, **{name: value for name, value in changes.items() if value is not None})
    if budget is not None:
        draft = replace(draft, budget=or_empty(budget, lambda text: amount(text, unit), None))
    if cost is not None:
        draft = replace(draft, cost=or_empty(cost, lambda text: amount(text, unit), None))
    if most is not None:
        draft = replace(draft, most_choices=or_empty(most, _count, None))
    if jury_weight is not None:
        draft = replace(draft, jury_weight=or_empty(jury_weight, _count, None))
    if campaign is not None:
        draft = replace(draft, campaign_id=or_empty(campaign, lambda name: find_campaign(work, name), None))
    noting = work.noting()
    edit_activation(noting, number, draft, was)
    undoable(shell, noting, "activation edit")
    tell_activation(shell, number, _CARD, as_json=as_json)


def list_all(
    context: typer.Context,
    *,
    archived: Annotated[bool, typer.Option("--archived", help=mark("Archived ones too."))] = False,
    as_json: JsonFlag = False,
) -> None:
    """List the activations."""
    shell = shell_of(context)
    cards = list_activations(shell.work(), archived=archived)
    text = "\n".join(card_line(shell, card) for card in cards) or shell.t("There is no activation yet.")
    shell.answer([parts_of(card, *_CARD) for card in cards], as_json=as_json, text=text)


def show(context: typer.Context, activation: Name, *, as_json: JsonFlag = False) -> None:
    """Show one activation."""
    shell = shell_of(context)
    view = open_activation(shell.work(), find_activation(shell.work(), activation))
    lines = [card_line(shell, view.card)]
    lines += [entry_line(shell, entry) for entry in view.entries]
    lines += [
        shell.t(
            "File {number}: {name}, {count} ballots", number=one.id, name=one.file_name, count=one.ballots
        )
        for one in view.files
        if one.taken_out_at is None
    ]
    whole = {
        **parts_of(view.card, *_CARD),
        "rules": view.draft.rules,
        "most_choices": view.draft.most_choices,
        "jury_weight": view.draft.jury_weight,
    }
    whole |= {"ideas": view.entries, "files": view.files}
    shell.answer(whole, as_json=as_json, text="\n".join(lines))


def idea(
    context: typer.Context,
    activation: Name,
    key: Annotated[str, typer.Argument(help=_KEY)] = "",
    *,
    title: Annotated[str, typer.Option(help=mark("What it is."))] = "",
    cost: Annotated[str, typer.Option(help=mark("What building it costs."))] = "",
    about: Annotated[str, typer.Option(help=mark("In words."))] = "",
    by: Annotated[str, typer.Option(help=mark("Who proposed or entered it, such as instagram:nina."))] = "",
    link: Annotated[str, typer.Option(help=mark("Where the photo or story stands."))] = "",
    mention: Annotated[int | None, typer.Option(help=_MENTION)] = None,
    status: Annotated[str, typer.Option(help=_STATUS)] = "",
    withdraw: Annotated[bool, typer.Option("--withdraw", help=mark("Its votes count for nothing."))] = False,
    back: Annotated[bool, typer.Option("--back", help=mark("Bring it back."))] = False,
    as_json: JsonFlag = False,
) -> None:
    """Enter or change an idea, option or entry."""
    shell = shell_of(context)
    work = shell.work()
    number = find_activation(work, activation)
    noting = work.noting()
    if status:
        note_progress(noting, find_idea(work, number, key), one_of(EntryStatus, status))
    elif withdraw or back:
        withdraw_idea(noting, find_idea(work, number, key), withdrawn=not back)
    else:
        unit = activation_draft(work, number).currency
        put_idea(noting, number, EntryDraft(key, title, amount(cost, unit), about, by, link, mention))
    undoable(shell, noting, "activation idea")
    entries = open_activation(work, number).entries
    wanted = find_idea(work, number, key) if key else entries[-1].id
    entry = next(one for one in entries if one.id == wanted)
    shell.answer(entry, as_json=as_json, text=entry_line(shell, entry))


def open_vote(context: typer.Context, activation: Name, *, as_json: JsonFlag = False) -> None:
    """Open the vote."""
    _move(context, activation, ActivationStatus.OPEN, "activation open", as_json=as_json)


def close(context: typer.Context, activation: Name, *, as_json: JsonFlag = False) -> None:
    """Close the vote."""
    _move(context, activation, ActivationStatus.CLOSED, "activation close", as_json=as_json)


def reopen(context: typer.Context, activation: Name, *, as_json: JsonFlag = False) -> None:
    """Open a closed vote again."""
    _move(context, activation, ActivationStatus.OPEN, "activation reopen", as_json=as_json)


def announce(context: typer.Context, activation: Name, *, as_json: JsonFlag = False) -> None:
    """Announce the result."""
    _move(context, activation, ActivationStatus.ANNOUNCED, "activation announce", as_json=as_json)


def archive(
    context: typer.Context,
    activation: Name,
    *,
    back: Annotated[bool, typer.Option("--back", help=mark("Bring it back."))] = False,
    as_json: JsonFlag = False,
) -> None:
    """Hide an activation that is not open, or show it again."""
    shell = shell_of(context)
    number = find_activation(shell.work(), activation)
    noting = shell.work().noting()
    archive_activation(noting, number, archived=not back)
    undoable(shell, noting, "activation archive")
    shell.archived(activation, {"id": number}, is_archived=not back, as_json=as_json)


def _move(
    context: typer.Context, activation: str, wanted: ActivationStatus, verb: str, *, as_json: bool
) -> None:
    shell = shell_of(context)
    number = find_activation(shell.work(), activation)
    noting = shell.work().noting()
    move_activation(noting, number, wanted)
    undoable(shell, noting, verb)
    tell_activation(shell, number, _CARD, as_json=as_json)


def _count(text: str) -> int:
    if not text.strip().isdecimal():
        raise BadInputError("{value} is no number", value=text)
    return int(text.strip()[:9])

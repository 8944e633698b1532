"""``ambassador case``: open, list and show cases of customers."""

from typing import Annotated, Final

import typer

from ambassador.cli.care import acting, bringing, canned, rules, waits
from ambassador.cli.care.told import card_line, card_parts, clock_parts, done, view_lines
from ambassador.cli.shell import JsonFlag, shell_of
from ambassador.cli.typed import moment_of, one_of, words_of
from ambassador.cli.undoable import undoable
from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.services.campaigns.campaign_view import find_campaign
from ambassador.services.care.opening import open_case, open_from_mentions, waiting_posts
from ambassador.services.care.queue import list_cases, open_case_view
from ambassador.values.care.cases import CaseDraft, CaseFilter
from ambassador.values.care.states import STANDING, CaseChannel, CaseKind, CasePriority, CaseStatus

_KIND: Final = mark("complaint, question, praise or crisis.")
_STATUS: Final = mark(
    "new, open, waiting, solved or reopened, with commas; all. Those not solved if not said."
)
_PRIORITY: Final = mark("high, normal or low.")
_CHANNEL: Final = mark("message, call or email.")
_ALONE: Final = mark("A case of its own, though the same person has one that is not solved.")
_ACCOUNT: Final = mark("Such as instagram:nina, where it came from an account.")
_WAITING: Final = mark("All complaints and questions that nobody has answered and that are in no case.")
_AT: Final = mark("When it came; now if not said.")
_OWNER: Final = mark("Whose it is; none: nobody's.")

Number = Annotated[int, typer.Argument(metavar="CASE", help=mark("Number of the case."))]


def register(app: typer.Typer) -> None:
    """Add ``case`` and its verbs."""
    group = typer.Typer(
        rich_markup_mode=None, help=mark("Customers who want an answer, as cases with clocks.")
    )
    group.command("open", help=mark("Open cases from mentions, one a person; our replies answer them."))(
        from_mentions
    )
    group.command("add", help=mark("Open a case from a message, call or e-mail as it is typed here."))(add)
    group.command("list", help=mark("List the cases, late ones first."))(list_all)
    group.command("show", help=mark("Show a case with its clocks and all that happened to it."))(show)
    bringing.register(group)
    acting.register(group)
    rules.register(group)
    canned.register(group)
    waits.register(group)
    app.add_typer(group, name="case")


def from_mentions(
    context: typer.Context,
    numbers: Annotated[
        list[int] | None, typer.Argument(help=mark("Numbers of mentions, as the list shows them."))
    ] = None,
    *,
    waiting: Annotated[bool, typer.Option("--waiting", help=_WAITING)] = False,
    kind: Annotated[str, typer.Option(help=mark("What it is; that of its label if not said."))] = "",
    priority: Annotated[str, typer.Option(help=_PRIORITY)] = CasePriority.NORMAL.value,
    owner: Annotated[str, typer.Option(help=mark("Whose it is."))] = "",
    alone: Annotated[bool, typer.Option("--alone", help=_ALONE)] = False,
    as_json: JsonFlag = False,
) -> None:
    """Open cases from mentions."""
    shell = shell_of(context)
    noting = shell.work().noting()
    wanted = list(dict.fromkeys([*(numbers or ()), *(waiting_posts(noting) if waiting else ())]))
    if not wanted and not waiting:
        raise BadInputError(mark("Say which mentions, or --waiting for all that nobody has answered"))
    opened = open_from_mentions(
        noting,
        wanted,
        kind=one_of(CaseKind, kind) if kind else None,
        priority=one_of(CasePriority, priority),
        owner=owner,
        alone=alone,
    )
    undoable(shell, noting, "case open")
    lines = [
        shell.t("Mention {mention}: case {number}, new", mention=mention, number=one.id)
        if one.is_new
        else shell.t("Mention {mention}: case {number}", mention=mention, number=one.id)
        for mention, one in zip(wanted, opened, strict=True)
    ]
    answer = [
        {"mention": mention, "case": one.id, "is_new": one.is_new}
        for mention, one in zip(wanted, opened, strict=True)
    ]
    shell.answer(answer, as_json=as_json, text="\n".join(lines))


def add(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help=mark("What the customer said."))],
    *,
    kind: Annotated[str, typer.Option(help=_KIND)] = CaseKind.QUESTION.value,
    channel: Annotated[str, typer.Option(help=_CHANNEL)] = CaseChannel.MESSAGE.value,
    customer: Annotated[str, typer.Option(help=mark("What the customer is called."))] = "",
    contact: Annotated[str, typer.Option(help=mark("E-mail or telephone."))] = "",
    account: Annotated[str, typer.Option(help=_ACCOUNT)] = "",
    public: Annotated[bool, typer.Option("--public", help=mark("Everybody could read it."))] = False,
    priority: Annotated[str, typer.Option(help=_PRIORITY)] = CasePriority.NORMAL.value,
    owner: Annotated[str, typer.Option(help=mark("Whose it is."))] = "",
    subject: Annotated[str, typer.Option(help=mark("What it is about."))] = "",
    campaign: Annotated[str, typer.Option(help=mark("Name or number of the campaign."))] = "",
    at: Annotated[str, typer.Option(metavar="YYYY-MM-DDTHH:MM+02:00", help=_AT)] = "",
    alone: Annotated[bool, typer.Option("--alone", help=_ALONE)] = False,
    as_json: JsonFlag = False,
) -> None:
    """Open a case from a message, call or e-mail."""
    shell = shell_of(context)
    noting = shell.work().noting()
    draft = CaseDraft(
        text=text,
        kind=one_of(CaseKind, kind),
        channel=one_of(CaseChannel, channel),
        customer=customer,
        contact=contact,
        account=account,
        is_private=not public,
        priority=one_of(CasePriority, priority),
        owner=owner,
        subject=subject,
        campaign_id=find_campaign(noting, campaign) if campaign else None,
        said_at=moment_of(at),
    )
    opened = open_case(noting, draft, alone=alone)
    done(shell, noting, opened.id, "case add", as_json=as_json)


def list_all(
    context: typer.Context,
    *,
    status: Annotated[str, typer.Option(help=_STATUS)] = "",
    kind: Annotated[str, typer.Option(help=mark("complaint, question, praise or crisis, with commas."))] = "",
    priority: Annotated[str, typer.Option(help=mark("high, normal or low, with commas."))] = "",
    channel: Annotated[str, typer.Option(help=mark("post, message, call or email, with commas."))] = "",
    owner: Annotated[str | None, typer.Option(help=_OWNER)] = None,
    campaign: Annotated[str, typer.Option(help=mark("Name or number of the campaign."))] = "",
    late: Annotated[bool, typer.Option("--late", help=mark("Only those whose promise is broken."))] = False,
    search: Annotated[str, typer.Option(help=mark("Words of the subject, or who it is."))] = "",
    limit: Annotated[int, typer.Option(min=1, help=mark("At most so many."))] = 50,
    after: Annotated[int | None, typer.Option(help=mark("Those that come after this case."))] = None,
    as_json: JsonFlag = False,
) -> None:
    """List the cases, late ones first."""
    shell = shell_of(context)
    work = shell.work()
    everybody = status.strip().lower() == "all"
    statuses = () if everybody else tuple(one_of(CaseStatus, part) for part in words_of(status))
    wanted = CaseFilter(
        statuses=statuses if statuses or everybody else tuple(sorted(STANDING)),
        kinds=tuple(one_of(CaseKind, part) for part in words_of(kind)),
        priorities=tuple(one_of(CasePriority, part) for part in words_of(priority)),
        channels=tuple(one_of(CaseChannel, part) for part in words_of(channel)),
        owner="" if owner is not None and owner.strip().lower() == "none" else owner,
        campaign_id=find_campaign(work, campaign) if campaign else None,
        late=late,
        search=search,
        limit=limit,
        after=after,
    )
    queue = list_cases(work, wanted)
    head = shell.t(
        "{total} cases, {late} late, {unowned} nobody's",
        total=shell.number(queue.total),
        late=shell.number(queue.late),
        unowned=shell.number(queue.unowned),
    )
    text = "\n".join([head, *(card_line(shell, card, queue.now) for card in queue.rows)])
    answer = {
        "total": queue.total,
        "late": queue.late,
        "unowned": queue.unowned,
        "cases": [card_parts(card, queue.now) for card in queue.rows],
    }
    shell.answer(answer, as_json=as_json, text=text if queue.total else shell.t("There is no such case."))


def show(context: typer.Context, number: Number, *, as_json: JsonFlag = False) -> None:
    """Show one case."""
    shell = shell_of(context)
    view = open_case_view(shell.work(), number)
    answer = {
        **card_parts(view.card, view.now),
        "handle": view.handle,
        "contact": view.fields.contact,
        "campaign_id": view.campaign_id,
        "linked": view.linked,
        "merged": view.merged,
        "satisfaction_note": view.satisfaction_note,
        "clocks": [clock_parts(one) for one in view.clocks],
        "events": view.events,
    }
    shell.answer(answer, as_json=as_json, text="\n".join(view_lines(shell, view)))

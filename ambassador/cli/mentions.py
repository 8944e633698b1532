"""``ambassador mentions``: list, match, review, label, and type one by hand."""

from enum import StrEnum
from typing import Annotated, Any, Final, TypeVar
from uuid import uuid4

import typer

from ambassador.cli.as_of import AsOfDay, work_then
from ambassador.cli.shell import JsonFlag, parts_of, shell_of
from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.services.campaigns.campaign_view import find_campaign
from ambassador.services.mentions.mentions import list_mentions
from ambassador.services.mentions.paste_mention import paste_mention
from ambassador.services.mentions.refresh import refresh_mentions
from ambassador.services.mentions.review import label_mentions, review_mentions
from ambassador.values.drafts import MetricsDraft
from ambassador.values.mentions.mentions import MentionFilter, MentionRow, PastedMention
from ambassador.values.status import Label, Verdict

E = TypeVar("E", bound=StrEnum)

_FIELDS: Final = (
    "id",
    "platform",
    "post_id",
    "url",
    "kind",
    "posted_at",
    "handle",
    "text",
    "parent=parent_id",
    "parent_is_inferred",
    "labels",
)
_PARENT: Final = ("mention=mention_id", "handle", "probability", "from=method")
_CAMPAIGN: Final = ("campaign", "verdict", "by_hand")

Campaign = Annotated[str, typer.Option(help=mark("Name or number of the campaign."))]
Numbers = Annotated[list[int], typer.Argument(help=mark("Numbers of mentions, as the list shows them."))]


def register(app: typer.Typer) -> None:
    """Add ``mentions`` and its verbs."""
    group = typer.Typer(rich_markup_mode=None, help=mark("List, match, review and label what was said."))
    group.command("list", help=mark("List mentions, the newest first."))(list_all)
    group.command("match", help=mark("Match mentions to campaigns and compute credit anew."))(match)
    group.command("review", help=mark("Put mentions in or out of a campaign by hand."))(review)
    group.command("label", help=mark("Label mentions: complaint, question, praise."))(label)
    group.command("paste", help=mark("Take in one mention: a link, or a story without one."))(paste)
    app.add_typer(group, name="mentions")


def list_all(
    context: typer.Context,
    *,
    campaign: Campaign = "",
    verdict: Annotated[str, typer.Option(help=mark("matched, review or rejected."))] = "",
    search: Annotated[str, typer.Option(help=mark("Words in the text, or a handle."))] = "",
    limit: Annotated[int, typer.Option(help=mark("At most so many."), min=1)] = 50,
    as_of: AsOfDay = None,
    as_json: JsonFlag = False,
) -> None:
    """List mentions, the newest first."""
    shell = shell_of(context)
    number = find_campaign(shell.work(), campaign) if campaign else None
    work = work_then(shell, as_of, number)
    wanted = MentionFilter(
        campaign_id=number,
        verdict=_one_of(Verdict, verdict) if verdict else None,
        search=search,
        limit=limit,
    )
    view = list_mentions(work, wanted)
    shell.answer(
        [_parts(row) for row in view.rows],
        as_json=as_json,
        text="\n".join(_line(row) for row in view.rows),
    )


def match(context: typer.Context, *, campaign: Campaign = "", as_json: JsonFlag = False) -> None:
    """Match mentions to campaigns and compute credit anew."""
    shell = shell_of(context)
    work = shell.work()
    report = refresh_mentions(work, find_campaign(work, campaign) if campaign else None)
    lines = [
        shell.t(
            "{campaign}: {matched} belong, {review} to review",
            campaign=one.campaign,
            matched=one.matched,
            review=one.review,
        )
        for one in report.campaigns
    ]
    shell.answer(report.campaigns, as_json=as_json, text="\n".join(lines))


def review(
    context: typer.Context,
    numbers: Numbers,
    *,
    campaign: Campaign,
    reject: Annotated[bool, typer.Option("--reject", help=mark("They do not belong."))] = False,
    as_json: JsonFlag = False,
) -> None:
    """Put mentions in or out of a campaign by hand."""
    shell = shell_of(context)
    work = shell.work()
    verdict = Verdict.REJECTED if reject else Verdict.MATCHED
    done = review_mentions(work, numbers, find_campaign(work, campaign), verdict)
    answer = {"verdict": verdict, "count": done.count}
    shell.answer(answer, as_json=as_json, text=shell.t("{count} mentions decided", count=done.count))


def label(
    context: typer.Context,
    numbers: Numbers,
    *,
    label: Annotated[str, typer.Option("--label", help=mark("complaint, question or praise."))],
    off: Annotated[bool, typer.Option("--off", help=mark("Take the label off."))] = False,
    as_json: JsonFlag = False,
) -> None:
    """Label mentions."""
    shell = shell_of(context)
    changed = label_mentions(shell.work(), numbers, _one_of(Label, label), on=not off)
    answer = {"label": label, "on": not off, "changed": list(changed)}
    shell.answer(answer, as_json=as_json, text=shell.t("{count} mentions changed", count=len(changed)))


def paste(
    context: typer.Context,
    *,
    link: Annotated[str, typer.Option(help=mark("Address of the post."))] = "",
    account: Annotated[str, typer.Option(help=mark("Who posted it."))] = "",
    platform: Annotated[str, typer.Option(help=mark("Where, if there is no link."))] = "",
    text: Annotated[str, typer.Option(help=mark("What it says."))] = "",
    views: Annotated[int | None, typer.Option(help=mark("As the ambassador told."))] = None,
    likes: Annotated[int | None, typer.Option(help=mark("As the ambassador told."))] = None,
    campaign: Campaign = "",
    token: Annotated[str, typer.Option(help=mark("The same token makes one row."))] = "",
    as_json: JsonFlag = False,
) -> None:
    """Take in one mention typed by hand."""
    shell = shell_of(context)
    work = shell.work()
    pasted = PastedMention(
        link=link,
        platform=platform,
        handle=account,
        text=text,
        campaign_id=find_campaign(work, campaign) if campaign else None,
        figures=MetricsDraft(views=views, likes=likes),
    )
    number = paste_mention(work, pasted, token or uuid4().hex)
    shell.answer({"id": number}, as_json=as_json, text=shell.t("Mention {number}", number=number))


def _parts(row: MentionRow) -> dict[str, Any]:
    campaigns = [{**parts_of(one, *_CAMPAIGN), "why": str(one.reason)} for one in row.campaigns]
    parents = [parts_of(one, *_PARENT) for one in row.possible_parents]
    return {**parts_of(row, *_FIELDS), "possible_parents": parents, "campaigns": campaigns}


def _line(row: MentionRow) -> str:
    return f"{row.id}  {row.posted_at:%Y-%m-%d %H:%M}  @{row.handle}  {' '.join(row.text.split())[:80]}"


def _one_of(kinds: type[E], text: str) -> E:
    try:
        return kinds(text.strip().lower())
    except ValueError:
        known = ", ".join(kinds)
        raise BadInputError("{text!r} is none of {known}", text=text, known=known) from None

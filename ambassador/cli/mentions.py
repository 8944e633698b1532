"""``ambassador mentions``: list, match, review, label, and type one by hand."""

from datetime import UTC, datetime, time
from typing import Annotated, Any, Final
from uuid import uuid4

import typer

from ambassador.cli.as_of import AsOfDay, work_then
from ambassador.cli.shell import JsonFlag, parts_of, shell_of
from ambassador.cli.typed import day_of, moment_in, moment_of, one_of, words_of
from ambassador.cli.undoable import undoable
from ambassador.i18n import mark
from ambassador.services.campaigns.ambassadors import find_ambassador
from ambassador.services.campaigns.campaign_view import find_campaign, zone_of_days
from ambassador.services.mentions.care import care_figures
from ambassador.services.mentions.credit_table import credit_table
from ambassador.services.mentions.mentions import find_mentions
from ambassador.services.mentions.paste_mention import paste_mention
from ambassador.services.mentions.refresh import refresh_mentions
from ambassador.services.mentions.review import label_mentions, review_mentions, take_down_mentions
from ambassador.services.perimeters.reading import filter_of, find_perimeter, perimeters_of
from ambassador.services.perimeters.views import find_view
from ambassador.values.drafts import MetricsDraft
from ambassador.values.mentions.mentions import MentionFilter, MentionRow, PastedMention
from ambassador.values.perimeters import SavedViewDraft
from ambassador.values.status import Label, MentionKind, Verdict

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
_CREDIT: Final = mark("Tell how much talk each ambassador and phone is credited with.")
_SEARCH: Final = mark(
    'Words of the text; "a phrase", begin*, #tag, @account (by them or to them), -without, one OR other.'
)
_KINDS: Final = mark("original, story, reply, quote, repost; with commas.")
_LABELS: Final = mark("complaint, question or praise; with commas.")
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
    group.command("take-down", help=mark("Mark posts as taken down by their authors."))(take_down)
    group.command("care", help=mark("Tell who waits for an answer, and how fast we answer."))(care)
    group.command("credit", help=_CREDIT)(credit)
    group.command("paste", help=mark("Take in one mention: a link, or a story without one."))(paste)
    app.add_typer(group, name="mentions")


def list_all(
    context: typer.Context,
    *,
    campaign: Campaign = "",
    verdict: Annotated[str, typer.Option(help=mark("matched, review or rejected."))] = "",
    perimeter: Annotated[str, typer.Option(help=mark("Only of this perimeter or campaign."))] = "",
    view: Annotated[
        str, typer.Option(help=mark("A view kept by view save; what is said besides wins."))
    ] = "",
    search: Annotated[str, typer.Option(help=_SEARCH)] = "",
    kind: Annotated[str, typer.Option(help=_KINDS)] = "",
    label: Annotated[str, typer.Option("--label", help=_LABELS)] = "",
    platform: Annotated[str, typer.Option(help=mark("Only of this platform."))] = "",
    ambassador: Annotated[str, typer.Option(help=mark("Only by this ambassador of the campaign."))] = "",
    since: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help=mark("From this day on (UTC)."))] = "",
    until: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help=mark("Before this day (UTC)."))] = "",
    limit: Annotated[int, typer.Option(help=mark("At most so many."), min=1)] = 50,
    as_of: AsOfDay = None,
    as_json: JsonFlag = False,
) -> None:
    """List mentions, the newest first."""
    shell = shell_of(context)
    kept = find_view(shell.work(), view).draft if view else SavedViewDraft("")
    ref = find_perimeter(shell.work(), perimeter) if perimeter else kept.perimeter
    number = find_campaign(shell.work(), campaign) if campaign else None
    if number is None and ref is not None and ref.is_campaign:
        number = ref.number
    work = work_then(shell, as_of, number)
    labels = tuple(one_of(Label, part) for part in words_of(label))
    wanted = MentionFilter(
        campaign_id=number,
        perimeter=None if ref is None else filter_of(work, ref).perimeter,
        kinds=tuple(one_of(MentionKind, part) for part in words_of(kind)),
        labels=labels or ((kept.label,) if kept.label else ()),
        platform=platform,
        ambassador_id=find_ambassador(work, number, ambassador) if ambassador and number else None,
        since=_midnight(since),
        until=_midnight(until),
        verdict=one_of(Verdict, verdict) if verdict else None,
        search=search or kept.search,
        limit=limit,
    )
    found = find_mentions(work, wanted)
    zone = zone_of_days(work, number) or "UTC"
    watched = perimeters_of(work, [row.id for row in found.rows]) if as_json else {}
    if found.hint is not None:
        shell.tell(found.hint)
    shell.answer(
        [{**_parts(row), "perimeters": list(watched.get(row.id, ()))} for row in found.rows],
        as_json=as_json,
        text="\n".join(_line(row, zone) for row in found.rows),
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
    noting = shell.work().noting()
    verdict = Verdict.REJECTED if reject else Verdict.MATCHED
    count = review_mentions(noting, numbers, find_campaign(noting, campaign), verdict)
    undoable(shell, noting, "mentions review")
    answer = {"verdict": verdict, "count": count}
    shell.answer(answer, as_json=as_json, text=shell.t("{count} mentions decided", count=count))


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
    noting = shell.work().noting()
    changed = label_mentions(noting, numbers, one_of(Label, label), on=not off)
    undoable(shell, noting, "mentions label")
    answer = {"label": label, "on": not off, "changed": list(changed)}
    shell.answer(answer, as_json=as_json, text=shell.t("{count} mentions changed", count=len(changed)))


def take_down(
    context: typer.Context,
    numbers: Numbers,
    *,
    off: Annotated[bool, typer.Option("--off", help=mark("They are there after all."))] = False,
    as_json: JsonFlag = False,
) -> None:
    """Mark posts as taken down, or undo that."""
    shell = shell_of(context)
    noting = shell.work().noting()
    changed = take_down_mentions(noting, numbers, gone=not off)
    undoable(shell, noting, "mentions take-down")
    answer = {"taken_down": not off, "changed": list(changed)}
    shell.answer(answer, as_json=as_json, text=shell.t("{count} mentions changed", count=len(changed)))


def care(context: typer.Context, *, campaign: Campaign = "", as_json: JsonFlag = False) -> None:
    """Tell who waits for an answer."""
    shell = shell_of(context)
    work = shell.work()
    found = care_figures(work, find_campaign(work, campaign) if campaign else None)
    lines = [shell.t("{answered} of {asked} answered", answered=found.answered, asked=found.asked)]
    lines += [
        f"{one.mention_id}  {shell.number(one.waiting_hours)} h  @{one.handle}  {_short(one.text)}"
        for one in found.open_questions
    ]
    shell.answer(found, as_json=as_json, text="\n".join(lines))


def credit(
    context: typer.Context,
    *,
    campaign: Annotated[str, typer.Option(help=mark("Name or number of the campaign."))],
    as_json: JsonFlag = False,
) -> None:
    """Tell who is credited with how much talk; shares sum to one."""
    shell = shell_of(context)
    work = shell.work()
    found = credit_table(work, find_campaign(work, campaign))
    nobody = shell.t("nobody in particular")
    lines = [
        "  ".join(
            (
                f"{shell.number(100 * row.share)}%",
                shell.number(row.mentions, 1),
                row.name or nobody,
                row.serial,
            )
        ).rstrip()
        for row in (*found.by_ambassador, *found.by_device)
    ]
    shell.answer(found, as_json=as_json, text="\n".join(lines))


def paste(
    context: typer.Context,
    *,
    link: Annotated[str, typer.Option(help=mark("Address of the post."))] = "",
    account: Annotated[str, typer.Option(help=mark("Who posted it."))] = "",
    platform: Annotated[str, typer.Option(help=mark("Where, if there is no link."))] = "",
    text: Annotated[str, typer.Option(help=mark("What it says."))] = "",
    views: Annotated[int | None, typer.Option(help=mark("As the ambassador told."))] = None,
    likes: Annotated[int | None, typer.Option(help=mark("As the ambassador told."))] = None,
    replies: Annotated[int | None, typer.Option(help=mark("As the ambassador told."))] = None,
    kind: Annotated[str, typer.Option(help=mark("original, story, reply, quote or repost."))] = "",
    posted: Annotated[
        str, typer.Option(metavar="YYYY-MM-DDTHH:MM+02:00", help=mark("When it was posted."))
    ] = "",
    answers: Annotated[str, typer.Option(help=mark("Address of the post it answers."))] = "",
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
        posted_at=moment_of(posted),
        kind=one_of(MentionKind, kind) if kind else None,
        text=text,
        parent_link=answers,
        campaign_id=find_campaign(work, campaign) if campaign else None,
        figures=MetricsDraft(views=views, likes=likes, replies=replies),
    )
    noting = work.noting()
    number = paste_mention(noting, pasted, token or uuid4().hex)
    undoable(shell, noting, "mentions paste")
    shell.answer({"id": number}, as_json=as_json, text=shell.t("Mention {number}", number=number))


def _midnight(typed: str) -> datetime | None:
    return datetime.combine(day_of(typed), time(), UTC) if typed else None


def _parts(row: MentionRow) -> dict[str, Any]:
    campaigns = [{**parts_of(one, *_CAMPAIGN), "why": str(one.reason)} for one in row.campaigns]
    parents = [parts_of(one, *_PARENT) for one in row.possible_parents]
    return {**parts_of(row, *_FIELDS), "possible_parents": parents, "campaigns": campaigns}


def _line(row: MentionRow, zone: str) -> str:
    return f"{row.id}  {moment_in(zone, row.posted_at)}  @{row.handle}  {_short(row.text)}"


def _short(text: str) -> str:
    return " ".join(text.split())[:80]

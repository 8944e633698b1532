"""``ambassador growth``: where running cascades are heading."""

from typing import Annotated, Final

import typer

from ambassador.cli.as_of import AsOfDay, work_then
from ambassador.cli.shell import JsonFlag, Shell, parts_of, shell_of
from ambassador.i18n import mark
from ambassador.services.campaigns.campaign_view import find_campaign
from ambassador.services.cascades import observe_growth
from ambassador.values.cascades.growth import CascadeOutlook, GrowthView, Heading
from ambassador.values.days import day_in

_HELP: Final = mark("Say where running cascades are heading, the largest first.")
_FIELDS: Final = (
    "root=root_id",
    "handle",
    "platform",
    "started_at",
    "heading",
    "pace",
    "reproduction",
    "seen",
    "expected=end.middle",
    "intervals",
    "by=end.at",
    "learned_from",
    "rests_on_a_prior",
)
Campaign = Annotated[str, typer.Option(help=mark("Name or number; without it, every mention."))]
Most = Annotated[int, typer.Option("--most", min=1, help=mark("How many cascades to look at."))]


def register(app: typer.Typer) -> None:
    """Add ``growth``."""
    app.command("growth", help=_HELP)(growth)


def growth(
    context: typer.Context,
    *,
    campaign: Campaign = "",
    most: Most = 20,
    as_of: AsOfDay = None,
    as_json: JsonFlag = False,
) -> None:
    """Say where running cascades are heading."""
    shell = shell_of(context)
    number = find_campaign(shell.work(), campaign) if campaign else None
    view = observe_growth(work_then(shell, as_of, number), number, most=most)
    rows = [parts_of(one, *_FIELDS) for one in view.outlooks]
    shell.answer(rows, as_json=as_json, text=_as_text(shell, view))


def _as_text(shell: Shell, view: GrowthView) -> str:
    if not view.outlooks:
        return shell.t("No cascade is running.")
    return "\n".join(_line(shell, one, view.zone) for one in view.outlooks)


def _line(shell: Shell, outlook: CascadeOutlook, zone: str) -> str:
    end = outlook.end
    if outlook.heading is not Heading.OPEN or end is None:
        return shell.t(
            "@{handle}: {posts} posts, {heading}",
            handle=outlook.handle,
            posts=outlook.seen,
            heading=shell.state(outlook.heading),
        )
    low, high = end.ranges[80]
    return shell.t(
        "@{handle}: {posts} posts, {pace}; {middle} expected by {day} (80%: {low} to {high})",
        handle=outlook.handle,
        posts=outlook.seen,
        pace=shell.state(outlook.pace),
        middle=shell.number(end.middle),
        day=day_in(zone, end.at).isoformat(),
        low=low,
        high=high,
    )

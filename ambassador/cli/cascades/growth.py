"""``ambassador growth``: where running cascades are heading."""

from typing import Annotated, Any, Final

import typer

from ambassador.cli.shell import JsonFlag, Shell, shell_of
from ambassador.i18n import mark
from ambassador.services.campaigns.campaign_view import find_campaign
from ambassador.services.cascades.growth import observe_growth
from ambassador.values.cascades.growth import CascadeOutlook, GrowthView, Heading

_HELP: Final = mark("Say where running cascades are heading, the largest first.")
Campaign = Annotated[str, typer.Option(help=mark("Name or number; without it, every mention."))]
Most = Annotated[int, typer.Option("--most", min=1, help=mark("How many cascades to look at."))]


def register(app: typer.Typer) -> None:
    """Add ``growth``."""
    app.command("growth", help=_HELP)(growth)


def growth(
    context: typer.Context, *, campaign: Campaign = "", most: Most = 20, as_json: JsonFlag = False
) -> None:
    """Say where running cascades are heading."""
    shell = shell_of(context)
    work = shell.work()
    view = observe_growth(work, find_campaign(work, campaign) if campaign else None, most=most)
    shell.answer([_as_json(one) for one in view.outlooks], as_json=as_json, text=_as_text(shell, view))


def _as_json(outlook: CascadeOutlook) -> dict[str, Any]:
    end = outlook.cone[-1] if outlook.cone else None
    return {
        "root": outlook.root_id,
        "handle": outlook.handle,
        "platform": outlook.platform,
        "started_at": outlook.started_at,
        "heading": outlook.heading,
        "pace": outlook.pace,
        "reproduction": outlook.reproduction,
        "seen": outlook.seen,
        "expected": end.middle if end else None,
        "intervals": {str(level): list(ends) for level, ends in end.ranges.items()} if end else {},
        "by": end.at if end else None,
        "learned_from": outlook.learned_from,
        "rests_on_a_prior": outlook.rests_on_a_prior,
    }


def _as_text(shell: Shell, view: GrowthView) -> str:
    if not view.outlooks:
        return shell.t("No cascade is running.")
    return "\n".join(_line(shell, one) for one in view.outlooks)


def _line(shell: Shell, outlook: CascadeOutlook) -> str:
    if outlook.heading is not Heading.OPEN:
        return shell.t(
            "@{handle}: {posts} posts, {heading}",
            handle=outlook.handle,
            posts=outlook.seen,
            heading=shell.state(outlook.heading),
        )
    end = outlook.cone[-1]
    low, high = end.ranges[80]
    return shell.t(
        "@{handle}: {posts} posts, {pace}; {middle} expected by {day} (80%: {low} to {high})",
        handle=outlook.handle,
        posts=outlook.seen,
        pace=shell.state(outlook.pace),
        middle=shell.number(end.middle),
        day=end.at.date().isoformat(),
        low=low,
        high=high,
    )

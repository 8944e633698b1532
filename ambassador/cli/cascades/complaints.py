"""``ambassador complaints``: the branch of complaints beside a promotion."""

from typing import Annotated

import typer

from ambassador.cli.shell import JsonFlag, Shell, parts_of, shell_of
from ambassador.cli.typed import moment_in
from ambassador.i18n import mark
from ambassador.services.campaigns.campaign_view import find_campaign
from ambassador.services.cascades import complaint_branch
from ambassador.values.cascades.complaints import AnswerEffect, ComplaintBranch, TalkFigures
from ambassador.values.status_words import text_of

_FIGURES = ("posts", "people", "views")


def register(app: typer.Typer) -> None:
    """Add ``complaints``."""
    about = mark("Say how large the complaints beside a promotion are, and whether our answer slowed them.")
    app.command("complaints", help=about)(complaints)


def complaints(
    context: typer.Context,
    *,
    campaign: Annotated[str, typer.Option(help=mark("Name or number; without it, every mention."))] = "",
    as_json: JsonFlag = False,
) -> None:
    """Tell of the complaints beside a promotion."""
    shell = shell_of(context)
    work = shell.work()
    found = complaint_branch(work, find_campaign(work, campaign) if campaign else None)
    value = {
        **{
            name: parts_of(getattr(found, name), *_FIGURES) for name in ("whole", "branch", "without")
        },
        **parts_of(found, "complaints", "branches", "reproduction", "reproduction_range", "cases", "answers"),
        **parts_of(found, "care_minutes", "cases_logged", "as_of"),
        "carriers": [parts_of(one, "handle", "posts", "brought") for one in found.carriers],
        "effect": None
        if found.effect is None
        else parts_of(
            found.effect, "root_id", "handle", "answered_at", "before", "after", "expected", "ranges",
            "verdict", "learned_from",
        ),
    }  # fmt: skip
    shell.answer(value, as_json=as_json, text="\n".join(_lines(shell, found)))


def _lines(shell: Shell, found: ComplaintBranch) -> list[str]:
    if not found.branch.posts:
        return [shell.t("No post is known as a complaint here.")]
    lines = [
        shell.t("With the complaints: {figures}", figures=_figures(shell, found.whole)),
        shell.t("The complaints and what hangs on them: {figures}", figures=_figures(shell, found.branch)),
        shell.t("Without them: {figures}", figures=_figures(shell, found.without)),
    ]
    if found.reproduction is not None and found.reproduction_range is not None:
        low, high = found.reproduction_range
        lines.append(
            shell.t(
                "Each post of theirs brings {count} more (8 times in 10: {low} to {high}).",
                count=shell.number(found.reproduction, 2),
                low=shell.number(low, 2),
                high=shell.number(high, 2),
            )
        )
    lines += [
        shell.t("@{handle} drew answers into it: {count}", handle=one.handle or "…", count=one.brought)
        for one in found.carriers
    ]
    lines += _effort_lines(shell, found)
    lines.append(_effect_line(shell, found.effect, found.zone))
    return lines


def _effort_lines(shell: Shell, found: ComplaintBranch) -> list[str]:
    lines = [
        shell.t("Cases: {cases}, answers given in them: {answers}.", cases=found.cases, answers=found.answers)
    ]
    if found.care_minutes is not None:
        text = shell.t(
            "Cost in care minutes: {minutes}, logged in {logged} of these {cases} cases.",
            minutes=shell.number(found.care_minutes),
            logged=found.cases_logged,
            cases=found.cases,
        )
        lines.append(text)
    elif found.cases:
        lines.append(
            shell.t("Cost in care minutes: not known, for none are logged in these cases (case minutes).")
        )
    return lines


def _figures(shell: Shell, one: TalkFigures) -> str:
    views = shell.t("unknown") if one.views is None else shell.number(one.views)
    return shell.t(
        "posts {posts}, people {people}, views {views}", posts=one.posts, people=one.people, views=views
    )


def _effect_line(shell: Shell, effect: AnswerEffect | None, zone: str) -> str:
    if effect is None:
        return shell.t("None of them was answered by an account of ours.")
    values = {
        "handle": effect.handle or "…",
        "moment": moment_in(zone, effect.answered_at),
        "after": effect.after,
        "verdict": shell.t(text_of(effect.verdict)),
    }
    if effect.expected is None:
        return shell.t(
            "After our answer to @{handle} ({moment}) came so many posts: {after}. {verdict}.", **values
        )
    low, high = effect.ranges[80]
    return shell.t(
        "After our answer to @{handle} ({moment}) came so many posts: {after}; expected without one: "
        "{expected} (8 times in 10: {low} to {high}). {verdict}.",
        expected=shell.number(effect.expected),
        low=low,
        high=high,
        **values,
    )

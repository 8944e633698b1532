"""``ambassador evaluate size``: whether the size of running cascades would have been foretold."""

from pathlib import Path
from typing import Annotated, Final

import typer

from ambassador.cli.shell import JsonFlag, Shell, shell_of
from ambassador.i18n import mark
from ambassador.services.calibration.evaluate_size import evaluate_size
from ambassador.values.cascades.growth import SizeEvaluation
from ambassador.values.durations import seconds_of

_HELP: Final = mark(
    "Watch past cascades for a while only, foretell their size, and measure how well that went."
)
Mentions = Annotated[Path, typer.Option("--mentions", metavar="FILE", help=mark("Posts of past cascades."))]
Observe = Annotated[
    str, typer.Option("--observe", metavar="SPAN", help=mark("How long each is watched: 30m, 1h, 2d."))
]
TestShare = Annotated[
    float, typer.Option("--test-share", help=mark("Share of the cascades, the newest, to measure on."))
]
Minimum = Annotated[
    int, typer.Option("--minimum", min=2, help=mark("Leave out cascades with fewer posts by then."))
]


def register(group: typer.Typer) -> None:
    """Add ``size``."""
    group.command("size", help=_HELP)(size)


def size(
    context: typer.Context,
    *,
    mentions: Mentions,
    observe: Observe = "1h",
    test_share: TestShare = 0.3,
    minimum: Minimum = 10,
    as_json: JsonFlag = False,
) -> None:
    """Learn from the oldest cascades, measure on the newest."""
    shell = shell_of(context)
    found = evaluate_size(mentions, seconds_of(observe), test_share=test_share, minimum=minimum)
    if found.rejected:
        shell.remark(shell.t("{file}: {rows} rows cannot be used", file=mentions.name, rows=found.rejected))
    shell.answer(found, as_json=as_json, text=_as_text(shell, found))


def _as_text(shell: Shell, found: SizeEvaluation) -> str:
    lines = [
        shell.t(
            "{cascades} cascades, learned from {past} earlier ones",
            cascades=shell.number(found.cascades),
            past=shell.number(found.learned_from),
        ),
        shell.t(
            "usual error {error}%; the 80% interval held {held}% of the time (p = {p})",
            error=shell.number(100 * found.median_ape, 1),
            held=shell.number(100 * found.coverage_80, 1),
            p=shell.number(found.p_value, 3),
        ),
        shell.t("interval score {score} posts", score=shell.number(found.interval_score, 1)),
    ]
    if found.median_ape_90:
        low, high = found.median_ape_90
        lines.append(
            shell.t(
                "with more cascades like these, the usual error would lie between {low}% and {high}%",
                low=shell.number(100 * low, 1),
                high=shell.number(100 * high, 1),
            )
        )
    if found.rests_on_a_prior:
        lines.append(shell.t("Too few earlier cascades: this rests on general experience, not on your past."))
    lines += [
        shell.t(
            "{name}: usual error {error}%, held {held}%, interval score {score}",
            name=name,
            error=shell.number(100 * score.median_ape, 1),
            held=shell.number(100 * score.coverage_80, 1),
            score=shell.number(score.interval_score, 1),
        )
        for name, score in found.baselines.items()
    ]
    return "\n".join(lines)

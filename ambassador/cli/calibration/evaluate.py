"""``ambassador evaluate``: what the methods would have been worth on your own past."""

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from ambassador.cli.progress import told
from ambassador.cli.shell import JsonFlag, Shell, plain, shell_of
from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.services.calibration import evaluate_influence, evaluate_parents, evaluate_size
from ambassador.values.cascades.growth import SizeEvaluation
from ambassador.values.cascades.parents import ParentsEvaluation
from ambassador.values.imports.imports import RejectedRow
from ambassador.values.learning import InfluenceEvaluation, PredictionScore, TieDirection

_SECONDS: Final = {"s": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0, "d": 86400.0, "w": 7 * 86400.0}
_PART: Final = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)\s*(min|[smhdw])\s*")


_SHOWN_LINES: Final = 5  # of each reason; all of them stand in --json
_HELP: Final = mark("Would it have worked on your own past? Measured on files of yours.")
_INFLUENCE: Final = mark("Learn who makes whom talk from one file of posts, and measure it on another.")
Ties = Annotated[Path, typer.Option("--ties", metavar="FILE", help=mark("Who hears from whom."))]
Train = Annotated[Path, typer.Option("--train", metavar="FILE", help=mark("Posts to learn from."))]
Test = Annotated[Path, typer.Option("--test", metavar="FILE", help=mark("Later posts to measure on."))]
Direction = Annotated[
    TieDirection,
    typer.Option("--direction", help=mark("Which way the ties run; auto tries both on the end of --train.")),
]
_SIZE: Final = mark(
    "Watch past cascades for a while only, foretell their size, and measure how well that went."
)
PastMentions = Annotated[
    Path, typer.Option("--mentions", metavar="FILE", help=mark("Posts of past cascades."))
]
Observe = Annotated[
    str, typer.Option("--observe", metavar="SPAN", help=mark("How long each is watched: 30m, 1h, 2d."))
]
TestShare = Annotated[
    float, typer.Option("--test-share", help=mark("Share of the cascades, the newest, to measure on."))
]
Minimum = Annotated[
    int, typer.Option("--minimum", min=2, help=mark("Leave out cascades with fewer posts by then."))
]
_PARENTS: Final = mark("Hide which post answers which, find it again, and count how often that was right.")
Answers = Annotated[
    Path, typer.Option("--mentions", metavar="FILE", help=mark("Posts with the ids of what they answer."))
]
PerhapsTies = Annotated[
    Path | None, typer.Option("--ties", metavar="FILE", help=mark("Who hears from whom, if you know."))
]


def register(app: typer.Typer) -> None:
    """Add the ``evaluate`` group: every question that can be asked of the past."""
    group = typer.Typer(rich_markup_mode=None, help=_HELP)
    group.command("influence", help=_INFLUENCE)(influence)
    group.command("size", help=_SIZE)(size)
    group.command("parents", help=_PARENTS)(parents)
    app.add_typer(group, name="evaluate")


def influence(
    context: typer.Context,
    *,
    ties: Ties,
    train: Train,
    test: Test,
    direction: Direction = TieDirection.AUTO,
    as_json: JsonFlag = False,
) -> None:
    """Learn from one file, measure on another."""
    shell = shell_of(context)
    with told(shell) as progress:
        found = evaluate_influence(ties, train, test, direction=direction, progress=progress)
    _remark_rejected(shell, found.rejected_rows)
    shell.answer(_parts(shell, found), as_json=as_json, text=_influence_text(shell, found))


Evaluation = InfluenceEvaluation | SizeEvaluation | ParentsEvaluation


def _verdict(shell: Shell, found: Evaluation) -> str:
    """Say in a sentence what to do with what was measured."""
    return shell.said(found.verdict)


def _parts(shell: Shell, found: Evaluation) -> dict[str, Any]:
    """All figures, the rows that could not be used with their reasons, and the verdict."""
    rows = shell.rejected(found.rejected_rows)
    return {**plain(found), "rejected_rows": rows, "verdict": _verdict(shell, found)}


def _remark_rejected(shell: Shell, rows: Sequence[RejectedRow]) -> None:
    """Say by file how many rows cannot be used, and by reason on which lines they stand."""
    for file, those in _together(rows, lambda row: row.file):
        shell.remark(shell.t("{file}: {rows} rows cannot be used", file=file, rows=shell.number(len(those))))
        for _, alike in _together(those, lambda row: f"{row.column}: {row.reason}"):
            first = alike[0]
            lines = ", ".join(str(row.line) for row in alike[:_SHOWN_LINES])
            places = {"lines": lines, "reason": shell.t(first.reason, **first.values)}
            more = len(alike) - _SHOWN_LINES
            if more > 0:
                text = mark("  lines {lines} and {more} more: {reason}")
                shell.remark(shell.t(text, more=shell.number(more), **places))
            else:
                shell.remark(shell.t("  lines {lines}: {reason}", **places))


def _together(
    rows: Sequence[RejectedRow], by: Callable[[RejectedRow], str]
) -> Iterable[tuple[str, list[RejectedRow]]]:
    """Put rows together that are alike, in the order they stand."""
    found: dict[str, list[RejectedRow]] = {}
    for row in rows:
        found.setdefault(by(row), []).append(row)
    return found.items()


def _influence_text(shell: Shell, found: InfluenceEvaluation) -> str:
    likelihood, off = shell.t("log-likelihood"), shell.t("off by")
    lines = [
        shell.t(
            "Learned from {trained} cascades, measured on {tested}; ties {direction}",
            trained=shell.number(found.trained_on),
            tested=shell.number(found.tested_on),
            direction=found.direction.value,
        ),
        shell.t(
            "{exposed} people exposed, {activated} of them joined; {outside} of all who joined listen to "
            "nobody active before",
            exposed=shell.number(found.exposed),
            activated=shell.number(found.activated),
            outside=f"{found.outside_share:.0%}",
        ),
        "",
        f"{'':24}{'AUC':>8}{likelihood:>18}{off:>10}",
    ]
    if found.stored is not None:
        lines.append(_score_line("ties_alone", found.stored))
    learned = PredictionScore(found.auc, found.log_likelihood, found.calibration_error)
    lines.append(_score_line("learned", learned))
    lines += [_score_line(name, score) for name, score in found.baselines.items()]
    if found.calibration_slope is not None:
        lines += ["", shell.t("Calibration slope {slope}", slope=shell.number(found.calibration_slope, 2))]
    return "\n".join([*lines, _verdict(shell, found)])


def _score_line(name: str, score: PredictionScore) -> str:
    ranking = "-" if score.auc is None else f"{score.auc:.3f}"
    return f"{name:24}{ranking:>8}{score.log_likelihood:>18.4f}{score.calibration_error:>10.4f}"


def size(
    context: typer.Context,
    *,
    mentions: PastMentions,
    observe: Observe = "1h",
    test_share: TestShare = 0.3,
    minimum: Minimum = 10,
    as_json: JsonFlag = False,
) -> None:
    """Learn from the oldest cascades, measure on the newest."""
    shell = shell_of(context)
    with told(shell) as progress:
        found = evaluate_size(
            mentions, seconds_of(observe), test_share=test_share, minimum=minimum, progress=progress
        )
    _remark_rejected(shell, found.rejected_rows)
    shell.answer(_parts(shell, found), as_json=as_json, text=_size_text(shell, found))


def _size_text(shell: Shell, found: SizeEvaluation) -> str:
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
    return "\n".join([*lines, _verdict(shell, found)])


def parents(
    context: typer.Context, *, mentions: Answers, ties: PerhapsTies = None, as_json: JsonFlag = False
) -> None:
    """Hide observed parents and find them again."""
    shell = shell_of(context)
    with told(shell) as progress:
        found = evaluate_parents(mentions, ties, progress=progress)
    _remark_rejected(shell, found.rejected_rows)
    text = f"{_parents_text(shell, found)}\n{_verdict(shell, found)}"
    shell.answer(_parts(shell, found), as_json=as_json, text=text)


def _parents_text(shell: Shell, found: ParentsEvaluation) -> str:
    def share(value: float | None) -> str:
        return shell.t("not known") if value is None else f"{shell.number(100 * value, 1)}%"

    return "\n".join(
        (
            shell.t(
                "{mentions} hidden answers in {cascades} cascades: {accuracy} found",
                mentions=shell.number(found.mentions),
                cascades=shell.number(found.cascades),
                accuracy=share(found.accuracy),
            ),
            shell.t(
                "of those that do not answer the first post: {share}", share=share(found.accuracy_non_root)
            ),
            shell.t("if the first post were always named: {share}", share=share(found.always_root)),
            shell.t("if the post before were always named: {share}", share=share(found.previous_event)),
            shell.t(
                "confidence stated {stated} on average, off by {error} (chance alone would make that "
                "{chance}, as cascades differ)",
                stated=share(found.mean_probability),
                error=share(found.calibration_error),
                chance=share(found.calibration_error_by_chance),
            ),
        )
    )


def seconds_of(text: str) -> float:
    """Seconds in a span as people write it: ``90s``, ``30m``, ``1h``, ``1h30m``, ``2d`` or ``1w``.

    Examples
    --------
    >>> seconds_of("1h"), seconds_of("1h30m"), seconds_of("2 d")
    (3600.0, 5400.0, 172800.0)
    """
    wanted = text.strip().lower()
    parts = list(_PART.finditer(wanted))
    total = sum(float(part[1]) * _SECONDS[part[2]] for part in parts)
    if "".join(part[0] for part in parts) != wanted or total <= 0:
        raise BadInputError("{text} is not a span of time; write 30m, 6h or 2d.", text=text)
    return total

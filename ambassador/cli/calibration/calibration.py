"""``ambassador calibration``: how honest earlier forecasts were."""

from typing import Annotated, Any, Final

import typer

from ambassador.cli.progress import told
from ambassador.cli.shell import JsonFlag, Shell, parts_of, shell_of
from ambassador.i18n import mark
from ambassador.services.calibration import check_calibration, read_calibration
from ambassador.values.calibration.calibration import (
    Calibration,
    IntervalCoverage,
    OwnPastCheck,
    WayRecord,
    simple_ways,
)

_HELP: Final = mark("Say how often forecast ranges held: closed campaigns, and past cascades forecast anew.")
_COVERAGE: Final = ("level", "inside", "of", "share", "tested", "p_value", "kept=is_kept")
_MISSING: Final = (
    "cascades=cascades_missing",
    "people_who_joined=influence_missing",
    "answers=parents_missing",
)
_STORED: Final = mark("Read the last check instead of forecasting past cascades anew.")


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("calibration", help=_HELP)(calibration)


def calibration(
    context: typer.Context,
    *,
    stored: Annotated[bool, typer.Option("--stored", help=_STORED)] = False,
    as_json: JsonFlag = False,
) -> None:
    """Check, keep and print."""
    shell = shell_of(context)
    work = shell.work()
    with told(shell) as progress:
        record = read_calibration(work) if stored else check_calibration(work, progress=progress)
    shell.answer(_parts(record), as_json=as_json, text=_text(shell, record))


def _parts(record: Calibration) -> dict[str, Any]:
    log = record.log
    return {
        "campaigns": record.campaigns.campaigns,
        "ambassadors": [parts_of(one, *_COVERAGE) for one in record.campaigns.ambassadors if one.of],
        "totals": [parts_of(one, *_COVERAGE) for one in record.campaigns.totals if one.of],
        "cascades": log.cascades if log else 0,
        "history": log.history if log else 0,
        "ways": {one.way: _way(one) for one in log.ways} if log else {},
        "network_beats": log.network_beats if log else None,
        "network_reason": log.network_reason if log else "",
        **parts_of(record, "influence", "checked_at"),
        "evaluate": _own_past(record.own_past),
    }


def _own_past(checked: OwnPastCheck | None) -> dict[str, Any] | None:
    """What ``evaluate`` says of files, said of the workspace, and how much is missing for the rest."""
    if checked is None:
        return None
    missing = parts_of(checked, *_MISSING)
    by_hours = {f"{one.hours:g}h": one for one in checked.sizes}
    return {
        **parts_of(checked, "influence", "parents"),
        "size": {hours: one.found for hours, one in by_hours.items()},
        "missing": {**missing, "cascades_by_hours": {hours: one.missing for hours, one in by_hours.items()}},
    }


def _way(one: WayRecord) -> dict[str, Any]:
    coverage = [parts_of(level, *_COVERAGE) for level in one.coverage]
    return {"coverage": coverage, **parts_of(one, "interval_score", "histogram")}


def _text(shell: Shell, record: Calibration) -> str:
    lines = [
        shell.t("Closed campaigns: {level}% ranges held {inside} of {of} times.", **_facts(one))
        for one in record.campaigns.ambassadors
        if one.of
    ]
    for way in record.log.ways if record.log else ():
        score = shell.number(way.interval_score, 1)
        lines.append(shell.t("{way}: interval score {score}", way=shell.state(way.way.value), score=score))
        lines += [
            shell.t("  {level}% ranges held {inside} of {of} times.", **_facts(one)) for one in way.coverage
        ]
    lines += _own_past_text(shell, record)
    return "\n".join(lines or [shell.t("Too few cascades and closed campaigns to judge forecasts by.")])


def _facts(one: IntervalCoverage) -> dict[str, int]:
    return {"level": one.level, "inside": one.inside, "of": one.of}


def _own_past_text(shell: Shell, record: Calibration) -> list[str]:
    checked = record.own_past
    lines = [
        shell.t(
            "After {hours} h: usual error {error}%, 80% ranges held {held}% of the time, "
            "{cascades} cascades.",
            hours=f"{one.hours:g}",
            error=shell.number(100 * one.found.median_ape, 1),
            held=shell.number(100 * one.found.coverage_80, 1),
            cascades=one.found.cascades,
        )
        for one in (checked.sizes if checked else ())
        if one.found
    ]
    if checked and checked.parents and checked.parents.accuracy is not None:
        lines.append(
            shell.t(
                "{mentions} hidden answers in {cascades} cascades: {accuracy} found",
                mentions=shell.number(checked.parents.mentions),
                cascades=shell.number(checked.parents.cascades),
                accuracy=f"{100 * checked.parents.accuracy:.1f}%",
            )
        )
    if record.influence:
        lines.append(
            shell.t(
                "Learned probabilities: log-likelihood {score}; the best simple method {other}.",
                score=shell.number(record.influence[0].log_likelihood, 4),
                other=shell.number(simple_ways(record.influence)[0].log_likelihood, 4),
            )
        )
    return lines

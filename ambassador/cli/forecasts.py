"""``ambassador forecast``: how far word will travel from given people, in text and as JSON."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from ambassador.cli.picks.answer import interval, rounded, said, text_table
from ambassador.cli.picks.options import (
    HANDLES,
    CampaignOption,
    Days,
    DiffusionOption,
    KeyOption,
    Probabilities,
    handles_of,
)
from ambassador.cli.progress import told
from ambassador.cli.shell import JsonFlag, Shell, shell_of
from ambassador.errors import NotFoundError
from ambassador.i18n import mark
from ambassador.services.campaigns.campaign_view import find_campaign
from ambassador.services.forecasts import forecast, forecast_as_delivered, forecast_page_state
from ambassador.services.stored_json import to_json
from ambassador.values.forecasts.forecasts import ForecastRequest, ForecastView, Range
from ambassador.values.networks.network import Diffusion, ProbabilityRule

_STEP = mark("Every answer takes exactly so many hours, instead of delays that vary.")
_ANSWERS = mark("Hours within which half of the answers come; else learned, or a prior.")
_POSTING = mark("Hours within which half of the ambassadors post; else learned, or a prior.")
_HEAT = mark("How much posts differ in how contagious they are (deviation of the logarithm).")
_KEPT = mark("Number of a kept forecast: shows it.")
_DELIVERED = mark("Of a live campaign: for those whose phone arrived; frozen once, beside the launch's.")


def register(app: typer.Typer) -> None:
    """Add ``forecast``."""
    app.command("forecast", help=mark("Forecast how far word will travel from given people."))(forecast_verb)


def forecast_verb(
    context: typer.Context,
    *,
    handles: Annotated[str, typer.Option("--handles", help=HANDLES)] = "",
    campaign: CampaignOption = None,
    pick_number: Annotated[
        int | None, typer.Option("--pick", help=mark("Number of a pick, instead of handles."))
    ] = None,
    runs: Annotated[int, typer.Option("--runs", min=1, help=mark("Simulated launches."))] = 10_000,
    days: Days = None,
    hours_per_step: Annotated[int | None, typer.Option("--hours-per-step", min=1, help=_STEP)] = None,
    answer_hours: Annotated[float | None, typer.Option("--answer-hours", help=_ANSWERS)] = None,
    posting_hours: Annotated[float | None, typer.Option("--posting-hours", help=_POSTING)] = None,
    heat: Annotated[float | None, typer.Option("--heat", help=_HEAT)] = None,
    probabilities: Probabilities = "auto",
    diffusion: DiffusionOption = Diffusion.INDEPENDENT_CASCADE,
    key: KeyOption = None,
    show: Annotated[int | None, typer.Option("--show", help=_KEPT)] = None,
    as_delivered: Annotated[bool, typer.Option("--as-delivered", help=_DELIVERED)] = False,
    as_json: JsonFlag = False,
) -> None:
    """Forecast, record the forecast, print it."""
    shell = shell_of(context)
    work = shell.work()
    if show is not None:
        known = forecast_page_state(work, forecast_id=show).view
        if known is None:
            raise NotFoundError("There is no forecast number {number}", number=show)
        shell.answer(_forecast_json(shell, known), as_json=as_json, text=forecast_text(shell, known))
        return
    request = ForecastRequest(
        handles=handles_of(handles),
        campaign_id=find_campaign(work, campaign) if campaign else None,
        pick_id=pick_number,
        runs=runs,
        days=days,
        hours_per_step=hours_per_step,
        probabilities=ProbabilityRule.parse(probabilities),
        diffusion=diffusion,
        key=key,
        answer_hours=answer_hours,
        posting_hours=posting_hours,
        heat=heat,
    )
    make = forecast_as_delivered if as_delivered else forecast
    with told(shell) as progress:
        view = make(work, request, progress=progress)
    shell.answer(_forecast_json(shell, view), as_json=as_json, text=forecast_text(shell, view))


def _built_on(view: ForecastView) -> str:
    """Name what the figures that lead come of; words of the JSON, which no reader translates."""
    if view.result.past_results is None:
        return "network"
    return "past results and ties" if view.ties_weight > 0 else "past results"


def _forecast_json(shell: Shell, recorded: ForecastView) -> dict[str, Any]:
    view, network = recorded.leading, recorded.result.by_network
    result, total = view.result, view.result.headline
    leads = recorded.result.past_results is not None
    return {
        "forecast_id": view.forecast_id,
        "built_on": _built_on(recorded),
        "ties_weight": recorded.ties_weight,
        "mean": total.mean,
        "low": total.low,
        "high": total.high,
        "predictive": _predictive(total),
        "network": to_json(network.talkers) if leads else None,
        "runs": view.runs,
        "horizon_days": result.horizon_days,
        "audience": to_json(result.audience),
        "audience_bounds": result.audience_bounds,
        "views": to_json(result.views),
        "interactions": to_json(result.interactions),
        **to_json(result.amounts),
        "outside": to_json(result.outside),
        "by_moments": to_json(result.by_moments),
        "past_results": to_json(recorded.result.past_results),
        "by_day": to_json(result.by_day),
        "daily": {name: to_json(getattr(result.daily, name)) for name in to_json(result.amounts)},
        "by_person": [
            {
                "handle": one.handle,
                "posting_probability": one.posting_probability,
                "talkers": to_json(one.talkers),
                **to_json(one.amounts),
            }
            for one in view.people
        ],
        "outside_share": result.outside_share,
        "rung": view.rung.number,
        "probabilities": view.probabilities,
        "timing": view.timing,
        "notes": [shell.said(note) for note in view.notes],
        "key": view.key,
    }


def _predictive(known: Range) -> dict[str, Sequence[float]]:
    return _levels(known.quantiles)


def _levels(quantiles: Any) -> dict[str, Sequence[float]]:  # noqa: ANN401 - a mapping of levels
    return {str(level): list(ends) for level, ends in sorted(quantiles.items())}


def forecast_text(shell: Shell, recorded: ForecastView) -> str:
    """Say a forecast: low, middle and high case, then per ambassador."""
    view = recorded.leading
    t, result = shell.t, view.result
    words = {"mean": rounded(shell, result.headline.mean), "range": interval(shell, result.headline)}
    days, count = result.horizon_days, len(view.people)
    if result.headline.ends()[0] is None:
        lines = [_without_range(shell, view)]
    elif view.rung.word_of_mouth:
        lines = [t("{mean} people talk within {days} days; 8 times in 10: {range}.", days=days, **words)]
    else:
        lines = [t("{mean} of {people} ambassadors post; 8 times in 10: {range}.", people=count, **words)]
    if recorded.result.past_results is not None:
        network = _parts(shell, recorded.result.by_network.talkers)
        lines.append(t("From past results. As a scenario, ties would say {mean} ({range}).", **network))
    if result.by_moments is not None:
        moments = _parts(shell, result.by_moments)
        lines.append(t("Of them by moments on air or in a shop: {mean} ({range}).", **moments))
    if result.audience is not None:
        lines.append(t("People who may see it: {mean} ({range}).", **_parts(shell, result.audience)))
    elif result.audience_bounds is not None:
        low, high = result.audience_bounds
        lines.append(
            t("People who may see it: {low} to {high}.", low=rounded(shell, low), high=rounded(shell, high))
        )
    if result.views is not None:
        lines.append(
            t("Views of the ambassadors' own posts: {mean} ({range}).", **_parts(shell, result.views))
        )
    lines.append("")
    rows = [
        (
            one.handle,
            f"{one.posting_probability:.0%}",
            rounded(shell, one.talkers.mean),
            interval(shell, one.talkers),
        )
        for one in view.people
    ]
    lines += text_table((t("handle"), t("posts"), t("people who talk"), t("8 times in 10")), rows)
    lines += ["", *(said(shell, note) for note in view.notes)]
    lines.append(t("Forecast {number}, random key {key}.", number=view.forecast_id, key=view.key))
    return "\n".join(lines)


def _without_range(shell: Shell, view: ForecastView) -> str:
    result = view.result
    mean = rounded(shell, result.headline.mean)
    if view.rung.word_of_mouth:
        text = mark("{mean} people talk within {days} days. No range: nothing makes launches differ.")
        return shell.t(text, mean=mean, days=result.horizon_days)
    text = mark("{mean} of {people} ambassadors post. No range: whom they make talk is not known.")
    return shell.t(text, mean=mean, people=len(view.people))


def _parts(shell: Shell, known: Range) -> dict[str, str]:
    return {"mean": rounded(shell, known.mean), "range": interval(shell, known)}

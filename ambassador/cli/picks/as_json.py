"""A pick as JSON."""

from dataclasses import asdict
from typing import Any

from ambassador.cli.shell import Shell
from ambassador.services.stored_json import to_json
from ambassador.values.forecasts.forecasts import Range
from ambassador.values.money import Money
from ambassador.values.picks.picks import PickAnswer, PickedPerson


def answer_json(shell: Shell, answer: PickAnswer) -> dict[str, Any]:
    """Write a pick as ``--json`` prints it."""
    gain = answer.gain
    return {
        "pick_id": answer.pick_id,
        "picks": [_person_json(one) for one in answer.picks],
        "spread": _mean(answer.spread),
        "spread_range": to_json(answer.spread),
        "expected": _mean(answer.expected),
        "expected_range": to_json(answer.expected),
        "objective": answer.objective,
        "standing": shell.t(answer.standing.text, **answer.standing.values) if answer.standing else None,
        "certificate": answer.certificate,
        "confidence": answer.confidence,
        "stopped_because": answer.stopped_because,
        "workers": answer.workers,
        "rung": answer.rung.number,
        "built_on": shell.t(answer.rung.built_on.text, **answer.rung.built_on.values),
        "probabilities": answer.probabilities,
        "biggest_first": gain.biggest_first if gain else None,
        "biggest_first_handles": gain.handles if gain else (),
        "gain": gain.difference.mean if gain else None,
        "gain_percent": None if gain is None or gain.share is None else round(100 * gain.share, 1),
        "biggest_first_cost": _amount(gain.cost) if gain else None,
        "gain_range": to_json(gain.difference) if gain else None,
        "wins_of_100": gain.wins_of_100 if gain else None,
        "overlap": answer.overlap,
        "audience": answer.audience,
        "cost": _amount(answer.cost),
        "currency": answer.cost.currency if answer.cost else None,
        "cost_on_top": _amount(answer.on_top),
        "unknown_fees": answer.unknown_fees,
        "budget": _amount(answer.budget),
        "left": _amount(answer.left),
        "curve": [{"count": point.count, "spread": point.spread} for point in answer.curve],
        "reserve": [_person_json(one) for one in answer.reserve],
        "left_out": [
            {"handle": one.handle, "reason": shell.t(one.reason.text, **one.reason.values)}
            for one in answer.left_out
        ],
        "left_out_count": answer.left_out_count,
        "already": answer.already,
        "audience_asked": None if answer.target is None else asdict(answer.target),
        "notes": [shell.t(note.text, **note.values) for note in answer.notes],
        "key": answer.key,
    }


def _person_json(one: PickedPerson) -> dict[str, Any]:
    return {
        "handle": one.handle,
        "platform": one.platform,
        "name": one.name,
        "marginal_spread": one.marginal_spread,
        "expected": one.expected,
        "fee": _amount(one.fee),
        "cost": _amount(one.cost),
        "currency": one.fee.currency if one.fee else None,
        "followers": one.followers,
        "city": one.city,
        "posting_probability": one.posting_probability,
        "past_talkers": one.past_talkers,
        "overlap": one.overlap,
    }


def _mean(known: Range | None) -> float | None:
    return None if known is None else known.mean


def _amount(known: Money | None) -> float | None:
    return None if known is None else float(known.amount)

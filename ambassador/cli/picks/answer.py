"""A pick as text for people and as JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from ambassador.cli.shell import Shell
from ambassador.i18n import mark
from ambassador.services.stored_json import to_json
from ambassador.values.forecasts.forecasts import Range
from ambassador.values.imports.imports import Note
from ambassador.values.money import Money
from ambassador.values.picks.minded import MindedComplaints, minded_notes
from ambassador.values.picks.picks import Gain, Objective, PickAnswer, PickedPerson

_SHOWN_LEFT_OUT = 5
_WHAT = {
    Objective.TALKERS: mark("people who talk"),
    Objective.INTERACTIONS: mark("interactions"),
    Objective.VIEWS: mark("views"),
}


def answer_text(shell: Shell, answer: PickAnswer) -> str:
    """Say a pick: the answer first, then the people, then how it was computed."""
    t = shell.t
    lines = [_first_line(shell, answer)]
    if answer.target is not None:
        lines.append(
            t(
                "Counted are only the people you want to reach ({audience}): {people} of {everybody} in the "
                "network. Of {unknown} it is not known; they count as outside.",
                audience=str(answer.target.asked),
                people=answer.target.people,
                everybody=answer.target.everybody,
                unknown=answer.target.unknown,
            )
        )
    lines += _how_good(shell, answer)
    lines += ["", *_people(shell, answer.picks)]
    lines += [
        t(
            "{first} and {second} reach {share}% the same people.",
            first=pair.first,
            second=pair.second,
            share=round(100 * pair.jaccard),
        )
        for pair in answer.overlap[:_SHOWN_LEFT_OUT]
    ]
    if answer.reserve:
        lines.append(t("Reserve: {handles}", handles=", ".join(one.handle for one in answer.reserve)))
    if answer.left_out_count:
        reasons = [f"{one.handle} ({said(shell, one.reason)})" for one in answer.left_out[:_SHOWN_LEFT_OUT]]
        lines.append(
            t("Left out: {count}, e.g. {people}", count=answer.left_out_count, people="; ".join(reasons))
        )
    lines += [said(shell, note) for note in answer.notes]
    lines.append(t("Built on: {what}.", what=said(shell, answer.rung.built_on)))
    if answer.workers is not None:
        lines.append(t("Picked on a cluster; workers: {workers}.", workers=answer.workers))
    lines.append(t("Pick {number}, random key {key}.", number=answer.pick_id, key=answer.key))
    return "\n".join(lines)


def _how_good(shell: Shell, answer: PickAnswer) -> list[str]:
    """Say what the choice gains, on what it rests, what it costs, and how close to the best it is."""
    t, lines = shell.t, list[str]()
    if answer.gain is not None:
        gain = answer.gain
        how = t("most followers") if gain.by_followers else t("most listeners")
        lines.append(
            t(
                "Biggest first ({how}), {handles}: {biggest}; this choice gains {gain}, "
                "wins {wins} of 100 launches.",
                how=how,
                handles=", ".join(gain.handles),
                biggest=rounded(shell, gain.biggest_first),
                gain=_gain(shell, gain),
                wins=gain.wins_of_100,
            )
        )
    if answer.standing is not None:
        lines.append(said(shell, answer.standing))
    if answer.cost is not None:
        lines += _cost_lines(shell, answer, answer.cost)
    if answer.certificate is not None:
        lines.append(certificate_text(shell, len(answer.picks), answer.certificate))
    if answer.minded is not None:
        lines += map(shell.said, minded_notes(answer.minded))
    return lines


def certificate_text(shell: Shell, count: int, certificate: float) -> str:
    """Say what a certificate promises, and what not."""
    if certificate <= 0:
        return shell.t("How good this choice is could not be shown.")
    return shell.t(
        "No other choice of {count} could beat this by more than {percent}%, if the assumptions hold; "
        "it does not say the forecast is right.",
        count=count,
        percent=shell.number(100 * (1 / certificate - 1), 1),
    )


def _first_line(shell: Shell, answer: PickAnswer) -> str:
    count = len(answer.picks)
    if answer.spread is not None and answer.target is not None:
        return shell.t(
            "{count} people picked; {spread} of the people you want to reach are expected to talk, "
            "8 times in 10: {range}.",
            count=count,
            spread=rounded(shell, answer.spread.mean),
            range=interval(shell, answer.spread),
        )
    if answer.spread is not None and answer.spread.ends()[0] is None:
        return shell.t(
            "{count} people picked; {spread} expected to talk. No range: nothing makes launches differ.",
            count=count,
            spread=rounded(shell, answer.spread.mean),
        )
    if answer.spread is not None:
        return shell.t(
            "{count} people picked; {spread} expected to talk, 8 times in 10: {range}.",
            count=count,
            spread=rounded(shell, answer.spread.mean),
            range=interval(shell, answer.spread),
        )
    known, what = answer.expected, shell.t(_WHAT[answer.objective])
    mean = rounded(shell, known.mean if known else None)
    if known is None or known.ends()[0] is None:
        return shell.t(
            "{count} people picked; {expected} {what} expected from their own posts.",
            count=count,
            expected=mean,
            what=what,
        )
    return shell.t(
        "{count} people picked; {expected} {what} expected from their own posts, 8 times in 10: {range}.",
        count=count,
        expected=mean,
        what=what,
        range=interval(shell, known),
    )


def _gain(shell: Shell, gain: Gain) -> str:
    """Write a gain as a number and a percentage."""
    mean = gain.difference.mean
    sign = "+" if mean > 0 else ""
    if gain.share is None:
        return f"{sign}{rounded(shell, mean)}"
    return f"{sign}{rounded(shell, mean)} ({sign}{shell.number(100 * gain.share, 0)}%)"


def _cost_lines(shell: Shell, answer: PickAnswer, cost: Money) -> Iterator[str]:
    t = shell.t
    if answer.budget is None or answer.left is None:
        yield t("It costs {cost}.", cost=_money(shell, cost))
    else:
        yield t(
            "It costs {cost} of the budget of {budget}; {left} are left.",
            cost=_money(shell, cost),
            budget=_money(shell, answer.budget),
            left=_money(shell, answer.left),
        )
    if answer.on_top:
        yield t("In it, for each person beside the fee: {amount}.", amount=_money(shell, answer.on_top))
    if answer.unknown_fees:
        yield t("Not in it: the fees of {count} people, which are not known.", count=answer.unknown_fees)
    if answer.gain is not None and answer.gain.cost is not None:
        yield t("The biggest first would cost {cost}.", cost=_money(shell, answer.gain.cost))


def _money(shell: Shell, known: Money) -> str:
    digits = 0 if known.amount == int(known.amount) else 2
    return f"{shell.number(float(known.amount), digits)} {known.currency}"


def _people(shell: Shell, people: Sequence[PickedPerson]) -> list[str]:
    t = shell.t
    rows = [
        (
            one.handle,
            one.platform,
            rounded(shell, one.marginal_spread if one.marginal_spread is not None else one.expected),
            f"{one.fee.amount} {one.fee.currency}" if one.fee else "-",
            f"{one.cost.amount} {one.cost.currency}" if one.cost else "-",
            one.city or "-",
        )
        for one in people
    ]
    return text_table((t("handle"), t("platform"), t("adds"), t("fee"), t("cost"), t("city")), rows)


def text_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Set rows in columns."""
    widths = [max(len(row[place]) for row in (header, *rows)) for place in range(len(header))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (header, *rows)
    ]


def interval(shell: Shell, known: Range) -> str:
    """Write the range that holds 8 times in 10."""
    low, high = known.ends()
    if low is None or high is None:
        return "?"
    return f"{rounded(shell, low)} - {rounded(shell, high)}"


def rounded(shell: Shell, value: float | None) -> str:
    """Write a figure with as many digits as are worth reading; unknown is a dash."""
    if value is None:
        return "-"
    return shell.number(value, 0 if abs(value) >= 10 else 1)  # noqa: PLR2004 - two digits are enough


def said(shell: Shell, note: Note) -> str:
    """Write a note in the language of the shell."""
    return shell.said(note)


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
        "standing": shell.said(answer.standing) if answer.standing else None,
        "certificate": answer.certificate,
        "confidence": answer.confidence,
        "stopped_because": answer.stopped_because,
        "workers": answer.workers,
        "rung": answer.rung.number,
        "built_on": shell.said(answer.rung.built_on),
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
        "left_out": [{"handle": one.handle, "reason": shell.said(one.reason)} for one in answer.left_out],
        "left_out_count": answer.left_out_count,
        "already": answer.already,
        "minded": None if answer.minded is None else _minded_json(answer.minded),
        "audience_asked": None if answer.target is None else asdict(answer.target),
        "notes": [shell.said(note) for note in answer.notes],
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
        "complaint_share": one.complaint_share,
        "labelled_answers": one.labelled_answers,
    }


def _minded_json(minded: MindedComplaints) -> dict[str, Any]:
    return {
        "weight": minded.weight,
        "complainers": minded.complainers.mean,
        "complainers_range": to_json(minded.complainers),
        "given_up": minded.given_up.mean,
        "given_up_range": to_json(minded.given_up),
        "spared": minded.spared.mean,
        "spared_range": to_json(minded.spared),
        "same_as_without": minded.same,
        "without": {
            "handles": minded.handles,
            "spread": minded.plain_spread,
            "complainers": minded.plain_complainers,
        },
        "labelled_answers": minded.answers,
        "answered_people": minded.people,
        "labelled_complaints": minded.complaints,
        "cut_off": minded.cut_off,
    }


def _mean(known: Range | None) -> float | None:
    return None if known is None else known.mean


def _amount(known: Money | None) -> float | None:
    return None if known is None else float(known.amount)

"""Picks and forecasts as text for people."""

from collections.abc import Iterator, Sequence

from ambassador.cli.shell import Shell
from ambassador.i18n import mark
from ambassador.values.forecasts.forecasts import ForecastView, Range
from ambassador.values.imports.imports import Note
from ambassador.values.money import Money
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
        reasons = [f"{one.handle} ({_note(shell, one.reason)})" for one in answer.left_out[:_SHOWN_LEFT_OUT]]
        lines.append(
            t("Left out: {count}, e.g. {people}", count=answer.left_out_count, people="; ".join(reasons))
        )
    lines += [_note(shell, note) for note in answer.notes]
    lines.append(
        t("Rung {rung}: {built_on}.", rung=answer.rung.number, built_on=_note(shell, answer.rung.built_on))
    )
    if answer.workers is not None:
        lines.append(t("PickedNode on a cluster; workers: {workers}.", workers=answer.workers))
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
                biggest=_round(shell, gain.biggest_first),
                gain=_gain(shell, gain),
                wins=gain.wins_of_100,
            )
        )
    if answer.standing is not None:
        lines.append(_note(shell, answer.standing))
    if answer.cost is not None:
        lines += _cost_lines(shell, answer, answer.cost)
    if answer.certificate is not None:
        lines.append(certificate_text(shell, len(answer.picks), answer.certificate))
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


def forecast_text(shell: Shell, recorded: ForecastView) -> str:
    """Say a forecast: low, middle and high case, then per ambassador."""
    view = recorded.leading
    t, result = shell.t, view.result
    words = {"mean": _round(shell, result.headline.mean), "range": _interval(shell, result.headline)}
    if view.rung.word_of_mouth:
        days = result.horizon_days
        lines = [t("{mean} people talk within {days} days; 8 times in 10: {range}.", days=days, **words)]
    else:
        count = len(view.people)
        lines = [t("{mean} of {people} ambassadors post; 8 times in 10: {range}.", people=count, **words)]
    if recorded.result.past_results is not None:
        network = _parts(shell, recorded.result.by_network.talkers)
        lines.append(t("From past results. As a scenario, ties would say {mean} ({range}).", **network))
    if result.audience is not None:
        lines.append(t("People who may see it: {mean} ({range}).", **_parts(shell, result.audience)))
    elif result.audience_bounds is not None:
        low, high = result.audience_bounds
        lines.append(
            t("People who may see it: {low} to {high}.", low=_round(shell, low), high=_round(shell, high))
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
            _round(shell, one.talkers.mean),
            _interval(shell, one.talkers),
        )
        for one in view.people
    ]
    lines += _table((t("handle"), t("posts"), t("people who talk"), t("8 times in 10")), rows)
    lines += ["", *(_note(shell, note) for note in view.notes)]
    lines.append(t("Forecast {number}, random key {key}.", number=view.forecast_id, key=view.key))
    return "\n".join(lines)


def _first_line(shell: Shell, answer: PickAnswer) -> str:
    count = len(answer.picks)
    if answer.spread is not None and answer.target is not None:
        return shell.t(
            "{count} people picked; {spread} of the people you want to reach are expected to talk, "
            "8 times in 10: {range}.",
            count=count,
            spread=_round(shell, answer.spread.mean),
            range=_interval(shell, answer.spread),
        )
    if answer.spread is not None:
        return shell.t(
            "{count} people picked; {spread} expected to talk, 8 times in 10: {range}.",
            count=count,
            spread=_round(shell, answer.spread.mean),
            range=_interval(shell, answer.spread),
        )
    known, what = answer.expected, shell.t(_WHAT[answer.objective])
    mean = _round(shell, known.mean if known else None)
    if known is None or not known.quantiles:
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
        range=_interval(shell, known),
    )


def _gain(shell: Shell, gain: Gain) -> str:
    """Write a gain as a number and a percentage."""
    mean = gain.difference.mean
    sign = "+" if mean > 0 else ""
    if gain.share is None:
        return f"{sign}{_round(shell, mean)}"
    return f"{sign}{_round(shell, mean)} ({sign}{shell.number(100 * gain.share, 0)}%)"


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
            _round(shell, one.marginal_spread if one.marginal_spread is not None else one.expected),
            f"{one.fee.amount} {one.fee.currency}" if one.fee else "-",
            f"{one.cost.amount} {one.cost.currency}" if one.cost else "-",
            one.city or "-",
        )
        for one in people
    ]
    return _table((t("handle"), t("platform"), t("adds"), t("fee"), t("cost"), t("city")), rows)


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[place]) for row in (header, *rows)) for place in range(len(header))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (header, *rows)
    ]


def _parts(shell: Shell, known: Range) -> dict[str, str]:
    return {"mean": _round(shell, known.mean), "range": _interval(shell, known)}


def _interval(shell: Shell, known: Range) -> str:
    if not known.quantiles:
        return "?"
    low, high = known.quantiles[80]
    return f"{_round(shell, low)} - {_round(shell, high)}"


def _round(shell: Shell, value: float | None) -> str:
    if value is None:
        return "-"
    return shell.number(value, 0 if abs(value) >= 10 else 1)  # noqa: PLR2004 - two digits are enough


def _note(shell: Shell, note: Note) -> str:
    return shell.t(note.text, **note.values)

"""The answer of a pick in figures, one picture, sentences and tables."""

import altair as alt

from ambassador.i18n import mark
from ambassador.ui.kit.charts import FORECAST, MUTED, as_frame, lines, show_chart
from ambassador.ui.kit.figures import Figure, first_row, interval_note
from ambassador.ui.kit.markup import bullets, paragraphs
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import (
    compact_number,
    interval,
    moment,
    money,
    note_text,
    number,
    percent,
    rich,
    t,
    t_count,
)
from ambassador.ui.picks.tables import pick_tables, what_counts
from ambassador.values.forecasts.forecasts import Range
from ambassador.values.picks.audience import TargetFound
from ambassador.values.picks.minded import MindedComplaints, minded_notes
from ambassador.values.picks.picks import (
    AudienceRange,
    Objective,
    PickAnswer,
    PickPageState,
    RecomputedPick,
)

_CERTAIN_ENOUGH = 0.999
_WORTH_TELLING = 1 / 3
_SAME = mark("**{first}** and **{second}** reach {share} the same people: {why}.")
_SAME_OF_TARGET = mark(
    "**{first}** and **{second}** reach {share} the same of the people you want to reach: {why}."
)


def draw_answer(state: PickPageState) -> None:
    """Answer first: the figures, how good the choice is in words, and what it rests on."""
    if state.answer is not None:
        _figures_row(state.answer)
        _sentences(state.answer)
        _what_it_rests_on(state)


def draw_people(answer: PickAnswer) -> None:
    """Draw what each further phone adds, then the people one by one."""
    _curve_picture(answer)
    pick_tables(answer)


def _figures_row(answer: PickAnswer) -> None:
    """Draw the first row: how many talk, the gain, the cost, who may see it."""
    figures = [
        _main_figure(answer),
        _gain_figure(answer),
        _audience_figure(answer.audience, targeted=answer.target is not None),
    ]
    if answer.minded is not None:
        figures[2:] = [_complaints_figure(answer.minded)]
    first_row(*figures, *([_cost_figure(answer)] if answer.cost else []))
    if answer.target is not None:
        st.caption(target_sentence(answer.target))


def _curve_picture(answer: PickAnswer) -> None:
    """Draw what each further phone adds, today's choice marked."""
    if not answer.curve:
        return
    phones, people = t("Phones"), what_counts(answer)
    rows = [{phones: point.count, people: point.spread} for point in answer.curve]
    marked = as_frame([{phones: len(answer.picks)}])
    rule = alt.Chart(marked).mark_rule(color=MUTED, strokeDash=[4, 4]).encode(x=alt.X(f"{phones}:Q"))
    curve = lines(rows, x=phones, value=people, colour=FORECAST)
    whole = alt.X(f"{phones}:Q", title=phones, axis=alt.Axis(tickMinStep=1, format="d"))
    chart = alt.layer(curve.encode(x=whole), rule).properties(height=300)
    last = answer.curve[min(len(answer.picks), len(answer.curve)) - 1]
    takeaway = t("Phone number {count} adds {added}", count=number(last.count), added=_small(last.added))
    show_chart(chart, takeaway, note=_curve_note(answer))


def _curve_note(answer: PickAnswer) -> str:
    if answer.budget:
        return t("Dashed: today's choice. To its right: the reserve list, one by one, beyond the budget.")
    return t("Dashed: today's choice. To its right: the reserve list, one by one.")


def recomputed_view(found: RecomputedPick) -> None:
    """Check whether a kept pick came out the same once more, and what has changed since."""
    before, now = found.before, found.now
    if found.same:
        st.success(t("The same answer came out again, to the last digit."), icon=":material/check_circle:")
        why = t("Changed since, so that a new pick may differ:")
    else:
        text = t(
            "Another answer came out. Then: {before} ({value_before}). Now: {now} ({value_now}).",
            before=", ".join(before.handles),
            value_before=number(before.value, 1),
            now=", ".join(now.handles),
            value_now=number(now.value, 1),
        )
        st.warning(text, icon=":material/difference:")
        why = t("Changed since:")
    if found.changed:
        st.markdown(paragraphs((why, bullets(map(note_text, found.changed)))))
    elif found.same:
        st.caption(t("Neither version, network nor data have changed since."))
    else:
        st.caption(t("Neither version, network nor data have changed: the machine or its libraries have."))


def _sentences(answer: PickAnswer) -> None:
    """Say in words how good the choice is and what it passes over."""
    if answer.standing is not None:
        st.markdown(note_text(answer.standing))
    if answer.certificate is not None:
        st.markdown(_certificate_sentence(answer))
    if answer.minded is not None:
        counted, *found = map(note_text, minded_notes(answer.minded))
        st.markdown(paragraphs((counted, " ".join(found))))
    for pair in [one for one in answer.overlap if one.jaccard >= _WORTH_TELLING][:3]:
        why = t("both were picked all the same") if pair.both_picked else t("the second would add little")
        st.markdown(
            rich(
                _SAME_OF_TARGET if answer.target else _SAME,
                first=pair.first,
                second=pair.second,
                share=percent(pair.jaccard),
                why=why,
            )
        )
    if answer.already:
        st.caption(
            t_count(
                "{count} person is in already and counted.",
                "{count} people are in already and counted.",
                answer.already,
            )
        )


def _what_it_rests_on(state: PickPageState) -> None:
    """Say whose probabilities the choice rests on, and whether the network has earned to be gone by."""
    answer = state.answer
    if answer is None or not answer.probabilities:
        return
    parts = [note_text(note) for note in answer.notes[:1]]
    if answer.standing is not None:
        st.caption(" ".join(parts))
        return
    if state.network_beats is False:
        parts.append(
            t("On your own past, past results forecast better than the network: take this as a scenario.")
        )
    elif state.network_beats:
        parts.append(t("On your own past the network beat past results and followers: see Calibration."))
    st.caption(" ".join(parts))


def _certificate_sentence(answer: PickAnswer) -> str:
    """Say what the certificate promises, and what not."""
    if not answer.certificate:
        return t("How good this choice is could not be shown.")
    if answer.certificate >= _CERTAIN_ENOUGH:
        return t(
            "No other choice of {count} could beat this, if the assumptions hold; "
            "it does not say the forecast is right.",
            count=number(len(answer.picks)),
        )
    return t(
        "No other choice of {count} could beat this by more than {share}, if the assumptions hold; "
        "it does not say the forecast is right.",
        count=number(len(answer.picks)),
        share=percent(1 / answer.certificate - 1, 1),
    )


def how_computed(answer: PickAnswer) -> None:
    """Say what the answer rests on, so that it can be doubted and repeated."""
    with st.expander(t("How this was computed"), icon=":material/info:"):
        st.markdown(bullets(map(note_text, answer.notes)))
        st.caption(
            t(
                "Pick {number} of {when} by {actor}; the draw that repeats it: {key}. Figures are of new "
                "launches, not of those it was picked by.",
                number=number(answer.pick_id),
                when=moment(answer.created_at),
                actor=answer.actor,
                key=answer.key,
            )
        )


def _main_figure(answer: PickAnswer) -> Figure:
    known = answer.spread or answer.expected
    if answer.objective is Objective.TALKERS:
        about = t("Expected number who talk, the picked included, simulated. In the literature: spread.")
    else:
        about = t("From their own posts alone; word of mouth is not included.")
    return Figure(what_counts(answer), number(known.mean if known else None), _interval(known), help=about)


def _gain_figure(answer: PickAnswer) -> Figure:
    label, gain = t("Gain over biggest first"), answer.gain
    if gain is None:
        return Figure(label, number(None))
    value = ("+" if gain.difference.mean > 0 else "") + number(gain.difference.mean)
    wins = t("wins {wins} of 100 launches", wins=number(gain.wins_of_100))
    share = None if gain.share is None else ("+" if gain.share > 0 else "") + percent(gain.share)
    note = ", ".join(part for part in (share, wins if gain.difference.quantiles else None) if part)
    size = t("most followers") if gain.by_followers else t("most listeners in the network")
    about = t(
        "The biggest accounts first ({size}): {handles}. As many people within the same budget and demands, "
        "they reach {biggest}; the difference lies {range}, {often}. Both on the same simulated launches.",
        handles=", ".join(gain.handles),
        size=size,
        biggest=number(gain.biggest_first),
        range=_ends(gain.difference),
        often=t("8 times in 10"),
    )
    return Figure(label, value, note, "good" if gain.difference.mean > 0 else "neutral", about)


def _complaints_figure(minded: MindedComplaints) -> Figure:
    """Show who complains among those who talk, in the place of who may see it."""
    about = t(
        "Of the people who talk. If complaints did not count, {plain} of {talkers} who talk would complain.",
        plain=number(minded.plain_complainers, 1),
        talkers=number(minded.plain_spread),
    )
    return Figure(
        t("Complaints among them"), _small(minded.complainers.mean), _interval(minded.complainers), help=about
    )


def _audience_figure(audience: AudienceRange | None, *, targeted: bool) -> Figure:
    label = t("May see it, of the people you want to reach") if targeted else t("People who may see it")
    if audience is None:
        return Figure(label, number(None), help=t("Neither followers nor ties are known."))
    about = t(
        "Direct audience of the picked people. Between the largest audience and the sum of all; "
        "one number where follower lists or ties are known."
    )
    note = t("known for {count} of them", count=number(audience.known_for))
    return Figure(label, interval(audience.low, audience.high, compact_number), note, help=about)


def _cost_figure(answer: PickAnswer) -> Figure:
    about = t("Fees, phones, shipping and other costs together.")
    if answer.on_top:
        about += " " + t("In it, for each person beside the fee: {amount}.", amount=money(answer.on_top))
    if answer.unknown_fees:
        note = t_count("{count} fee not known", "{count} fees not known", answer.unknown_fees)
    elif answer.left is not None:
        note = t("of {budget}; left: {left}", budget=money(answer.budget), left=money(answer.left))
    else:
        note = ""
    return Figure(t("Cost"), money(answer.cost), note, help=about)


def _interval(known: Range | None) -> str:
    return interval_note(_ends(known)) if known and known.quantiles else ""


def _ends(known: Range) -> str:
    if not known.quantiles:
        return number(known.mean)
    low, high = known.quantiles[80]
    return interval(low, high)


def _small(value: float) -> str:
    return number(value, 0 if value >= 10 else 1)  # noqa: PLR2004 - two digits are enough


def target_sentence(target: TargetFound) -> str:
    """Say whom all figures are about, and of how many it is not known whether they are meant."""
    return t(
        "All figures are of the people you want to reach ({audience}): {people} of {everybody} in the "
        "network. Of {unknown} it is not known; they count as outside.",
        audience=str(target.asked),
        people=number(target.people),
        everybody=number(target.everybody),
        unknown=number(target.unknown),
    )

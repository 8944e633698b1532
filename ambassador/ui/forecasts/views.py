"""A forecast in figures and words, and as a table with a row per ambassador."""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from ambassador.i18n import mark
from ambassador.ui.kit.figures import Figure, first_row
from ambassador.ui.kit.markup import bullets
from ambassador.ui.kit.navigation import page_link
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind, show_table
from ambassador.ui.kit.text import interval, moment, note_text, number, percent, t
from ambassador.values.forecasts.forecasts import ForecastPageState, ForecastStanding, ForecastView, Range

_NETWORK: Final = "forecast:network"
_STANDINGS: Final = {
    ForecastStanding.FROZEN: mark("frozen at launch: what comes of it is held against this one"),
    ForecastStanding.DELIVERED: mark("frozen later, with the phones that really arrived"),
    ForecastStanding.LATER: mark("not the frozen one: made for comparison, and it may know what came since"),
}
_IN_DAYS: Final = 96
"""From so many hours on a length of time is told in days."""
_SHOWN: Final = 4
"""Notes shown at once: whose probabilities, who posts, how fast people answer and post."""


def whose_forecast(state: ForecastPageState) -> None:
    """Say which campaign a forecast is for, and whether results are held against it."""
    if not state.campaign or state.view is None:
        return
    known = _STANDINGS.get(state.standing)
    said = state.campaign + (f" · {t(known)}" if known else "")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(said, width="content")
        if state.observed:
            page_link("outcomes", t("What came of it"), campaign=state.view.campaign_id or 0)


def forecast_figures(view: ForecastView) -> None:
    """Draw the first row: low, middle and high case by the deadline, and the day of the peak."""
    talkers, days = view.result.headline, view.result.horizon_days
    low, high = talkers.ends()
    about = t(
        "People who talk by the end of day {days}, ambassadors included; 8 launches in 10 lie between.",
        days=number(days),
    )
    first_row(
        Figure(t("Low case"), number(low), t("1 time in 10 fewer"), help=about),
        Figure(
            t("Middle case"),
            number(talkers.middle),
            t("people by day {days}", days=number(days)),
            help=about,
        ),
        Figure(t("High case"), number(high), t("1 time in 10 more"), help=about),
        _peak(view),
    )


def who_sees_it(view: ForecastView) -> None:
    """Say who may see it and how many views, where that is known."""
    result = view.result
    facts = {
        t("Mentions"): _with_interval(result.amounts.mentions),
        t("People who may see it"): _seen(view),
        t("Views"): _with_interval(result.amounts.impressions),
        t("Views of the ambassadors' own posts"): _with_interval(result.views),
        t("Likes and comments on them"): _with_interval(result.interactions),
    }
    st.table({name: said for name, said in facts.items() if said != number(None)}, border="horizontal")
    if view.notes:
        st.caption(" ".join(note_text(note) for note in view.notes[:_SHOWN]))


def shown_state(state: ForecastPageState) -> ForecastPageState:
    """The state with the figures to go by, or those of the network where a reader asked for them."""
    if state.view is None:
        return state
    asked = bool(st.session_state.get(_NETWORK, False))
    return replace(state, view=state.view.by_network if asked else state.view.leading)


def network_standing(state: ForecastPageState) -> None:
    """Say what the figures rest on: past results, or a network that beat them or was not put to the test."""
    view = state.view
    if view is None or not any(one.in_network for one in view.people):
        return
    if view.result.past_results is not None:
        _past_leads(view)
    elif state.network_beats:
        st.caption(t("On your own past the network beat past results and followers: see Calibration."))
    else:
        st.caption(t("Whether the network beats past results on your own past: check under Calibration."))


def _past_leads(view: ForecastView) -> None:
    """Say that past results lead, and offer the network's figures as a scenario."""
    network = view.result.by_network.talkers
    numbers = {"middle": number(network.middle), "range": interval(*network.ends())}
    if view.ties_weight > 0:
        words = t(
            "These figures weigh two things by your own past: ties, which count {ties}%, and what earlier "
            "posts brought. As a scenario, ties alone would say {middle} people ({range}).",
            ties=number(round(100 * view.ties_weight)),
            **numbers,
        )
    elif view.result.past is None:
        words = t(
            "The total comes from past results: on your own past the network did not beat them. The days and "
            "rows below are what the network would say: {middle} people ({range}).",
            **numbers,
        )
    else:
        words = t(
            "These figures come from past results of these ambassadors and the courses past cascades took: "
            "on your own past the network did not beat them. As a scenario, the network would say "
            "{middle} people ({range}).",
            **numbers,
        )
    st.info(words, icon=":material/science:")
    st.toggle(t("Show what the network would say"), key=_NETWORK)


def how_forecast(view: ForecastView) -> None:
    """Say what the forecast rests on, so that it can be doubted and repeated."""
    with st.expander(t("How this was computed"), icon=":material/info:"):
        st.markdown(bullets(map(note_text, view.notes)))
        st.caption(
            t(
                "Forecast {number} of {when} by {actor}: {runs} simulated launches, random key {key}. "
                "It is never changed.",
                number=number(view.forecast_id),
                when=moment(view.created_at),
                actor=view.actor,
                runs=number(view.runs),
                key=view.key,
            )
        )


def _peak(view: ForecastView) -> Figure:
    label = t("Day of the peak")
    means = [0.0, *(one.mean for one in view.result.by_day)]
    if len(means) == 1:
        return Figure(label, number(None), help=t("Without ties it is not known when word passes on."))
    added = [after - before for before, after in pairwise(means)]
    return Figure(label, number(added.index(max(added)) + 1), _peak_note(view))


def _peak_note(view: ForecastView) -> str:
    if view.from_past:
        return t("as past cascades came about")
    law = view.timing.answers[0] if view.timing else None
    if law is None or law.sigma == 0:
        hours = law.median_hours if law else view.hours_per_step
        return t("if a step takes {hours} hours", hours=number(hours))
    if law.count and law.median_hours >= _IN_DAYS:
        return t("half answer within {days} days, as learned", days=number(law.median_hours / 24))
    if law.count:
        return t("half answer within {hours} h, as learned", hours=number(law.median_hours, 1))
    return t("if half answer within {hours} h", hours=number(law.median_hours, 1))


def _seen(view: ForecastView) -> str:
    result = view.result
    least, most = result.amounts.audience_at_least, result.amounts.audience_at_most
    if least is not None and most is not None:
        both = interval(least.ends()[0] or least.mean, most.ends()[1] or most.mean)
        if view.from_past:
            return t("{range} (lowest if all follow the same people, highest if none do)", range=both)
        return t(
            "{range} (lowest if followers outside the network are all the same people, highest if none are)",
            range=both,
        )
    if result.audience is not None:
        return _with_interval(result.audience)
    if result.audience_bounds is not None:
        low, high = result.audience_bounds
        return t("{range} (from the largest audience to the sum of all)", range=interval(low, high))
    return number(None)


def _with_interval(known: Range | None) -> str:
    if known is None:
        return number(None)
    if not known.quantiles:
        return number(known.mean)
    low, high = known.quantiles[80]
    return f"{number(known.middle)} ({interval(low, high)})"


@dataclass(frozen=True, slots=True)
class ForecastRow:
    """One row of the table: an ambassador, or the people outside the network."""

    handle: str
    name: str
    posts: float | None
    low: float | None
    middle: float | None
    high: float | None
    note: str = ""
    mentions: float | None = None
    least: float | None = None
    most: float | None = None
    views: float | None = None


def forecast_table(view: ForecastView) -> None:
    """Draw a row per ambassador, and one for the people outside the network."""
    rows = [_line(view, place) for place in range(len(view.people))]
    if not view.from_past:
        rows.append(_outside(view))
    if view.result.by_moments is not None:
        low, high = view.result.by_moments.ends()
        middle = round(view.result.by_moments.middle, 1)
        rows.append(ForecastRow(t("By moments on air or in a shop"), "", None, low, middle, high))
    show_table("forecast", rows, _columns(), title=t("Forecast per ambassador"))


def _line(view: ForecastView, place: int) -> ForecastRow:
    one = view.people[place]
    low, high = one.talkers.ends()
    return ForecastRow(
        one.handle,
        one.name,
        round(one.posting_probability, 2),
        low,
        round(one.talkers.middle, 1),
        high,
        mentions=_mean(one.amounts.mentions),
        least=_whole(one.amounts.audience_at_least),
        most=_whole(one.amounts.audience_at_most),
        views=_whole(one.amounts.impressions),
    )


def _mean(known: Range | None) -> float | None:
    return None if known is None else round(known.middle, 1)


def _whole(known: Range | None) -> float | None:
    return None if known is None else round(known.middle)


def _outside(view: ForecastView) -> ForecastRow:
    share, known = view.result.outside_share, view.result.outside
    if known is not None:
        low, high = known.ends()
        return ForecastRow(t("Outside the network"), "", None, low, round(known.middle, 1), high)
    note = t("not counted") if share is None else t("not counted; {share} last time", share=percent(share))
    return ForecastRow(t("Outside the network"), "", None, None, None, None, note)


def _columns() -> tuple[Column[ForecastRow], ...]:
    about = t("People who talk whom this ambassador reached before any other, themselves included.")
    return (
        Column(t("Handle"), "handle"),
        Column(t("Name"), "name"),
        Column(t("Chance of posting"), "posts", Kind.PERCENT, help=t("How probable it is that they post.")),
        Column(t("Low case"), "low", Kind.DECIMAL, help=about),
        Column(t("Middle case"), "middle", Kind.DECIMAL, help=about),
        Column(t("High case"), "high", Kind.DECIMAL, help=about),
        Column(t("Mentions"), "mentions", Kind.DECIMAL),
        Column(t("May see it, at least"), "least", Kind.NUMBER),
        Column(t("May see it, at most"), "most", Kind.NUMBER),
        Column(t("Views"), "views", Kind.NUMBER),
        Column(t("Note"), "note"),
    )

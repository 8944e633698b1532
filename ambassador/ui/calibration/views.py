"""How earlier forecasts turned out: in figures, in plain words, in pictures."""

from collections.abc import Sequence
from typing import Final

from ambassador.i18n import mark
from ambassador.ui.calibration.charts import PromiseRow, histogram_chart, judged_chart, promise_chart
from ambassador.ui.kit.charts import show_chart
from ambassador.ui.kit.definitions import define
from ambassador.ui.kit.figures import Figure, first_row
from ambassador.ui.kit.navigation import page_link
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind, show_table
from ambassador.ui.kit.text import number, percent, rich, t, t_count
from ambassador.values.calibration.calibration import Calibration, IntervalCoverage, Way, WayRecord

_SHOWN: Final = 80
WAYS: Final = {
    Way.PAST: mark("past results of the starter"),
    Way.FOLLOWERS: mark("followers of the starter"),
    Way.NETWORK: mark("the network, with learned probabilities"),
    Way.POOLED: mark("past sizes, whoever starts"),
    Way.STRANGERS: mark("own record of the starter, strangers counted"),
}
_SHORT: Final = {
    Way.PAST: mark("past results"),
    Way.FOLLOWERS: mark("followers"),
    Way.NETWORK: mark("the network"),
    Way.POOLED: mark("past sizes"),
    Way.STRANGERS: mark("past results, strangers counted"),
}


def calibration_figures(record: Calibration) -> None:
    """Draw the first row: how often 80% ranges held for campaigns and the log, and the best way."""
    best = _best(record)
    about = define("calibration")
    first_row(
        _promise(t("Ambassadors of closed campaigns"), record.campaigns.ambassadors, about),
        _promise(t("Past cascades"), best.coverage if best else (), about),
        Figure(
            t("Best on your own past"),
            t(_SHORT[best.way]) if best else number(None),
            _network_word(record),
            help=t("The method with the smallest interval score: narrow ranges that hold."),
        ),
    )


def calibration_words(record: Calibration) -> None:
    """Say in a sentence each whether the promise was kept."""
    best = _best(record)
    if record.campaigns.ambassadors:
        st.markdown(rich("**Closed campaigns.** {words}", words=verdict(_of(record.campaigns.ambassadors))))
    if best is not None:
        st.markdown(rich("**Past cascades.** {words}", words=verdict(_of(best.coverage))))
    if record.log is not None:
        st.markdown(rich("**Network or not.** {words}", words=_network_sentence(record)))


def nothing_judged(record: Calibration) -> None:
    """Say what is missing where neither campaigns nor cascades can be judged."""
    if record.campaigns.ambassadors or record.log is not None:
        return
    if record.checked_at is None:
        st.info(t("Nothing is judged yet: check on past cascades, or close a campaign that had a forecast."))
        page_link("imports", t("Import mentions"))


def campaigns_part(record: Calibration) -> None:
    """Draw the forecasts of closed campaigns beside what came of them."""
    if not record.campaigns.judged:
        return
    held = _of(record.campaigns.ambassadors)
    show_chart(
        judged_chart(record.campaigns.judged),
        t("{inside} of {of} ambassadors ended inside their 80% range", inside=held.inside, of=held.of),
        note=t("Blue: the range frozen at launch. Orange: what was observed."),
    )
    lines = _lines(t("people who talk, by ambassador"), record.campaigns.ambassadors)
    lines += _lines(t("whole campaigns: people, mentions, views"), record.campaigns.totals)
    _promises("campaign-promises", lines, _columns(), title=t("Closed campaigns"))


def log_part(record: Calibration) -> None:
    """Draw the past cascades that were forecast, the histogram, and each way's record."""
    log, best = record.log, _best(record)
    if log is None or best is None:
        if record.own_past is not None:
            missing = number(record.own_past.cascades_missing)
            st.info(
                rich(
                    "**Forecasts of past cascades.** {count} more cascades that are over are needed to judge "
                    "ranges by them.",
                    count=missing,
                ),
                icon=":material/hourglass_empty:",
            )
        return
    show_chart(
        judged_chart(log.judged),
        t_count(
            "{count} past cascade, forecast from the earlier ones alone",
            "{count} past cascades, each forecast from the earlier ones alone",
            log.cascades,
        ),
        note=t("Blue: the 80% range of the best method. Orange: people who talked."),
    )
    show_chart(
        histogram_chart(best.histogram),
        t("Where outcomes fell within their forecast: bars of equal height mean honest ranges"),
        note=t("High at both ends: ranges too narrow. High in the middle: too wide."),
    )
    lines = [line for one in log.ways for line in _lines(t(WAYS[one.way]), one.coverage, one.interval_score)]
    _promises("promises", lines, _log_columns(), title=t("Promises kept"))
    if log.network_reason:
        st.caption(t("The network was not tried: {reason}.", reason=t(log.network_reason)))


def _promises(
    name: str, lines: Sequence[PromiseRow], columns: Sequence[Column[PromiseRow]], *, title: str
) -> None:
    """Draw what was promised and what held as one picture; its figures on request."""
    show_chart(
        promise_chart(lines),
        t("How often ranges held, beside how often they promised to"),
        note=t("Blue: what was promised. Orange: how often it held. Few forecasts can miss by chance."),
    )
    with st.expander(t("The figures of this picture"), icon=":material/table:"):
        show_table(name, lines, columns, title=title)


def verdict(one: IntervalCoverage) -> str:
    """Say in plain words whether an interval held as often as it promised."""
    if one.share is None or one.p_value is None:
        return t("Nothing to judge yet.")
    facts = t(
        "Ranges that promise {level}% held {inside} of {of} times ({share}).",
        level=one.level,
        inside=number(one.inside),
        of=number(one.of),
        share=percent(one.share),
    )
    if one.is_kept:
        return (
            facts
            + " "
            + t("That is within chance: the promise is kept, as far as this many forecasts can tell.")
        )
    if one.is_too_narrow:
        return facts + " " + t("Too few to be chance: read the ranges as too narrow.")
    return facts + " " + t("Too many to be chance: the ranges are wider than they need to be.")


def _best(record: Calibration) -> WayRecord | None:
    return min(record.log.ways, key=lambda one: one.interval_score) if record.log else None


def _of(coverage: Sequence[IntervalCoverage], level: int = _SHOWN) -> IntervalCoverage:
    return next(one for one in coverage if one.level == level)


def _promise(label: str, coverage: Sequence[IntervalCoverage], about: str) -> Figure:
    if not coverage or _of(coverage).share is None:
        return Figure(label, number(None), t("nothing to judge yet"), help=about)
    held = _of(coverage)
    note = t("{inside} of {of} inside the 80% range", inside=number(held.inside), of=number(held.of))
    return Figure(label, percent(held.share), note, "neutral" if held.is_kept else "bad", about)


def _network_word(record: Calibration) -> str:
    beats = record.log.network_beats if record.log else None
    if record.log is None:
        return ""
    if beats is None:
        return t("the network was not tried")
    return t("the network is the default") if beats else t("the network is a scenario only")


def _network_sentence(record: Calibration) -> str:
    beats = record.log.network_beats if record.log else None
    if beats is None:
        return t("The network could not be tried on earlier cascades.")
    if beats:
        return t("On your own past the network beat past results and followers: it is the default.")
    return t(
        "On your own past, past results or followers forecast better than the network: "
        "take its figures as a scenario."
    )


def _lines(what: str, coverage: Sequence[IntervalCoverage], score: float | None = None) -> list[PromiseRow]:
    return [
        PromiseRow(what, one.level, one.inside, one.of, one.share, _short(one), score, one.tested)
        for one in coverage
        if one.of
    ]


def _short(one: IntervalCoverage) -> str:
    if one.is_kept is None or one.share is None:
        return ""
    if one.is_kept:
        return t("as promised") if one.could_fail else t("too few to tell")
    return t("too narrow") if one.is_too_narrow else t("too wide")


def _columns() -> tuple[Column[PromiseRow], ...]:
    return (
        Column(t("Forecast"), "what"),
        Column(t("Promised, %"), "level", Kind.NUMBER),
        Column(t("Inside the range"), "inside", Kind.NUMBER),
        Column(t("Forecasts"), "of", Kind.NUMBER),
        Column(t("Share inside"), "share", Kind.PERCENT),
        Column(
            t("Promise"),
            "verdict",
            help=t("Exact binomial test at 5%; values on the edge of a range count in or out by lot."),
        ),
    )


def _log_columns() -> tuple[Column[PromiseRow], ...]:
    *known, promise = _columns()
    return (
        *known,
        Column(
            t("Tested"),
            "tested",
            Kind.NUMBER,
            help=t(
                "Small whole numbers often fall on the very edge of a range. The test counts such a one in "
                "or out by lot, as its forecast would have it, so this can differ from what lay inside."
            ),
        ),
        promise,
        Column(
            t("Interval score"),
            "score",
            Kind.DECIMAL,
            help=t("Width of the range, plus a penalty when the outcome falls outside; smaller is better."),
        ),
    )

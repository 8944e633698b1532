"""Pages to read in a browser, to print, or to save as a PDF from there: the report, and the packing slips."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ambassador.reports.chart import HEIGHT, STRIP_WIDTH, WIDTH, draw_fan, draw_strips
from ambassador.reports.headline import headline, judged, standing_text
from ambassador.reports.notes import notes_of
from ambassador.reports.value_for_money import cheapest_and_dearest, unknown_cost
from ambassador.reports.words import Words
from ambassador.values.devices import PackingLine
from ambassador.values.results.reports import Report
from ambassador.values.results.results import (
    AmbassadorResult,
    CampaignResults,
    IntervalPosition,
    Seen,
    StatedSum,
)
from ambassador.values.status_words import text_of

_TEMPLATES: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
MOST_ROWS: Final = 12
"""Of ambassadors, so that the report stays one printed page."""
_MISSES: Final = (IntervalPosition.ABOVE, IntervalPosition.BELOW)


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure with its name and what it is compared with."""

    name: str
    value: str
    note: str = ""


def report_html(report: Report) -> bytes:
    """Write the report; whatever came from outside is escaped."""
    words = Words(report.language)
    people = notable(report.results.rows)
    page = _TEMPLATES.get_template("report.html.j2").render(
        report=report,
        r=report.results,
        words=words,
        t=words.t,
        t_count=words.t_count,
        language=report.language,
        headline=headline(report.results, words),
        status=words.t(text_of(report.results.status)),
        tiles=_tiles(report.results, words),
        fan=draw_fan(report.observed, report.forecast),
        width=WIDTH,
        height=HEIGHT,
        people=people,
        value=cheapest_and_dearest(report.results, words),
        more=len(report.results.rows) - len(people),
        strips=draw_strips(people),
        strip_width=STRIP_WIDTH,
        misses=_MISSES,
        verdict=lambda row: words.t(text_of(row.talkers.standing)),
        share=lambda value: words.number(value, 0 if value == round(value) else 1),
        known=lambda figure: _known(figure, words),
        dash=lambda value: _dash(value, words),
        web=_web,
        care=_care(report, words),
        outcomes=_outcomes(report, words),
        notes=notes_of(report, words),
    )
    return page.encode()


def notable(rows: Sequence[AmbassadorResult]) -> list[AmbassadorResult]:
    """Choose whom one page has room for: every miss first, then those who made most people talk."""
    counted = [row for row in rows if row.delivered_at or row.figures.mentions or row.cost.total.minor]
    by_need = sorted(counted, key=lambda row: (row.talkers.standing not in _MISSES, -row.figures.talkers))
    return sorted(by_need[:MOST_ROWS], key=lambda row: (-row.figures.talkers, row.name))


def _tiles(results: CampaignResults, words: Words) -> list[Tile]:
    total, costs, funnel = results.total, results.unit_costs, results.funnel
    path = " → ".join(words.number(step) for step in (funnel.planned, funnel.delivered, funnel.posted))
    return [
        Tile(
            words.t("People who talk"),
            words.number(total.talkers),
            standing_text(judged(results), words),
        ),
        Tile(words.t("People who may see it"), _seen(total.seen, words), _seen_note(total.seen, words)),
        Tile(words.t("Views"), words.number(total.views.value), _stated(total.views, words)),
        Tile(
            words.t("Engagements"),
            words.number(total.engagements.value),
            _stated(total.engagements, words),
        ),
        Tile(words.t("Asked → got a phone → posted"), path, _post_rate(results, words)),
        Tile(words.t("Cost"), words.money(results.cost.total), _cost_note(results, words)),
        Tile(words.t("Cost per person who talks"), words.money(costs.per_talker)),
        Tile(
            words.t("Cost per 1,000 views"),
            words.money(costs.per_thousand_views),
            words.t("per order: {cost}", cost=words.money(costs.per_order)),
        ),
    ]


def _seen(seen: Seen, words: Words) -> str:
    return words.range(seen.low, seen.high)


def _seen_note(seen: Seen, words: Words) -> str:
    if seen.low is None:
        return ""
    if seen.exact:
        return words.t("counted once each, from follower lists")
    return words.t(
        "from the largest audience to the sum; followers known for {known} of {of} accounts",
        known=words.number(seen.known),
        of=words.number(seen.of),
    )


def _stated(figure: StatedSum, words: Words) -> str:
    if figure.value is None or figure.stated == figure.of:
        return ""
    return words.t(
        "stated by {stated} of {of} posts", stated=words.number(figure.stated), of=words.number(figure.of)
    )


def _post_rate(results: CampaignResults, words: Words) -> str:
    rate = results.funnel.post_rate
    if rate is None:
        return ""
    if not results.funnel.silent:
        return words.t("post rate {rate}", rate=words.percent(rate))
    silent = words.number(results.funnel.silent)
    return words.t("post rate {rate}, {silent} silent", rate=words.percent(rate), silent=silent)


def _cost_note(results: CampaignResults, words: Words) -> str:
    cost = results.cost
    said = words.t(
        "fees {fees}, phones {goods}, shipping and other {beside}",
        fees=words.money(cost.fees),
        goods=words.money(cost.goods),
        beside=words.money(cost.beside),
    )
    missing = unknown_cost(cost, words)
    return f"{said}; {missing}" if missing else said


def _care(report: Report, words: Words) -> list[tuple[str, str]]:
    care = report.care
    rows = [(words.t("Mentions labelled as complaints"), words.number(report.complaints))]
    if care.asked:
        answered = f"{words.number(care.answered)} / {words.number(care.asked)}"
        rows += [
            (words.t("Complaints and questions answered"), answered),
            (words.t("Half answered within"), words.hours(care.median_hours)),
            (words.t("Nine in ten answered within"), words.hours(care.ninetieth_hours)),
        ]
    return rows


def _outcomes(report: Report, words: Words) -> list[tuple[str, str]]:
    log = report.outcomes
    return [
        (words.t("Orders by code"), words.number(log.orders)),
        (words.t("Worth"), words.money(log.order_value)),
        (words.t("Visits"), words.number(log.visits)),
        (words.t("Press pieces"), words.number(log.press)),
    ]


def _known(figure: StatedSum, words: Words) -> str:
    return _dash(figure.value, words)


def _dash(value: float | None, words: Words) -> str:
    return "–" if value is None else words.number(value)  # noqa: RUF001 - no data yet


def _web(address: str) -> str:
    """Let through addresses of the web only: a link must not run anything."""
    return address if address.startswith(("https://", "http://")) else ""


def packing_html(lines: Sequence[PackingLine], language: str) -> bytes:
    """Write the slips; whatever came from outside is escaped.

    Examples
    --------
    >>> packing_html([], "en").startswith(b"<!doctype html>")
    True
    """
    words = Words(language)
    page = _TEMPLATES.get_template("packing.html.j2").render(
        lines=lines, language=language, words=words, t=words.t, t_count=words.t_count, text_of=text_of
    )
    return page.encode()

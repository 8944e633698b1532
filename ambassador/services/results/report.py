"""A campaign's report: everything on one page, as a workbook, a printable page or a plain table."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from ambassador.errors import BadInputError
from ambassador.reports.headline import headline
from ambassador.reports.html import report_html
from ambassador.reports.parquet_table import parquet_table
from ambassador.reports.plain_table import csv_table
from ambassador.reports.tables import ambassadors_table
from ambassador.reports.value_for_money import cheapest_and_dearest, unknown_cost
from ambassador.reports.words import Words
from ambassador.reports.xlsx import report_xlsx
from ambassador.services.cascades.cascade_measures import observe_cascades
from ambassador.services.mentions.care import care_figures
from ambassador.services.mentions.mentions import list_mentions
from ambassador.services.networks.rung import describe_rung
from ambassador.services.results.outcomes import list_outcomes
from ambassador.services.results.results import forecast_by_day, observe_results, observed_by_day
from ambassador.services.stored_minded import minded_from_json
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.ambassador_rows import ambassador_rows
from ambassador.store.picks.picks import get_pick
from ambassador.values.cascades.cascades import CascadeRow
from ambassador.values.imports.imports import Note
from ambassador.values.mentions.mentions import MentionFilter
from ambassador.values.picks.minded import minded_notes
from ambassador.values.results.reports import Report, ReportFile, ReportFormat
from ambassador.values.results.results import CampaignResults, Cost

TOP_CASCADES: Final = 5
_Writer = Callable[[Sequence[str], Sequence[Sequence[object]]], bytes]
_MEDIA: Final = {
    ReportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ReportFormat.HTML: "text/html",
    ReportFormat.CSV: "text/csv",
    ReportFormat.PARQUET: "application/vnd.apache.parquet",
}


def campaign_report(work: UnitOfWork, campaign_id: int, language: str) -> Report:
    """Gather what the report of a campaign says.

    Examples
    --------
    >>> report = campaign_report(work, campaign, "en")
    >>> report.results.name, len(report.cascades)
    ('Q1 Launch', 1)
    """
    results = observe_results(work, campaign_id)
    mentions = list_mentions(work, MentionFilter(campaign_id=campaign_id, limit=0))
    return Report(
        language=language,
        made_at=work.now(),
        actor=work.actor,
        results=results,
        observed=observed_by_day(work, campaign_id),
        forecast=forecast_by_day(work, campaign_id),
        cascades=_largest(observe_cascades(work, campaign_id).cascades),
        complaints=mentions.figures.complaints if mentions.figures.labelled else None,
        care=care_figures(work, campaign_id),
        outcomes=list_outcomes(work, campaign_id),
        rung=describe_rung(work, campaign_id),
        minded=complaints_minded(work, campaign_id),
    )


def complaints_minded(work: UnitOfWork, campaign_id: int) -> tuple[Note, ...]:
    """Say what the newest pick of a campaign's ambassadors gave up for fewer complaints, if it minded them.

    Examples
    --------
    >>> complaints_minded(work, campaign)
    ()
    """
    with work.reading() as session:
        picks = {row.pick_id for row in ambassador_rows(session, campaign_id) if row.pick_id}
        kept = get_pick(session, max(picks)).result.get("minded") if picks else None
        minded = minded_from_json(kept)
    return () if minded is None else minded_notes(minded)


def report_file(work: UnitOfWork, campaign_id: int, kind: ReportFormat, language: str) -> ReportFile:
    """Write a campaign's report as a file.

    Examples
    --------
    >>> file = report_file(work, campaign, ReportFormat.CSV, "en")
    >>> file.name, file.content.decode("utf-8-sig").split(",")[0]
    ('q1-launch.csv', 'Ambassador')
    """
    report = campaign_report(work, campaign_id, language)
    makers: dict[ReportFormat, Callable[[Report], bytes]] = {
        ReportFormat.XLSX: report_xlsx,
        ReportFormat.HTML: report_html,
        ReportFormat.CSV: partial(_plain_table, csv_table),
        ReportFormat.PARQUET: partial(_plain_table, parquet_table),
    }
    name = "".join(letter if letter.isalnum() else "-" for letter in report.results.name.lower())
    return ReportFile(f"{name.strip('-') or 'report'}.{kind}", _MEDIA[kind], makers[kind](report))


def format_of(file_name: str) -> ReportFormat:
    """Tell the format from the end of a file's name.

    Examples
    --------
    >>> format_of("report.HTM")
    <ReportFormat.HTML: 'html'>
    """
    ending = file_name.rpartition(".")[2].lower()
    known = {"htm": "html"}.get(ending, ending)
    if known not in set(ReportFormat):
        raise BadInputError("{name} should end in .xlsx, .html or .csv, or in .parquet", name=file_name)
    return ReportFormat(known)


def one_line(results: CampaignResults, language: str) -> str:
    """Tell what came of a campaign in one line that can be sent as it is.

    Examples
    --------
    >>> one_line(observe_results(work, campaign), "en").partition(":")[0]
    'Q1 Launch, day 12 of 24'
    """
    return headline(results, Words(language))


def value_for_money(results: CampaignResults, language: str) -> tuple[str, ...]:
    """Tell who cost least and most for each thing they brought, and what of the cost is not known.

    Examples
    --------
    >>> value_for_money(observe_results(work, campaign), "en")[0]
    'Leo Conti cost €0.86 a like, Nina Rossi €3.87.'
    """
    words, missing = Words(language), cost_gaps(results.cost, language)
    gaps = (words.t("Not compared: {missing}.", missing=missing),) if missing else ()
    return (*cheapest_and_dearest(results, words), *gaps)


def cost_gaps(cost: Cost, language: str) -> str:
    """Tell what of a cost is not known; empty where all is.

    Examples
    --------
    >>> cost_gaps(observe_results(work, campaign).cost, "en")
    ''
    """
    return unknown_cost(cost, Words(language))


def _largest(cascades: Sequence[CascadeRow]) -> tuple[CascadeRow, ...]:
    """Return the largest cascades that anybody answered."""
    return tuple(one for one in cascades[:TOP_CASCADES] if one.size > 1)


def _plain_table(
    write: Callable[[Sequence[str], Sequence[Sequence[object]]], bytes], report: Report
) -> bytes:
    table = ambassadors_table(report, Words(report.language))
    return write(table.headers, table.rows)

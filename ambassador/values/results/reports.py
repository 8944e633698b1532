"""A campaign's report: everything one page says, before it is put into words."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ambassador.values.cascades.cascades import CascadeRow
from ambassador.values.forecasts.forecasts import DayRange
from ambassador.values.imports.imports import Note
from ambassador.values.mentions.mentions import CareFigures
from ambassador.values.networks.network import Rung
from ambassador.values.results.outcomes import OutcomesView, OutcomeView
from ambassador.values.results.results import CampaignResults, DeviceResult, ObservedDay
from ambassador.values.results.surprises import Surprise


class ReportFormat(StrEnum):
    """The kinds of file a report can be."""

    XLSX = "xlsx"
    HTML = "html"
    CSV = "csv"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class Report:
    """One campaign, its forecast beside it, and how the figures came about."""

    language: str
    made_at: datetime
    actor: str
    results: CampaignResults
    observed: tuple[ObservedDay, ...]
    forecast: tuple[DayRange, ...]
    cascades: tuple[CascadeRow, ...]
    """The largest ones."""
    complaints: int | None
    """None: no mention carries a label yet."""
    care: CareFigures
    outcomes: OutcomesView
    rung: Rung | None = None
    """On what the data stand now; the forecast's own rung is in the results."""
    minded: tuple[Note, ...] = ()
    """What the pick of the ambassadors gave up for fewer complaints; empty where it did not mind them."""


@dataclass(frozen=True, slots=True)
class OpenedOutcomes:
    """What the Outcomes page shows of one campaign."""

    results: CampaignResults
    log: OutcomesView
    archived: tuple[OutcomeView, ...] = ()
    devices: tuple[DeviceResult, ...] = ()
    """Each delivered device beside the forecast of whoever holds it."""
    surprises: tuple[Surprise, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A report as a file."""

    name: str
    media_type: str
    content: bytes

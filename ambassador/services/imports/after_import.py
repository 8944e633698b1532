"""What follows an import: ties, matches and credit are worked out anew where they rest on it."""

from collections.abc import Iterable

from ambassador.services.mentions.refresh import refresh_mentions
from ambassador.services.work import UnitOfWork
from ambassador.values.imports.imports import ImportReport
from ambassador.values.status import ImportKind

UNDER_MENTIONS = frozenset({ImportKind.MENTIONS, ImportKind.PEOPLE, ImportKind.COURIER})
"""Imports on which matches and credit rest."""


def refresh_after(work: UnitOfWork, reports: Iterable[ImportReport]) -> None:
    """Bring up to date what rests on imported rows, if any of the imports changed something."""
    if any(report.kind in UNDER_MENTIONS and (report.added or report.updated) for report in reports):
        refresh_mentions(work)

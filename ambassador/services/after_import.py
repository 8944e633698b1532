"""What follows an import: ties are derived from the mentions."""

from collections.abc import Iterable

from ambassador.services.derive_ties import derive_ties
from ambassador.services.work import UnitOfWork
from ambassador.values.imports import ImportReport
from ambassador.values.status import ImportKind

_MOVES_TIES = frozenset({ImportKind.MENTIONS, ImportKind.PEOPLE})


def refresh_after(work: UnitOfWork, reports: Iterable[ImportReport]) -> None:
    """Derive again what rests on imported rows, if any of the imports changed something."""
    if any(report.kind in _MOVES_TIES and (report.added or report.updated) for report in reports):
        derive_ties(work)

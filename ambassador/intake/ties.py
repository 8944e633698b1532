"""Rows of a list of ties, turned into the direction influence flows."""

from collections.abc import Sequence

from ambassador.i18n import mark
from ambassador.intake.cells import CellError
from ambassador.intake.layout import FileRow
from ambassador.values.drafts import TieDraft
from ambassador.values.imports.imports import PROBABILITY

_LOOKED_AT = 500_000


def read_tie(row: FileRow, *, is_reversed: bool, third: str) -> TieDraft:
    """Turn one row into a tie; a list of follower and followed is turned round."""
    source_platform, source = row.handle("source")
    target_platform, target = row.handle("target")
    for name, handle in (("source", source), ("target", target)):
        if not handle:
            raise row.missing(name, mark("the row names only one end of the tie"))
    if source == target and source_platform == target_platform:
        raise row.refusal("target", CellError(mark("{value} is tied to itself"), value=row.raw("target")))
    weight, probability = row.number("weight"), row.probability("probability")
    if "third" in row.layout.positions:
        weight, probability = _third(row, third, weight, probability)
    platform = row.platform() or source_platform or target_platform
    first, second = (target, source) if is_reversed else (source, target)
    return TieDraft(row.line, first, second, platform, row.text("kind"), weight, probability)


def repeated(ties: Sequence[TieDraft]) -> int:
    """Count the rows that name a tie once more; of very long lists only the first part is looked at."""
    looked = ties[:_LOOKED_AT]
    return len(looked) - len({(tie.source, tie.target, tie.platform, tie.kind) for tie in looked})


def _third(
    row: FileRow, third: str, weight: float | None, probability: float | None
) -> tuple[float | None, float | None]:
    if third == PROBABILITY:
        return weight, row.probability("third")
    return row.number("third"), probability

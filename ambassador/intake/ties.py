"""Rows of a list of ties, turned into the direction influence flows."""

from collections.abc import Sequence
from dataclasses import replace

from ambassador.i18n import mark
from ambassador.intake.cells import CellError, simplified
from ambassador.intake.layout import FileRow
from ambassador.values.drafts import TieDraft
from ambassador.values.imports.imports import PROBABILITY

_LOOKED_AT = 500_000
_FOLLOWING = ("follow", "segu", "subscri", "iscritt", "friend", "amic")


def read_tie(row: FileRow, *, is_reversed: bool, third: str) -> TieDraft:
    """Turn one row into a tie; a list of follower and followed is turned round."""
    source_platform, source = row.handle("source")
    target_platform, target = row.handle("target")
    for name, handle in (("source", source), ("target", target)):
        if not handle:
            raise row.missing(name, mark("the row names only one end of the tie"))
    if source == target and source_platform == target_platform:
        raise row.refusal("target", CellError(mark("{value} is tied to itself"), value=row.raw("target")))
    has = row.layout.positions
    weight = row.number("weight") if "weight" in has else None
    probability = row.probability("probability") if "probability" in has else None
    if "third" in has:
        weight, probability = _third(row, third, weight, probability)
    platform = row.platform() or source_platform or target_platform
    first, second = (target, source) if is_reversed else (source, target)
    return TieDraft(row.line, first, second, platform, row.text("kind"), weight, probability)


def repeated(ties: Sequence[TieDraft]) -> int:
    """Count the rows that name a tie once more; of very long lists only the first part is looked at."""
    looked = ties[:_LOOKED_AT]
    return len(looked) - len({(tie.source, tie.target, tie.platform, tie.kind) for tie in looked})


def counts_meetings(headers: Sequence[str]) -> bool:
    """Tell whether a tie on several rows is so many meetings: one follows another only once."""
    return not any(word in simplified(header) for header in headers for word in _FOLLOWING)


def counted(ties: Sequence[TieDraft]) -> list[TieDraft]:
    """Return each row the weight 1 where no row has one, so that the rows of a tie add up."""
    if any(tie.weight is not None or tie.probability is not None for tie in ties):
        return list(ties)
    return [replace(tie, weight=1.0) for tie in ties]


def _third(
    row: FileRow, third: str, weight: float | None, probability: float | None
) -> tuple[float | None, float | None]:
    if third == PROBABILITY:
        return weight, row.probability("third")
    return row.number("third"), probability

"""Rows as columns, as the driver gives them: a million of them as objects take many seconds."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from sqlalchemy import ColumnElement, Float, String, cast, func, type_coerce
from sqlmodel import Session

from ambassador.store.tables.base import FIRST_MOMENT, LAST_MOMENT

_TURNED: Final = 1_000
"""Rows turned into columns at once: so few stay near the processor."""
_PART: Final = 50_000
"""Rows of a part: what becomes columns need not lie there as rows in full."""


def plain_parts(session: Session, query: Any) -> Iterator[list[list[Any]]]:  # noqa: ANN401
    """Read a query part by part, each a list of columns; of types the driver knows, moments bare."""
    cursor: Any = session.connection().execute(query).cursor
    while rows := cursor.fetchmany(_TURNED):
        part: list[list[Any]] = [[] for _ in rows[0]]
        while rows:
            for whole, piece in zip(part, zip(*rows, strict=True), strict=True):
                whole.extend(piece)
            rows = cursor.fetchmany(_TURNED) if len(part[0]) < _PART else ()
        yield part


def plain_columns(session: Session, query: Any, count: int) -> list[list[Any]]:  # noqa: ANN401
    """Read a query of so many columns as lists."""
    found: list[list[Any]] = [[] for _ in range(count)]
    for part in plain_parts(session, query):
        for whole, piece in zip(found, part, strict=True):
            whole.extend(piece)
    return found


def bare_moment(session: Session, moment: Any) -> ColumnElement[Any]:  # noqa: ANN401 - a column of moments
    """Return a moment as the database writes it."""
    if session.get_bind().dialect.name == "postgresql":
        return cast(func.extract("epoch", moment), Float)
    return type_coerce(moment, String)


def seconds(moments: Sequence[Any]) -> npt.NDArray[np.float64]:
    """Read bare moments as seconds since 1970, within the years shown in any zone; NaN for none."""
    if any(isinstance(one, str) for one in moments):
        read = np.array(moments, "datetime64[us]")
        found = np.where(np.isnat(read), np.nan, read.astype(np.int64) / 1e6)
    else:
        found = np.array(moments, np.float64)
    return np.clip(found, FIRST_MOMENT.timestamp(), LAST_MOMENT.timestamp())

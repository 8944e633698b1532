"""Rows of what came of a campaign: orders by code, visits, press, lessons."""

import re
from collections.abc import Iterable
from dataclasses import replace

from ambassador.i18n import mark
from ambassador.intake.cells import CellError, LeftOutError, simplified
from ambassador.intake.layout import FileRow
from ambassador.intake.words import outcome_kind
from ambassador.values.drafts import OutcomeDraft
from ambassador.values.money import Money
from ambassador.values.status import OutcomeKind

_TAKEN_BACK = re.compile(
    r"^(?:refunded|voided|expired|cancel|failed|test|rimborsat|annullat|fallit|storniert|rembours)"
)


def read_outcome(row: FileRow) -> OutcomeDraft:
    """Turn one row into an outcome; without a column of quantities each row is one order."""
    kind = _kind(row)
    order_id = row.identifier("order_id") if kind is OutcomeKind.ORDERS else ""
    _leave_undone(row)
    code, handle, note = row.identifier("code"), row.handle("handle")[1], row.text("note")
    counted = "quantity" in row.layout.positions
    quantity = row.count("quantity") if counted else 1
    if order_id:
        counted, quantity = True, 1  # how many things it holds does not matter: it is one order
    if kind in (OutcomeKind.ORDERS, OutcomeKind.VISITS) and not (
        code or handle or (counted and quantity is not None)
    ):
        raise row.missing("code", mark("the row names neither a code, nor an ambassador, nor a quantity"))
    if kind in (OutcomeKind.PRESS, OutcomeKind.LESSON):
        quantity = quantity if counted else None
    return OutcomeDraft(
        line=row.line,
        kind=kind,
        code=code,
        handle=handle,
        quantity=quantity,
        value=row.money("value"),
        happened_on=row.day("happened_on"),
        note=note,
        order_id=order_id,
    )


def merge_orders(drafts: Iterable[OutcomeDraft]) -> tuple[list[OutcomeDraft], int]:
    """Make one of the rows of one order, and count those that went into another.

    A value that stands again on each row is the order's; values that differ are its line items'.
    """
    merged: dict[str, list[OutcomeDraft]] = {}
    kept: list[list[OutcomeDraft]] = []
    for draft in drafts:
        rows = merged.setdefault(draft.order_id, []) if draft.order_id else []
        if not rows:
            kept.append(rows)
        rows.append(draft)
    return [_order(rows) for rows in kept], sum(len(rows) - 1 for rows in kept)


def _order(rows: list[OutcomeDraft]) -> OutcomeDraft:
    first = rows[0]
    values = [row.value for row in rows if row.value is not None]
    value = first.value or next(iter(values), None)
    if len(set(values)) > 1 and len({one.currency for one in values}) == 1:
        value = Money(sum(one.minor for one in values), values[0].currency)
    code = next((row.code for row in rows if row.code), "")
    handle = next((row.handle for row in rows if row.handle), "")
    return replace(first, value=value, code=code, handle=handle)


def _leave_undone(row: FileRow) -> None:
    """Leave out orders that were taken back, cancelled, never paid or only tried."""
    state = simplified(row.text("state"))
    if _TAKEN_BACK.search(state):
        raise LeftOutError(mark("orders refunded, cancelled, failed or for a test, left out: {count}"))
    if row.text("cancelled_at"):
        raise LeftOutError(mark("orders refunded, cancelled, failed or for a test, left out: {count}"))


def _kind(row: FileRow) -> OutcomeKind:
    text = row.text("kind")
    if not text:
        return outcome_kind(row.header("quantity")) or OutcomeKind.ORDERS
    kind = outcome_kind(text)
    if kind is None:
        message = mark("{value} is not a kind of outcome: orders, visits, press, lesson")
        raise row.refusal("kind", CellError(message, value=text))
    return kind

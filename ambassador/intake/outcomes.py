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

TAKEN_BACK = mark("orders refunded, cancelled, failed or for a test, left out: {count}")
_TAKEN_BACK = re.compile(
    r"^(?:refunded|voided|expired|cancel|failed|test|rimborsat|annullat|fallit|storniert|rembours)"
)


def read_outcome(row: FileRow) -> OutcomeDraft:
    """Turn one row into an outcome; without a column of quantities each row is one order."""
    kind = _kind(row)
    order_id = row.identifier("order_id") if kind is OutcomeKind.ORDERS else ""
    code, handle, note = row.identifier("code"), row.handle("handle")[1], row.text("note")
    counted = "quantity" in row.layout.positions
    value = row.money("value", signed=kind is OutcomeKind.ORDERS)
    below = value is not None and value.minor < 0
    quantity = _count(row) if counted else -1 if below else 1
    if order_id:
        counted, quantity = (
            True,
            -1 if below else 1,
        )  # how many things it holds does not matter: it is one order
    if kind in (OutcomeKind.ORDERS, OutcomeKind.VISITS) and not (
        code or handle or (counted and quantity is not None)
    ):
        raise row.missing("code", mark("the row names neither a code, nor an ambassador, nor a quantity"))
    if kind in (OutcomeKind.PRESS, OutcomeKind.LESSON):
        quantity = quantity if counted else None
    draft = OutcomeDraft(
        line=row.line,
        kind=kind,
        code=code,
        handle=handle,
        quantity=quantity,
        value=value,
        happened_on=row.day("happened_on"),
        note=note,
        order_id=order_id,
    )
    return _less_refunds(row, draft)


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
    if value is not None and len(rows) > 1 and value.minor <= 0:
        return replace(first, quantity=0, value=value, code=code, handle=handle)
    return replace(
        first, quantity=rows[0].quantity if len(rows) == 1 else 1, value=value, code=code, handle=handle
    )


def _less_refunds(row: FileRow, draft: OutcomeDraft) -> OutcomeDraft:
    """Take off what was paid back; an order taken back whole, cancelled, unpaid or a test is left out."""
    refund = row.money("refunded") if "refunded" in row.layout.positions else None
    value = draft.value
    is_whole = refund is not None and value is not None and 0 < value.minor <= refund.minor
    if is_whole or row.text("cancelled_at") or _TAKEN_BACK.search(simplified(row.text("state"))):
        nothing = Money(0, value.currency if value else "EUR")
        raise LeftOutError(TAKEN_BACK, replace(draft, quantity=0, value=nothing))
    if refund and value and refund.currency == value.currency:
        return replace(draft, value=Money(value.minor - refund.minor, value.currency))
    return draft


def _count(row: FileRow) -> int | None:
    """Read how many; a correction takes some off."""
    text = row.raw("quantity")
    if text[:1] in ("-", "\u2212") and text[1:].strip().isdigit():
        return -int(text[1:])
    return row.count("quantity")


def _kind(row: FileRow) -> OutcomeKind:
    text = row.text("kind")
    if not text:
        return outcome_kind(row.header("quantity")) or OutcomeKind.ORDERS
    kind = outcome_kind(text)
    if kind is None:
        message = mark("{value} is not a kind of outcome: orders, visits, press, lesson")
        raise row.refusal("kind", CellError(message, value=text))
    return kind

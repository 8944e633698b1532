"""Rows of what came of a campaign: orders by code, visits, press, lessons."""

from ambassador.i18n import mark
from ambassador.intake.cells import CellError
from ambassador.intake.layout import Row
from ambassador.intake.words import outcome_kind
from ambassador.values.drafts import OutcomeDraft
from ambassador.values.status import OutcomeKind


def read_outcome(row: Row) -> OutcomeDraft:
    """Turn one row into an outcome; without a column of quantities each row is one order."""
    kind = _kind(row)
    code, handle, note = row.identifier("code"), row.handle("handle")[1], row.text("note")
    counted = "quantity" in row.layout.positions
    quantity = row.count("quantity") if counted else 1
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
    )


def _kind(row: Row) -> OutcomeKind:
    text = row.text("kind")
    if not text:
        return outcome_kind(row.header("quantity")) or OutcomeKind.ORDERS
    kind = outcome_kind(text)
    if kind is None:
        message = mark("{value} is not a kind of outcome: orders, visits, press, lesson")
        raise row.refusal("kind", CellError(message, value=text))
    return kind

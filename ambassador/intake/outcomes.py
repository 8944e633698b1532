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
    r"\b(?:cancel|refunded|voided|expired|failed|fail(?:ure)?\b|declined|rejected|chargeback"
    r"|charged back|abandoned|trash|blocked|returned|reso\b|rimborsat|annullat|fallit|respint|rifiutat|scadut"
    r"|errore|payment error|storniert|erstattet|ruckerstattet|fehlgeschlagen|abgebrochen|abgelehnt"
    r"|rembours|annule|echou|refuse|erreur|anulad|reembols|reintegr|devuelt|rechazad|fallid|recusad|estornad"
    r"|insufficient funds|do not honor|generic decline|fraudulent)"
)
_TEST = re.compile(r"^test\b")
_KEPT_ALL_THE_SAME = re.compile(r"\b(?:partial|parzial|teilweise|partiel|parcial|not |non |nicht |no )")
_NO = frozenset({"false", "no", "0", "n", "nein", "non", "falso"})
_YES = frozenset({"true", "yes", "si", "1", "x", "y", "ja", "oui", "test", "vero", "verdadero"})
_CODE_WITHIN = re.compile(r"(?:^|[|;,])\s*(?:code|coupon|name)\s*:\s*(?P<code>[^|;,]+)", re.IGNORECASE)


def read_outcome(row: FileRow) -> OutcomeDraft:
    """Turn one row into an outcome; without a column of quantities each row is one order."""
    kind = _kind(row)
    order_id = row.identifier("order_id") if kind is OutcomeKind.ORDERS else ""
    code, handle, note = _code(row), row.handle("handle")[1], row.text("note")
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


def merge_orders(drafts: Iterable[OutcomeDraft], *, adds_up: bool = False) -> tuple[list[OutcomeDraft], int]:
    """Make one of the rows of one order, and count those that went into another.

    A value that stands again on each row is the order's; values that differ are its line items', and so
    are all values where the format ``adds_up``.
    """
    merged: dict[str, list[OutcomeDraft]] = {}
    kept: list[list[OutcomeDraft]] = []
    for draft in drafts:
        rows = merged.setdefault(draft.order_id, []) if draft.order_id else []
        if not rows:
            kept.append(rows)
        rows.append(draft)
    return [_order(rows, adds_up=adds_up) for rows in kept], sum(len(rows) - 1 for rows in kept)


def _order(rows: list[OutcomeDraft], *, adds_up: bool) -> OutcomeDraft:
    first = rows[0]
    values = [row.value for row in rows if row.value is not None]
    value = first.value or next(iter(values), None)
    if (adds_up or len(set(values)) > 1) and len({one.currency for one in values}) == 1:
        value = Money(sum(one.minor for one in values), values[0].currency)
    code = ", ".join(dict.fromkeys(row.code for row in rows if row.code))
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
    if is_whole or _is_taken_back(row):
        nothing = Money(0, value.currency if value else "EUR")
        raise LeftOutError(TAKEN_BACK, replace(draft, quantity=0, value=nothing))
    if refund and value and refund.currency == value.currency:
        return replace(draft, value=Money(value.minor - refund.minor, value.currency))
    return draft


def _is_taken_back(row: FileRow) -> bool:
    """Tell whether an order was cancelled, failed, paid back or never real; one paid back in part stands."""
    if row.text("cancelled_at") and simplified(row.text("cancelled_at")) not in _NO:
        return True
    if simplified(row.text("is_test")) in _YES:
        return True
    states = (simplified(row.text(name)) for name in row.names("state"))
    return any(
        _TEST.search(state) or (_TAKEN_BACK.search(state) and not _KEPT_ALL_THE_SAME.search(state))
        for state in states
    )


def _code(row: FileRow) -> str:
    """Read the code; ``code:anna10|amount:5`` as plugins of shops write it is anna10."""
    texts = (row.identifier(name) for name in row.names("code"))
    return ", ".join(_code_within(text) for text in texts if text)


def _code_within(text: str) -> str:
    if ":" not in text:
        return text
    return ", ".join(one["code"].strip() for one in _CODE_WITHIN.finditer(text)) or text


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

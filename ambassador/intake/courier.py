"""Rows of a courier's file."""

from ambassador.i18n import mark
from ambassador.intake.cells import CellError, LeftOutError
from ambassador.intake.layout import FileRow
from ambassador.intake.words import courier_status
from ambassador.values.drafts import CourierDraft
from ambassador.values.status import ParcelState

_SAYS_NOTHING = mark("rows whose words say nothing about where the parcel is: {count}")


def read_courier_line(row: FileRow) -> CourierDraft:
    """Turn one row into what happened to one parcel."""
    reference, recipient = row.identifier("reference"), row.text("recipient")
    if not (reference or recipient):
        column = "reference" if "reference" in row.layout.positions else "recipient"
        raise row.missing(column, mark("the row names neither our reference nor the recipient"))
    status = courier_status(row.text("status"), row.layout.courier_words)
    if not status:
        message = mark("{value} is not a state we know: shipped, delivered, returned, lost")
        raise row.refusal("status", CellError(message, value=row.raw("status")))
    if status == ParcelState.NOTHING:
        raise LeftOutError(_SAYS_NOTHING)
    return CourierDraft(
        line=row.line,
        reference=reference,
        recipient=recipient,
        tracking=row.spare_id("tracking"),
        courier=row.text("courier"),
        status=status,
        happened_at=row.instant("happened_at"),
        is_day=row.is_day("happened_at"),
    )

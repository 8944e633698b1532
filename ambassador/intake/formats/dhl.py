"""DHL's report of shipments: what happened stands under its own date, not under that of the shipment."""

from ambassador.i18n import mark
from ambassador.intake.formats.format import Format
from ambassador.values.status import ImportKind

DHL_REPORT = Format(
    key="dhl",
    name=mark("DHL, report of shipments"),
    kind=ImportKind.COURIER,
    has=("Waybill", "Shipper reference", "Status", "Status date"),
    columns={
        "reference": "Shipper reference",
        "recipient": "Receiver contact",
        "tracking": "Waybill",
        "status": "Status",
        "happened_at": "Status date",
    },
)

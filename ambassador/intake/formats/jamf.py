"""Jamf's report of mobile devices."""

from ambassador.i18n import mark
from ambassador.intake.formats.format import Format
from ambassador.values.status import ImportKind

JAMF_DEVICES = Format(
    key="jamf",
    name=mark("Jamf, mobile devices"),
    kind=ImportKind.DEVICES,
    has=("Serial Number", "Model", "Asset Tag", "IMEI", "Wi-Fi MAC Address|UDID|Model Identifier"),
    columns={
        "model": "Model",
        "serial": "Serial Number",
        "imei1": "IMEI",
        "imei2": "IMEI2|IMEI 2",
        "cost": "Purchase Price",
    },
)

"""Managers of devices beside Jamf: Intune and Google Admin."""

from ambassador.i18n import mark
from ambassador.intake.formats.format import Format
from ambassador.values.status import ImportKind

INTUNE_DEVICES = Format(
    key="intune",
    name=mark("Microsoft Intune, devices"),
    kind=ImportKind.DEVICES,
    has=("Device name", "Serial number", "Model", "IMEI", ("Primary user UPN|Azure AD Device ID"
    "|Entra Device ID"
         "|Microsoft Entra Device ID|Enrollment date|Last check-in")),
    columns={
        "model": "Model",
        "serial": "Serial number",
        "imei1": "IMEI",
        "cost": "Purchase price|Cost|Price",
    },
)  # fmt: skip
GOOGLE_ADMIN_DEVICES = Format(
    key="google-admin",
    name=mark("Google Admin, mobile devices"),
    kind=ImportKind.DEVICES,
    has=("Serial Number|serialNumber", "Model", "IMEI|IMEI/MEID|MEID/IMEI", ("Device ID|Resource ID|Last Sync"
         "|Device Id|First Sync")),
    lacks=("Device name",),
    columns={
        "model": "Model",
        "serial": "Serial Number|serialNumber",
        "imei1": "IMEI|IMEI/MEID|MEID/IMEI",
        "cost": "Purchase price|Cost|Price",
    },
)  # fmt: skip

"""Phones: the stock, who holds which, and the one that gets the last one.

Public names: add_device, custody_views, device_views, find_device, move_custody, put_devices, reserve.
Read in this order: devices, reservation, custody, stock, import_devices.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.store.devices.custody import move_custody
    from ambassador.store.devices.devices import add_device, find_device
    from ambassador.store.devices.import_devices import put_devices
    from ambassador.store.devices.reservation import reserve
    from ambassador.store.devices.stock import custody_views, device_views

__all__ = [
    "add_device",
    "custody_views",
    "device_views",
    "find_device",
    "move_custody",
    "put_devices",
    "reserve",
]
__getattr__ = offering(
    __name__,
    {
        "add_device": "devices",
        "find_device": "devices",
        "reserve": "reservation",
        "move_custody": "custody",
        "device_views": "stock",
        "custody_views": "stock",
        "put_devices": "import_devices",
    },
)

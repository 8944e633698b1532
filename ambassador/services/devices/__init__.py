"""The phones: in stock, handed out, on their way, back.

Public names: ``add_device``, ``reserve_device``, ``ship_devices``, ``deliver_device``, ``return_device``,
``list_custodies``, ``device_history``, ``packing_list``.
Read in this order: ``devices``, ``stock``, ``dispatch``, ``packing``, ``import_courier``,
``courier_words``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.services.devices.devices import (
        add_device,
        deliver_device,
        reserve_device,
        return_device,
        ship_devices,
    )
    from ambassador.services.devices.packing import packing_list
    from ambassador.services.devices.stock import device_history, list_custodies

__all__ = [
    "add_device",
    "deliver_device",
    "device_history",
    "list_custodies",
    "packing_list",
    "reserve_device",
    "return_device",
    "ship_devices",
]
__getattr__ = offering(
    __name__,
    {
        "add_device": "devices",
        "reserve_device": "devices",
        "ship_devices": "devices",
        "deliver_device": "devices",
        "return_device": "devices",
        "list_custodies": "stock",
        "device_history": "stock",
        "packing_list": "packing",
    },
)

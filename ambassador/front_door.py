"""What a package offers at its front door: each name is loaded from its module when somebody asks for it."""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def offering(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """Make the ``__getattr__`` (PEP 562) of a package from the module each offered name lives in.

    Loading late keeps the start of a command short and lets rooms name each other without a circle.
    """

    def load(name: str) -> object:
        if name not in homes:
            raise AttributeError(name, name=name, obj=sys.modules[package])
        value: object = getattr(import_module(f"{package}.{homes[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return load

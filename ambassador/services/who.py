"""Who is working, where nobody signs in: a name, remembered on this machine if its owner says so."""

import json
import os
from pathlib import Path
from typing import Final

from ambassador.config import settings
from ambassador.errors import BadInputError
from ambassador.i18n import mark

WHO: Final = "who.json"
_LONGEST: Final = 80


def clean_name(typed: str) -> str:
    """Return a name as it is recorded; one without a letter is refused."""
    name = " ".join("".join(letter if letter.isprintable() else " " for letter in typed).split())
    if not any(letter.isalnum() for letter in name) or len(name) > _LONGEST:
        raise BadInputError(mark("give a name of at most {count} letters"), count=_LONGEST)
    return name


def remembered_name() -> str:
    """Return the name remembered on this machine; empty where there is none."""
    try:
        return clean_name(str(json.loads(_place().read_text("utf-8"))["name"]))
    except (OSError, ValueError, KeyError, TypeError, BadInputError):
        return ""


def remember_name(name: str) -> None:
    """Remember a name on this machine, or forget it."""
    place = _place()
    try:
        if not name:
            place.unlink(missing_ok=True)
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_suffix(f".{os.getpid()}.part")
        part.write_text(json.dumps({"name": clean_name(name)}, ensure_ascii=False), "utf-8")
        part.replace(place)
    except OSError as error:
        message = mark("the name cannot be remembered on this machine: {reason}")
        raise BadInputError(message, reason=error.strerror or str(error)) from error


def _place() -> Path:
    return settings().data_folder / WHO

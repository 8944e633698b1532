"""Make the demo once: whole or not at all, and never into a database that holds something."""

import os
from datetime import UTC, datetime
from pathlib import Path

from ambassador.config import database_name, normal_url
from ambassador.errors import ConflictError
from ambassador.services.campaigns.campaign_view import campaign_names
from ambassador.services.work import open_workspace
from seed.kept import KEPT, put_kept_demo

_SQLITE = "sqlite:///"


def demo_is_made(url: str) -> bool:
    """Check whether the demo's file is there; it appears only when it is whole."""
    return url.startswith(_SQLITE) and Path(url.removeprefix(_SQLITE)).is_file()


def make_demo_file(url: str, *, actor: str) -> bool:
    """Make the demo's own file of the kept one unless it is there; beside its place, then moved into it."""
    if demo_is_made(url):
        return False
    place = Path(url.removeprefix(_SQLITE))
    part = place.with_name(f"{place.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    try:
        if KEPT.is_file():
            put_kept_demo(normal_url(str(part)), datetime.now(UTC))
        else:
            fill_with_demo(normal_url(str(part)), actor=actor)
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)
    return True


def fill_with_demo(url: str, *, actor: str) -> None:
    """Build the demo in an empty database; one that holds campaigns is left as it is."""
    from seed.demo import build_demo  # noqa: PLC0415 - the whole product, needed here alone

    work = open_workspace(url, actor=actor)
    try:
        if campaign_names(work):
            raise ConflictError(
                "{name} holds campaigns already: the demo needs a database of its own.",
                name=database_name(url),
            )
        build_demo(work, datetime.now(UTC))
    finally:
        work.engine.dispose()

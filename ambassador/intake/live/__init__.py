"""Live sources: the same drafts as a file, batch after batch, each with a cursor; no database.

Public names: ``Source`` is what an adapter is, ``Batch`` what it yields, ``Means`` what it is given to work
with; ``Web`` asks politely; ``all_sources`` and ``source_named`` find adapters, built in or installed.
Read in this order: ``source``, ``web``, ``records``, ``mastodon``, ``bluesky_talk``, ``bluesky``,
``youtube``, ``registry``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.intake.live.registry import all_sources, source_named
    from ambassador.intake.live.source import Batch, Means, Source
    from ambassador.intake.live.web import Web

__all__ = ["Batch", "Means", "Source", "Web", "all_sources", "source_named"]
__getattr__ = offering(
    __name__,
    {
        "Source": "source",
        "Batch": "source",
        "Means": "source",
        "Web": "web",
        "all_sources": "registry",
        "source_named": "registry",
    },
)

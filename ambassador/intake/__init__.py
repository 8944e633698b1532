"""Files to drafts and rejected rows, whatever program wrote them; no database.

Public names: ``inspect_file`` tells what is in a file and what has to be asked, ``read_drafts`` reads it
by the answers, ``signatures_of`` knows a layout again; ``open_file`` and ``open_graph`` are below them.
Read in this order: ``reading``, ``opening``, ``telling``, ``recognise``, ``questions``, ``layout``,
``boundary``, ``limits``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.intake.graphs import open_graph
    from ambassador.intake.opening import open_file
    from ambassador.intake.reading import inspect_file, read_drafts, signatures_of

__all__ = [
    "inspect_file",
    "open_file",
    "open_graph",
    "read_drafts",
    "signatures_of",
]
__getattr__ = offering(
    __name__,
    {
        "inspect_file": "reading",
        "read_drafts": "reading",
        "signatures_of": "reading",
        "open_file": "opening",
        "open_graph": "graphs",
    },
)

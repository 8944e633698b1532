"""What leads in a forecast, past results or ties, in the sentence it was made with."""

from collections.abc import Iterable
from typing import Final

from ambassador.i18n import mark
from ambassador.values.imports.imports import Note

RESULTS_LEAD: Final = mark(
    "Built on {cascades} past cascades started by {people} people: what their posts brought, strangers "
    "included. Nobody's followers are known."
)
RESULTS_WON: Final = mark(
    "Built on {cascades} past cascades started by {people} people: what their posts brought, strangers "
    "included. On your own past, ties did not forecast better."
)
BOTH: Final = mark(
    "Built on {cascades} past cascades started by {people} people and on ties: weighed by your own past, "
    "ties count {ties}%, what earlier posts brought {results}%."
)
TIES_WON: Final = mark("Built on ties: on your own past they forecast better than past results.")
TIES_UNPROVEN: Final = mark("Built on ties. Whether they forecast better than past results is not known yet.")
TIES_LOST: Final = mark(
    "Built on ties, which on your own past did not forecast better than past results: read it as a scenario."
)
_LEADS: Final = frozenset({RESULTS_LEAD, RESULTS_WON, BOTH, TIES_WON, TIES_UNPROVEN, TIES_LOST})


def what_leads(notes: Iterable[Note]) -> Note | None:
    """Find the sentence that says what leads among those a forecast was made with; None: it had none.

    Examples
    --------
    >>> str(what_leads([Note("Views are known."), Note(TIES_WON)]))
    'Built on ties: on your own past they forecast better than past results.'
    """
    return next((note for note in notes if note.text in _LEADS), None)

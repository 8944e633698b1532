"""What follows an import: ties, matches and credit are worked out anew where they rest on it."""

from ambassador.errors import ConflictError
from ambassador.i18n import mark
from ambassador.services.mentions.refresh import bring_up_to_date
from ambassador.services.work import UnitOfWork
from ambassador.values.status import ImportKind

UNDER_MENTIONS = frozenset({ImportKind.MENTIONS, ImportKind.PEOPLE, ImportKind.COURIER})
"""Imports on which matches and credit rest."""


def refresh_after(work: UnitOfWork) -> None:
    """Bring up to date what rests on imported rows, these or those of an import that was cut off."""
    try:
        bring_up_to_date(work)
    except ConflictError as error:
        message = mark(
            "The rows of the file are in. Matches, credit and cascades could not be worked out yet, because "
            "the database is in use; the next page or command works them out."
        )
        raise ConflictError(message) from error

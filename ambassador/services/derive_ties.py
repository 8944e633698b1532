"""Ties from mentions: who replied to, quoted, shared or named whom."""

from ambassador.services.work import UnitOfWork
from ambassador.store.derived_ties import rebuild_derived_ties


def derive_ties(work: UnitOfWork) -> int:
    """Rebuild the ties that the mentions show; say how many there are."""
    with work.writing() as session:
        return rebuild_derived_ties(session)

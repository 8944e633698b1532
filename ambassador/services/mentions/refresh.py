"""Bring everything that follows from mentions up to date: parents, ties, matches, credit."""

from sqlmodel import Session

from ambassador.services.mentions.credit_mentions import credit_in
from ambassador.services.mentions.match_mentions import match_in
from ambassador.services.parents.infer_parents import infer_parents_in
from ambassador.services.work import UnitOfWork
from ambassador.store.cascades.parents import resolve_parents
from ambassador.store.mentions.stale import stale_marks, take_marks
from ambassador.store.networks.derived_ties import rebuild_derived_ties
from ambassador.values.mentions.mentions import MatchReport


def refresh_mentions(work: UnitOfWork, campaign_id: int | None = None) -> MatchReport:
    """Recompute after an import or an edit of rules, in one transaction; twice changes nothing."""
    with work.writing() as session:
        return refresh_in(session, work, campaign_id)


def refresh_in(session: Session, work: UnitOfWork, campaign_id: int | None = None) -> MatchReport:
    """Recompute inside a transaction that is already open, and take away the marks this answers."""
    marks = stale_marks(session)
    resolve_parents(session)
    infer_parents_in(session)
    rebuild_derived_ties(session)
    report = match_in(session, work, campaign_id)
    for campaign in report.campaigns:
        credit_in(session, campaign.campaign_id)
    take_marks(session, [key for key, marked in marks.items() if campaign_id in {None, marked}])
    return report


def is_stale(work: UnitOfWork) -> bool:
    """Say whether rows have changed since figures were last worked out from them."""
    with work.reading() as session:
        return bool(stale_marks(session))


def bring_up_to_date(work: UnitOfWork) -> bool:
    """Finish what an import or an edit left undone (killed, locked); say if there was any."""
    if not is_stale(work):
        return False
    refresh_mentions(work)
    return True

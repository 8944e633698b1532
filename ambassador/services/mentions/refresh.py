"""Bring everything that follows from mentions up to date: parents, ties, matches, credit."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import Session

from ambassador.services.mentions.credit_mentions import credit_in
from ambassador.services.mentions.match_mentions import match_in
from ambassador.services.parents.infer_parents import infer_parents_in
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.ambassadors import get_ambassador
from ambassador.store.campaigns.campaigns import get_campaign
from ambassador.store.cascades.parents import resolve_parents
from ambassador.store.mentions.credit import campaigns_of_speaker
from ambassador.store.mentions.stale import stale_marks, take_marks
from ambassador.store.networks.derived_ties import rebuild_derived_ties
from ambassador.values.mentions.mentions import MatchReport


def refresh_mentions(work: UnitOfWork, campaign_id: int | None = None) -> MatchReport:
    """Recompute after an import or an edit of rules, in one transaction; twice changes nothing.

    Examples
    --------
    >>> [(one.campaign, one.matched) for one in refresh_mentions(work).campaigns]
    [('Q1 Launch', 5)]
    """
    with work.writing() as session:
        return refresh_in(session, work, campaign_id)


def refresh_in(session: Session, work: UnitOfWork, campaign_id: int | None = None) -> MatchReport:
    """Recompute inside a transaction that is already open, and take away the marks this answers.

    Examples
    --------
    >>> with work.writing() as writing:
    ...     found = refresh_in(writing, work)
    >>> [one.changed for one in found.campaigns]
    [0]
    """
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
    """Check whether rows have changed since figures were last worked out from them.

    Examples
    --------
    >>> is_stale(work)
    False
    """
    with work.reading() as session:
        return bool(stale_marks(session))


def bring_up_to_date(work: UnitOfWork, patience: float | None = None) -> bool:
    """Finish what an import or an edit left undone (killed, locked); say if there was any.

    ``patience`` is for how many seconds it waits for others who write.

    Examples
    --------
    >>> bring_up_to_date(work)
    False
    """
    if not is_stale(work):
        return False
    with work.writing(patience) as session:
        if stale_marks(session):  # not if whoever was waited for has done it
            refresh_in(session, work)
    return True


@contextmanager
def credit_kept(session: Session, work: UnitOfWork, ambassador_id: int) -> Iterator[None]:
    """Judge anew, in the same transaction, what rests on somebody's posts; nothing to do if they made none.

    The campaigns are locked first and in the order every other writer takes them.

    Examples
    --------
    >>> with work.writing() as writing, credit_kept(writing, work, ambassador_id=1):
    ...     pass  # move their phone or change their state
    """
    person_id = get_ambassador(session, ambassador_id).person_id
    campaigns = campaigns_of_speaker(session, person_id)
    for campaign_id in campaigns:
        get_campaign(session, campaign_id, lock=True)
    yield
    session.flush()
    for campaign_id in campaigns:
        match_in(session, work, campaign_id)
        credit_in(session, campaign_id)

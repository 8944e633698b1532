"""Bring everything that follows from mentions up to date: parents, ties, matches, credit."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from time import monotonic
from typing import TypeVar

from sqlmodel import Session

from ambassador.services.mentions.credit_mentions import credit_in
from ambassador.services.mentions.match_mentions import match_in
from ambassador.services.parents.infer_parents import infer_parents_in
from ambassador.services.work import UnitOfWork, let_others
from ambassador.store.campaigns.ambassadors import get_ambassador
from ambassador.store.campaigns.campaigns import campaign_ids, get_campaign
from ambassador.store.cascades.parents import resolve_parents
from ambassador.store.mentions.credit import campaigns_of_speaker
from ambassador.store.mentions.stale import stale_marks, take_marks
from ambassador.store.networks.derived_ties import rebuild_derived_ties
from ambassador.values.mentions.mentions import CampaignMatchCount, MatchReport

T = TypeVar("T")


def refresh_mentions(work: UnitOfWork, campaign_id: int | None = None) -> MatchReport:
    """Recompute after an import or an edit of rules; twice changes nothing.

    Each step is a transaction of its own, so that others who write wait for a step and not for all of it.
    The marks go last: cut off in between, whoever comes next does it again.

    Examples
    --------
    >>> [(one.campaign, one.matched) for one in refresh_mentions(work).campaigns]
    [('Q1 Launch', 5)]
    """
    return _refresh(work, campaign_id, None)


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
    _refresh(work, None, patience)
    return True


def _refresh(work: UnitOfWork, campaign_id: int | None, patience: float | None) -> MatchReport:
    def step(do: Callable[[Session], T]) -> T:
        began = monotonic()
        with work.writing(patience) as session:
            done = do(session)
        let_others(began)
        return done

    marks = step(_parents_in)
    step(rebuild_derived_ties)
    counts: list[CampaignMatchCount] = []
    with work.reading() as session:
        wanted = campaign_ids(session) if campaign_id is None else [campaign_id]
    for one in wanted:
        counts += step(partial(match_in, work=work, campaign_id=one)).campaigns
        step(partial(credit_in, campaign_id=one))
    answered = [key for key, marked in marks.items() if campaign_id in {None, marked}]
    step(partial(take_marks, keys=answered))
    return MatchReport(tuple(counts))


def _parents_in(session: Session) -> dict[str, int | None]:
    marks = stale_marks(session)
    resolve_parents(session)
    infer_parents_in(session)
    return marks


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

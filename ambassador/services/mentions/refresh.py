"""Bring everything that follows from mentions up to date: parents, ties, matches, credit.

All of it is worked out on a snapshot, while others write, and only what differs is written, piece by piece.
Whoever finds at a piece that somebody else has recomputed since starts again; the marks go last, so that what
is cut off in between is finished by whoever comes next.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import Any, Final

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from ambassador.errors import DatabaseBusyError
from ambassador.services.mentions.credit_mentions import credit_in, share_mentions, write_shared
from ambassador.services.mentions.match_mentions import judge_mentions, match_in, number_judged, write_judged
from ambassador.services.parents.infer_parents import (
    VERSION,
    infer_parents_in,
    named_parents,
    possible_parents,
)
from ambassador.services.work import UnitOfWork, is_about_other_rows, let_others
from ambassador.store.bulk import chunks
from ambassador.store.campaigns.ambassadors import get_ambassador
from ambassador.store.campaigns.campaigns import campaign_ids, get_campaign
from ambassador.store.cascades.parent_candidates import (
    changed_candidates,
    point_by_text,
    replace_candidates,
)
from ambassador.store.cascades.parents import has_unresolved, resolve_parents
from ambassador.store.mentions.credit import campaigns_of_speaker
from ambassador.store.mentions.stale import mark_stale, marked_in, next_turn, stale_marks, take_marks, turn
from ambassador.store.networks.derived_ties import changed_ties, rebuild_derived_ties, write_tie_changes
from ambassador.values.mentions.mentions import CampaignMatchCount, MatchReport

AT_ONCE = 1_000
"""Rows written in one transaction: others who write wait for so many."""
_ROUNDS: Final = 4
"""How often it is worked out beside others before all of it is done while they wait."""
_Piece = Callable[[Session], object]


class _OvertakenError(Exception):
    """Somebody else has recomputed since: what was worked out may be older than what stands."""


@dataclass(frozen=True, slots=True)
class _Task:
    """What is asked: whole campaigns, and whether what they all rest on is worked out too."""

    campaigns: Collection[int] | None
    """None: all that are not put away."""
    with_parents: bool = True

    def answers(self, marked: int | None) -> bool:
        """Tell whether a mark of this campaign is answered by it."""
        return self.campaigns is None or (marked is not None and marked in self.campaigns)


def refresh_mentions(work: UnitOfWork, campaign_id: int | None = None) -> MatchReport:
    """Recompute after an import or an edit of rules; twice changes nothing.

    Examples
    --------
    >>> [(one.campaign, one.matched) for one in refresh_mentions(work).campaigns]
    [('Q1 Launch', 5)]
    """
    return _refresh(work, _Task(None if campaign_id is None else (campaign_id,)), None)


def refresh_in(session: Session, work: UnitOfWork, campaign_id: int | None = None) -> MatchReport:
    """Recompute inside a transaction that is already open, and take away the marks this answers.

    Examples
    --------
    >>> with work.writing() as writing:
    ...     found = refresh_in(writing, work)
    >>> [one.changed for one in found.campaigns]
    [0]
    """
    return _refresh_in(session, work, _Task(None if campaign_id is None else (campaign_id,)))


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
    with work.reading() as session:
        marked = set(stale_marks(session).values())
    if marked:  # else somebody has done it just now
        _refresh(work, _task_of(marked), patience)
    return True


@contextmanager
def writing_up_to_date(work: UnitOfWork) -> Iterator[Session]:
    """Write, then work out for the campaigns marked on the way what follows from it.

    Where others are writing for long the marks stand: the next page or command works it out.

    Examples
    --------
    >>> with writing_up_to_date(work) as writing:
    ...     mark_speaker(writing, ambassador_id=1)
    """
    with work.writing() as session:
        yield session
        marked = marked_in(session)
    if marked:
        with suppress(DatabaseBusyError):
            _refresh(work, _task_of(marked), None)


def mark_speaker(session: Session, ambassador_id: int) -> None:
    """Mark the campaigns whose credit rests on somebody's posts; none if they made none.

    Examples
    --------
    >>> with writing_up_to_date(work) as writing:
    ...     mark_speaker(writing, ambassador_id=1)  # and move their phone or change their state
    """
    person_id = get_ambassador(session, ambassador_id).person_id
    for campaign_id in campaigns_of_speaker(session, person_id):
        mark_stale(session, campaign_id)


def _task_of(marked: Collection[int | None]) -> _Task:
    campaigns = {one for one in marked if one is not None}
    return _Task(None) if None in marked else _Task(campaigns, with_parents=False)


def _refresh(work: UnitOfWork, task: _Task, patience: float | None) -> MatchReport:
    for _ in range(_ROUNDS):
        try:
            return _Round(work, task, patience).run()
        except _OvertakenError:
            continue
        except DBAPIError as error:
            if not is_about_other_rows(error):  # else one it rests on has gone, or is there, meanwhile
                raise
    with work.writing(patience) as session:
        return _refresh_in(session, work, task)


def _refresh_in(session: Session, work: UnitOfWork, task: _Task) -> MatchReport:
    wanted = campaign_ids(session) if task.campaigns is None else sorted(task.campaigns)
    for campaign_id in wanted:
        get_campaign(session, campaign_id, lock=True)
    next_turn(session)
    marks = stale_marks(session)
    if task.with_parents:
        resolve_parents(session)
        infer_parents_in(session)
        rebuild_derived_ties(session)
    counts: list[CampaignMatchCount] = []
    for campaign_id in wanted:
        counts += match_in(session, work, campaign_id).campaigns
        credit_in(session, campaign_id)
    take_marks(session, [key for key, marked in marks.items() if task.answers(marked)])
    return MatchReport(tuple(counts))


class _Round:
    """One try: snapshot after snapshot, each followed by the pieces that make the rows what it says."""

    def __init__(self, work: UnitOfWork, task: _Task, patience: float | None) -> None:
        self._work, self._task, self._patience = work, task, patience
        with work.reading(one_moment=True) as session:
            self._turn = turn(session)
            self._marks = [key for key, marked in stale_marks(session).items() if task.answers(marked)]
            self._campaigns = campaign_ids(session) if task.campaigns is None else sorted(task.campaigns)

    def run(self) -> MatchReport:
        """Work all of it out and write it; the marks go last."""
        if self._task.with_parents:
            self._parents()
        report = self._matches()
        self._credit()
        self._write(None, [partial(take_marks, keys=self._marks)])
        return report

    def _parents(self) -> None:
        with self._snapshot() as session:
            unresolved = has_unresolved(session)
        self._write(None, [resolve_parents] if unresolved else [])
        with self._snapshot() as session:
            named = named_parents(session)
        self._write(None, (partial(point_by_text, wanted=dict(some)) for some in _cut(named.items())))
        with self._snapshot() as session:
            possible = changed_candidates(session, possible_parents(session))
            ties = changed_ties(session)
        self._write(
            None,
            (
                partial(replace_candidates, changes=dict(some), version=VERSION)
                for some in _cut(possible.items())
            ),
        )
        self._write(None, (partial(write_tie_changes, changes=some) for some in _cut(ties)))

    def _matches(self) -> MatchReport:
        with self._snapshot() as session:
            judged = judge_mentions(session, self._campaigns)
        for one in judged:
            pieces: list[_Piece] = [
                partial(write_judged, work=self._work, judged=one, mention_ids=some)
                for some in _cut(one.differs)
            ]
            if not one.is_numbered:
                pieces.append(partial(number_judged, judged=one))
            self._write(one.count.campaign_id, pieces)
        return MatchReport(tuple(one.count for one in judged))

    def _credit(self) -> None:
        with self._snapshot() as session:
            shared = [one for one in share_mentions(session, self._campaigns) if one.differs]
        for one in shared:
            pieces = (partial(write_shared, shared=one, mention_ids=some) for some in _cut(one.differs))
            self._write(one.campaign_id, pieces)

    @contextmanager
    def _snapshot(self) -> Iterator[Session]:
        """Read all of one moment, the moment after what was written last."""
        with self._work.reading(one_moment=True) as session:
            if turn(session) != self._turn:
                raise _OvertakenError
            yield session

    def _write(self, campaign_id: int | None, pieces: Iterable[_Piece]) -> None:
        """Write each piece in a transaction of its own, unless somebody else has written since."""
        for piece in pieces:
            began = monotonic()
            with self._work.writing(self._patience) as session:
                if campaign_id is not None:
                    get_campaign(session, campaign_id, lock=True)
                if next_turn(session) != self._turn:
                    raise _OvertakenError
                piece(session)
            self._turn += 1
            let_others(began)


def _cut(rows: Iterable[Any]) -> Iterable[list[Any]]:
    return chunks(rows, AT_ONCE)

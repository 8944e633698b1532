"""Bring everything that follows from mentions up to date: parents, ties, matches, credit, cases, incidents.

All of it is worked out on a snapshot, while others write, and only what differs is written, piece by piece.
Whoever finds at a piece that somebody else has recomputed since starts again; the marks go last, so that what
is cut off in between is finished by whoever comes next.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from time import monotonic
from typing import Any, Final

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from ambassador.errors import DatabaseBusyError
from ambassador.services.care.follow import follow_posts, posts_to_follow
from ambassador.services.incidents.following import (
    IncidentChange,
    follow_incidents,
    incidents_to_follow,
    write_incidents,
)
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
from ambassador.store.cascades.around import posts_around
from ambassador.store.cascades.parent_candidates import (
    Possibility,
    changed_candidates,
    point_by_text,
    replace_candidates,
)
from ambassador.store.cascades.parents import has_unresolved, resolve_parents
from ambassador.store.mentions.credit import begin_to_speak, campaigns_of_speaker
from ambassador.store.mentions.mentions import newest_number
from ambassador.store.networks.derived_ties import (
    AddedTies,
    authors_naming,
    authors_of,
    changed_ties,
    changed_ties_towards,
    rebuild_derived_ties,
    write_added_ties,
    write_tie_changes,
)
from ambassador.store.stale import (
    Mark,
    Touched,
    change_marks,
    has_marks,
    joined,
    mark_stale,
    mark_touched,
    marked_in,
    next_turn,
    stale_marks,
    take_marks,
    touched_marks,
    turn,
)
from ambassador.values.mentions.mentions import CampaignMatchCount, MatchReport

AT_ONCE = 3_000
"""Rows written in one transaction: others who write wait for so many."""
_MOST_TOUCHED: Final = 0.25
"""From which share of all posts on it is less work to look at all of them."""
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
    with_touched: bool = False
    """Whether what follows from the posts that marks name is worked out too."""

    def answers(self, marked: Mark) -> bool:
        """Tell whether a mark is answered by it."""
        if isinstance(marked, Touched):
            return self.campaigns is None or self.with_touched
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
        return has_marks(session)


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
        task = _task_of(marked)
        if task.with_touched and len(joined(marked).posts) > _MOST_TOUCHED * newest_number(session):
            task = _Task(None)
    if marked:  # else somebody has done it just now
        _refresh(work, task, patience)
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
            _refresh(replace(work, kept=None), _task_of(marked), None)  # what follows is never taken back


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


def _task_of(marked: Collection[Mark]) -> _Task:
    if None in marked:
        return _Task(None)
    campaigns = {one for one in marked if isinstance(one, int)}
    touched = any(isinstance(one, Touched) for one in marked)
    return _Task(campaigns, with_parents=False, with_touched=touched)


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
    if task.with_touched:
        return _AllAtOnce(session, work, task).run()
    wanted = campaign_ids(session) if task.campaigns is None else sorted(task.campaigns)
    for campaign_id in wanted:
        get_campaign(session, campaign_id, lock=True)
    next_turn(session)
    marks = stale_marks(session)
    if task.with_parents:
        resolve_parents(session)
        infer_parents_in(session)
        rebuild_derived_ties(session)
        change_marks(session, _to_count_anew(touched_marks(session)))
    counts: list[CampaignMatchCount] = []
    for campaign_id in wanted:
        counts += match_in(session, work, campaign_id).campaigns
        credit_in(session, campaign_id)
    follow_posts(session, work)
    follow_incidents(session, work)
    take_marks(session, [key for key, marked in marks.items() if task.answers(marked)])
    return MatchReport(tuple(counts))


class _Round:
    """One try: snapshot after snapshot, each followed by the pieces that make the rows what it says."""

    def __init__(self, work: UnitOfWork, task: _Task, patience: float | None) -> None:
        self._work, self._task, self._patience = work, task, patience
        with self._opened() as session:
            self._turn = turn(session)
            marks = {key: marked for key, marked in stale_marks(session).items() if task.answers(marked)}
            self._campaigns = campaign_ids(session) if task.campaigns is None else sorted(task.campaigns)
            others = set(campaign_ids(session)) - set(self._campaigns) if task.with_touched else set()
        self._marks = list(marks)
        self._touched = joined(marks.values())
        self._may_hide = any(isinstance(one, Touched) and not one.is_pointed for one in marks.values())
        """Whether hidden parents may be others now."""
        self._others = sorted(others)
        """Campaigns in which only what hangs together with touched posts is worked out."""

    def run(self) -> MatchReport:
        """Work all of it out and write it; the marks go last."""
        if self._task.with_parents:
            self._parents()
        if self._task.with_touched:
            self._parents_of_touched()
            self._ties_of_touched()
        report = self._matches()
        self._credit()
        self._cases()
        self._incidents()
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
            anew = _to_count_anew(touched_marks(session))
        self._write(None, [partial(change_marks, marks=anew)] if anew else [])
        self._write(
            None,
            (
                partial(replace_candidates, changes=dict(some), version=VERSION)
                for some in _cut(possible.items())
            ),
        )
        self._write(None, (partial(write_tie_changes, changes=some) for some in _cut(ties)))

    def _parents_of_touched(self) -> None:
        """Point posts by their words; what the pieces change is marked with them, should they be the last."""
        with self._snapshot() as session:
            named = named_parents(session, {*self._touched.new, *self._touched.changed})
        self._write(None, (partial(self._point_by_text, wanted=dict(some)) for some in _cut(named.items())))
        if not self._may_hide:
            return
        with self._snapshot() as session:
            possible = changed_candidates(session, possible_parents(session))
        self._write(None, (partial(self._replace, changes=dict(some)) for some in _cut(possible.items())))

    def _point_by_text(self, session: Session, wanted: Mapping[int, int | None]) -> None:
        point_by_text(session, wanted)
        self._mark(session, Touched(changed=tuple(wanted)))

    def _replace(self, session: Session, changes: Mapping[int, Sequence[Possibility]]) -> None:
        replace_candidates(session, changes, VERSION)
        self._mark(session, Touched(counted=tuple(changes)))

    def _mark(self, session: Session, touched: Touched) -> None:
        self._marks.append(mark_touched(session, touched))
        self._touched = joined([self._touched, touched])

    def _ties_of_touched(self) -> None:
        """Count anew the ties towards authors of changed posts, and add new posts to the others.

        A mark says that its posts are counted from the piece on that counts them: no piece counts one twice.
        """
        with self._snapshot() as session:
            marks = {key: one for key, one in touched_marks(session).items() if not one.is_counted}
            anew, towards = counted_anew(session, marks)
            ties = changed_ties_towards(session, towards)
            marks |= anew
            groups = list(_grouped(marks))
            added = AddedTies(session, [[post for key in keys for post in marks[key].new] for keys in groups])
        self._write(None, [partial(change_marks, marks=anew)] if anew else [])
        self._write(None, (partial(write_tie_changes, changes=some) for some in _cut(ties)))
        self._write(
            None,
            (
                partial(_add_ties, ties=added.take(number), counted=_counted(marks, keys))
                for number, keys in enumerate(groups)
            ),
        )

    def _matches(self) -> MatchReport:
        with self._snapshot() as session:
            judged = judge_mentions(session, self._campaigns)
            if self._others:
                judged += judge_mentions(session, self._others, posts_around(session, self._touched.posts))
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
            if self._others:
                # a platform that begins to say what posts answer changes the credit of all that do not
                all_of_them = begin_to_speak(session, self._touched.posts)
                among = None if all_of_them else posts_around(session, self._touched.posts)
                shared += [one for one in share_mentions(session, self._others, among) if one.differs]
        for one in shared:
            pieces = (partial(write_shared, shared=one, mention_ids=some) for some in _cut(one.differs))
            self._write(one.campaign_id, pieces)

    def _cases(self) -> None:
        """Let replies of ours answer cases, and what customers said next go to theirs."""
        with self._snapshot() as session:
            cases = sorted({case_id for case_id, _, _ in posts_to_follow(session)})
        self._write(None, (partial(follow_posts, work=self._work, case_ids=some) for some in _cut(cases)))

    def _incidents(self) -> None:
        """Open, change and close incidents as the posts now say."""
        with self._snapshot() as session:
            changes: list[IncidentChange] = incidents_to_follow(session, self._work)
        self._write(None, (partial(write_incidents, work=self._work, changes=some) for some in _cut(changes)))

    @contextmanager
    def _snapshot(self) -> Iterator[Session]:
        """Read all of one moment, the moment after what was written last."""
        with self._opened() as session:
            if turn(session) != self._turn:
                raise _OvertakenError
            yield session

    @contextmanager
    def _opened(self) -> Iterator[Session]:
        with self._work.reading(one_moment=True) as session:
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


class _AllAtOnce(_Round):
    """The same inside a transaction that is already open, for whom nobody can overtake."""

    def __init__(self, session: Session, work: UnitOfWork, task: _Task) -> None:
        self._session = session
        next_turn(session)
        super().__init__(work, task, None)

    @contextmanager
    def _opened(self) -> Iterator[Session]:
        self._session.flush()
        yield self._session

    def _write(self, campaign_id: int | None, pieces: Iterable[_Piece]) -> None:
        if campaign_id is not None:
            get_campaign(self._session, campaign_id, lock=True)
        for piece in pieces:
            piece(self._session)


def counted_anew(session: Session, marks: Mapping[str, Touched]) -> tuple[dict[str, Touched], set[int]]:
    """Find the accounts towards which ties have to be counted anew, and the marks that have to say so.

    New posts of theirs are counted with the others then, and not added to what stands.

    Examples
    --------
    >>> counted_anew(session, {"one": Touched(new=(1,))})
    ({}, set())
    """
    touched = joined(marks.values())
    towards = set(authors_of(session, touched.changed).values())
    towards |= authors_naming(session, touched.accounts, apart_from=frozenset(touched.new))
    if not towards:
        return {}, towards
    theirs = {post for post, account in authors_of(session, touched.new).items() if account in towards}
    return {key: _moved(one, theirs) for key, one in marks.items() if theirs.intersection(one.new)}, towards


def _moved(touched: Touched, posts: AbstractSet[int]) -> Touched:
    return touched._replace(
        new=tuple(post for post in touched.new if post not in posts),
        changed=(*touched.changed, *(post for post in touched.new if post in posts)),
    )


def _to_count_anew(marks: Mapping[str, Touched]) -> dict[str, Touched]:
    """Say of posts that may have been counted just now that they are counted anew."""
    return {key: _moved(one, frozenset(one.new)) for key, one in marks.items() if one.new}


def _counted(marks: Mapping[str, Touched], keys: Collection[str]) -> dict[str, Touched]:
    return {key: Touched(counted=tuple(sorted(marks[key].posts))) for key in keys}


def _grouped(marks: Mapping[str, Touched]) -> Iterator[list[str]]:
    """Part marks so that those of a group bring about as many new posts as a piece holds."""
    group: list[str] = []
    posts = 0
    for key, one in marks.items():
        if group and posts + len(one.new) > AT_ONCE:
            yield group
            group, posts = [], 0
        group.append(key)
        posts += len(one.new)
    if group:
        yield group


def _add_ties(
    session: Session, ties: tuple[list[dict[str, Any]], list[dict[str, Any]]], counted: Mapping[str, Touched]
) -> None:
    write_added_ties(session, *ties)
    change_marks(session, counted)


def _cut(rows: Iterable[Any]) -> Iterable[list[Any]]:
    return chunks(rows, AT_ONCE)

"""What a contest comes to: points by votes and by jury, places, and how safe the first one is."""

from collections.abc import Collection, Sequence

from sqlmodel import Session

from ambassador.metrics.contest import (
    WHOLE,
    ContestPoints,
    contest_points,
    first_places,
    votes_until_shared,
)
from ambassador.services.activations.counting import Count, CountedVoter, count_ballots
from ambassador.services.activations.law import refuse_other_kinds
from ambassador.services.work import UnitOfWork
from ambassador.store.activations import activations as store
from ambassador.store.activations.ballots import read_ballots
from ambassador.store.activations.entries import list_entries
from ambassador.store.activations.jury import list_marks
from ambassador.store.tables.activations import Activation, ActivationEntry, JuryMark
from ambassador.values.activations.contests import ContestResult, JurorRow, RankedEntry


def count_contest(work: UnitOfWork, activation_id: int) -> ContestResult:
    """Rank the entries of a contest by its votes and the marks of its jury.

    Examples
    --------
    >>> from datetime import date
    >>> from ambassador.services.activations.activations import create_activation
    >>> from ambassador.values.activations.activations import ActivationDraft
    >>> from ambassador.values.activations.states import ActivationKind
    >>> photos = ActivationDraft("Photos", date(2026, 5, 1), date(2026, 5, 31), ActivationKind.CONTEST)
    >>> count_contest(work, create_activation(work, photos)).entries
    ()
    """
    with work.reading() as session:
        row = store.get_activation(session, activation_id)
        refuse_other_kinds(row)
        return ranking_of(session, row)


def ranking_of(session: Session, row: Activation) -> ContestResult:
    """Rank within somebody else's transaction.

    Examples
    --------
    >>> ranking_of(session, Activation(id=7, title="Photos")).jurors
    ()
    """
    number = row.id or 0
    there = [entry for entry in list_entries(session, number) if entry.withdrawn_at is None]
    keys = [entry.id or 0 for entry in there]
    count = count_ballots(read_ballots(session, number), keys)
    given = [one for one in list_marks(session, number) if one.entry_id in set(keys)]
    marks = [[one.points for one in given if one.entry_id == key] for key in keys]
    votes, weight = _votes(count.voters, keys), row.jury_weight or 0
    points = contest_points(votes, marks, weight)
    first = first_places(points)
    alone = len(first) == 1
    margin = votes_until_shared(votes, marks, weight) if alone else None
    ranked = [
        _ranked(entry, one, count, points, [mark for mark in given if mark.entry_id == entry.id])
        for entry, one in zip(there, points, strict=True)
    ]
    ranked.sort(key=lambda one: (one.place is None, one.place or 0, -one.votes))
    return ContestResult(
        participation=count.participation,
        jury_weight=weight,
        entries=tuple(ranked),
        jurors=_jurors(given, keys),
        tied_first=len(first) > 1,
        margin=margin,
        holds_without_votes=alone and margin is None,
        first_by_votes=_named(keys, contest_points(votes, marks, 0)),
        first_by_jury=_named(keys, contest_points(votes, marks, WHOLE)),
        first_without_flagged=_named(keys, contest_points(_votes(count.unflagged(), keys), marks, weight)),
    )


def _votes(voters: Sequence[CountedVoter], keys: Collection[int]) -> list[int]:
    return [sum(key in one.entries for one in voters) for key in keys]


def _named(keys: Sequence[int], points: Sequence[ContestPoints]) -> tuple[int, ...]:
    return tuple(keys[place] for place in first_places(points))


def _ranked(
    entry: ActivationEntry,
    own: ContestPoints,
    count: Count,
    points: Sequence[ContestPoints],
    marks: Sequence[JuryMark],
) -> RankedEntry:
    number, total = entry.id or 0, own.total
    better = sum(one.total is not None and total is not None and one.total > total for one in points)
    return RankedEntry(
        entry_id=number,
        key=entry.key,
        title=entry.title,
        place=better + 1 if total else None,
        votes=count.votes(number),
        flagged=count.votes(number, flagged_only=True),
        vote_points=float(own.by_votes),
        marks=tuple((one.juror, one.points) for one in marks),
        jury_points=None if own.by_jury is None else float(own.by_jury),
        points=None if total is None else float(total),
    )


def _jurors(marks: Sequence[JuryMark], keys: Collection[int]) -> tuple[JurorRow, ...]:
    given: dict[str, list[int]] = {}
    for one in marks:
        given.setdefault(one.juror, []).append(one.points)
    return tuple(
        JurorRow(name, len(points), len(keys) - len(points), sum(points) / len(points))
        for name, points in sorted(given.items())
    )

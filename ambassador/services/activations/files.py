"""A result as files that anybody can recount: ideas, ballots without names, or both as ``.pb``."""

from pathlib import PurePath
from typing import Final

from sqlmodel import Session

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.reports import csv_table
from ambassador.reports.votes import VotesForFile, pb_file
from ambassador.services.activations.contests import ranking_of
from ambassador.services.activations.counting import Count, count_ballots
from ambassador.services.activations.ideas import result_of
from ambassador.services.work import UnitOfWork
from ambassador.store.activations import activations as store
from ambassador.store.activations.ballots import read_ballots
from ambassador.store.activations.entries import list_entries
from ambassador.store.tables.activations import Activation
from ambassador.values.activations.results import IdeasResult
from ambassador.values.activations.states import ActivationKind, BudgetRule

_RULES: Final = {
    BudgetRule.VOTES: "greedy",
    BudgetRule.VOTES_PER_COST: "greedy-votes-per-cost",
    BudgetRule.EQUAL_SHARES: "equalshares",
}
ENDINGS: Final = (".pb", ".csv")


def votes_file(
    work: UnitOfWork,
    activation_id: int,
    ending: str,
    rule: BudgetRule,
    *,
    ballots: bool = False,
    marks: bool = False,
) -> bytes:
    """Write ideas and ballots as ``.pb``, or entries, ballots or marks as CSV; nobody is named in them.

    Examples
    --------
    >>> votes_file(work, 1, ".pdf", BudgetRule.VOTES)
    Traceback (most recent call last):
    ...
    ambassador.errors.BadInputError: .pdf is no form of a result: write .pb or .csv
    """
    if ending not in ENDINGS:
        message = mark("{ending} is no form of a result: write .pb or .csv")
        raise BadInputError(message, ending=ending)
    with work.reading() as session:
        row = store.get_activation(session, activation_id)
        there = [entry for entry in list_entries(session, activation_id) if entry.withdrawn_at is None]
        keys = {entry.id or 0: entry.key for entry in there}
        count = count_ballots(read_ballots(session, activation_id), keys)
        if ending == ".csv" and ballots:
            return csv_table(
                ["voter", "vote"], [[number, ",".join(one)] for number, one in _numbered(count, keys)]
            )
        if row.kind is ActivationKind.CONTEST and ending == ".csv":
            return _marks_csv(session, row) if marks else _ranking_csv(session, row)
        if row.kind is not ActivationKind.IDEAS:
            if ending == ".pb":
                raise BadInputError(mark("{name} is no round of ideas"), name=row.title)
            rows = [[entry.key, entry.title, count.votes(entry.id or 0)] for entry in there]
            return csv_table(["key", "title", "votes"], rows)
        result = result_of(session, row)
        if ending == ".csv":
            return _ideas_csv(result)
        return _pb(row, result, rule, [one for _, one in _numbered(count, keys)])


def ending_of(name: str) -> str:
    """Tell the form of a result by the name of its file.

    Examples
    --------
    >>> ending_of("result.PB")
    '.pb'
    """
    return PurePath(name).suffix.casefold()


def _ranking_csv(session: Session, row: Activation) -> bytes:
    """Write every part that the points are made of, so that they can be added up again."""
    result = ranking_of(session, row)
    headers = [
        "place", "key", "title", "votes", "vote_points", "marks", "jury_points", "jury_weight", "points",
    ]  # fmt: skip
    rows = [
        [one.place, one.key, one.title, one.votes, one.vote_points, len(one.marks),
         one.jury_points, result.jury_weight, one.points]
        for one in result.entries
    ]  # fmt: skip
    return csv_table(headers, rows)


def _marks_csv(session: Session, row: Activation) -> bytes:
    result = ranking_of(session, row)
    numbers = {juror.name: number for number, juror in enumerate(result.jurors, start=1)}
    rows = [[numbers[name], one.key, points] for one in result.entries for name, points in one.marks]
    return csv_table(["juror", "entry", "mark"], sorted(rows, key=str))


def _numbered(count: Count, keys: dict[int, str]) -> list[tuple[int, tuple[str, ...]]]:
    """Number the voters in the order they first came, and name what each chose by its keys."""
    return [
        (number, tuple(keys[entry] for entry in one.entries))
        for number, one in enumerate(count.voters, start=1)
    ]


def _ideas_csv(result: IdeasResult) -> bytes:
    headers = ["key", "title", "cost", "currency", "votes", *(rule.value for rule in BudgetRule)]
    rows = [
        [one.key, one.title, one.cost.amount, one.cost.currency, one.votes,
         *(int(rule in one.built_by) for rule in BudgetRule)]
        for one in result.ideas
    ]  # fmt: skip
    return csv_table(headers, rows)


def _pb(row: Activation, result: IdeasResult, rule: BudgetRule, ballots: list[tuple[str, ...]]) -> bytes:
    """Keep the ideas in the order they were entered: where votes are equal it decides."""
    built = set(result.of(rule).built)
    ideas = [
        (one.key, one.title, one.cost, one.votes, one.entry_id in built)
        for one in sorted(result.ideas, key=lambda one: one.entry_id)
    ]
    days = (f"{row.starts_on:%d.%m.%Y}", f"{row.ends_on:%d.%m.%Y}")
    return pb_file(VotesForFile(row.title, result.budget, _RULES[rule], ideas, ballots, days))

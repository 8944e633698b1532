"""Ideas and ballots as a ``.pb`` file of participatory budgeting, which other programs can count again."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO

from ambassador.reports.plain_table import printable
from ambassador.values.money import Money


@dataclass(frozen=True, slots=True)
class VotesForFile:
    """What such a file holds: voters are numbered, nobody is named."""

    title: str
    budget: Money
    rule: str
    ideas: Sequence[tuple[str, str, Money, int, bool]]
    """Key, name, cost, votes, and whether it is built."""
    ballots: Sequence[tuple[str, ...]]
    """The keys each voter chose, one ballot a person."""
    days: tuple[str, str]
    """First and last, as DD.MM.YYYY."""


def pb_file(votes: VotesForFile) -> bytes:
    r"""Write the three tables of the format, with semicolons.

    Examples
    --------
    >>> one = VotesForFile(
    ...     "Ideas",
    ...     Money(5_000),
    ...     "greedy",
    ...     [("1", "Park", Money(5_000), 1, True)],
    ...     [("1",)],
    ...     ("01.05.2026", "31.05.2026"),
    ... )
    >>> pb_file(one).decode().splitlines()[-4:]
    ['1;50;1;Park;1', 'VOTES', 'voter_id;vote', '1;1']
    """
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    meta = (
        ("description", votes.title),
        ("num_projects", len(votes.ideas)),
        ("num_votes", len(votes.ballots)),
        ("budget", _amount(votes.budget)),
        ("currency", votes.budget.currency),
        ("vote_type", "approval"),
        ("rule", votes.rule),
        ("date_begin", votes.days[0]),
        ("date_end", votes.days[1]),
    )
    writer.writerows([["META"], ["key", "value"], *([name, _line(value)] for name, value in meta)])
    writer.writerows([["PROJECTS"], ["project_id", "cost", "votes", "name", "selected"]])
    writer.writerows(
        [_line(key), _amount(cost), count, _line(name), int(built)]
        for key, name, cost, count, built in votes.ideas
    )
    writer.writerows([["VOTES"], ["voter_id", "vote"]])
    writer.writerows(
        [number, ",".join(map(_line, keys))] for number, keys in enumerate(votes.ballots, start=1)
    )
    return text.getvalue().encode()


def _amount(money: Money) -> str:
    """Write an amount without an exponent and without needless zeros."""
    text = f"{money.amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _line(value: object) -> str:
    return printable(" ".join(str(value).split()))

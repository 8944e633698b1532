"""What a round of ideas comes to: three rules side by side, and how sure each is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import numpy as np
from sqlmodel import Session

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.metrics.budgeting import (
    by_votes,
    by_votes_per_cost,
    equal_shares,
    unrepresented,
    votes_until_out,
)
from ambassador.metrics.budgeting.greedy import BuiltIdeas
from ambassador.metrics.budgeting.method_of_equal_shares import SharedBudget, as_built
from ambassador.services.activations.counting import Count, CountedVoter, count_ballots, supporters_of
from ambassador.services.work import UnitOfWork
from ambassador.store.activations import activations as store
from ambassador.store.activations.ballots import read_ballots
from ambassador.store.activations.entries import list_entries
from ambassador.store.tables.activations import Activation, ActivationEntry
from ambassador.values.activations.results import (
    IdeaResult,
    IdeasResult,
    RuleResult,
    SafetyMargin,
    TiedEntries,
)
from ambassador.values.activations.states import ActivationKind, BudgetRule
from ambassador.values.money import Money

_GREEDY: Final[dict[BudgetRule, Callable[[Sequence[int], Sequence[int], int], BuiltIdeas]]] = {
    BudgetRule.VOTES: by_votes,
    BudgetRule.VOTES_PER_COST: by_votes_per_cost,
}
_MOST_FOR_MARGINS: Final = 200_000
"""Voters times ideas up to which equal shares are computed some ten times over to find their margin."""


def count_ideas(work: UnitOfWork, activation_id: int) -> IdeasResult:
    """Count the votes of a round of ideas, and say what the budget pays for by each rule.

    Examples
    --------
    >>> from datetime import date
    >>> from ambassador.services.activations.activations import create_activation
    >>> from ambassador.values.activations.activations import ActivationDraft
    >>> draft = ActivationDraft("Ideas", date(2026, 5, 1), date(2026, 5, 31), budget=Money(100_000))
    >>> count_ideas(work, create_activation(work, draft)).participation.voters
    0
    """
    with work.reading() as session:
        row = store.get_activation(session, activation_id)
        if row.kind is not ActivationKind.IDEAS:
            raise BadInputError(mark("{name} is no round of ideas"), name=row.title)
        return result_of(session, row)


def result_of(session: Session, row: Activation) -> IdeasResult:
    """Count within somebody else's transaction.

    Examples
    --------
    >>> result_of(
    ...     session, Activation(kind=ActivationKind.IDEAS, title="x", starts_on=None, ends_on=None)
    ... ).ideas
    ()
    """
    number = row.id or 0
    there = [entry for entry in list_entries(session, number) if entry.withdrawn_at is None]
    count = count_ballots(read_ballots(session, number), {entry.id or 0 for entry in there})
    priced = [entry for entry in there if entry.cost_minor is not None]
    table = _IdeaTable.of(count.voters, priced, row.budget_minor or 0)
    fewer = _IdeaTable.of(count.unflagged(), priced, row.budget_minor or 0)
    rules = tuple(_rule_result(rule, table, fewer, row.currency) for rule in BudgetRule)
    ideas = [_idea(entry, count, rules, row.currency) for entry in priced]
    return IdeasResult(
        participation=count.participation,
        budget=Money(row.budget_minor or 0, row.currency),
        ideas=tuple(sorted(ideas, key=lambda one: -one.votes)),
        rules=rules,
        without_cost=tuple(entry.title or entry.key for entry in there if entry.cost_minor is None),
    )


@dataclass(frozen=True)
class _IdeaTable:
    """Ideas with their costs and supporters, by place."""

    entries: tuple[int, ...]
    costs: tuple[int, ...]
    supporters: tuple[np.ndarray, ...]
    voters: int
    budget: int

    @classmethod
    def of(
        cls, voters: Sequence[CountedVoter], ideas: Sequence[ActivationEntry], budget: int
    ) -> "_IdeaTable":
        """Lay voters and ideas out by place."""
        entries = tuple(one.id or 0 for one in ideas)
        costs = tuple(one.cost_minor or 0 for one in ideas)
        return cls(entries, costs, tuple(supporters_of(voters, entries)), len(voters), budget)

    @property
    def votes(self) -> list[int]:
        """Votes for each idea."""
        return [one.size for one in self.supporters]

    def built(self, rule: BudgetRule) -> BuiltIdeas:
        """What a rule builds."""
        greedy = _GREEDY.get(rule)
        return as_built(self.shared) if greedy is None else greedy(self.costs, self.votes, self.budget)

    @cached_property
    def shared(self) -> SharedBudget:
        """What equal shares build, and how."""
        return equal_shares(self.costs, self.supporters, self.voters, self.budget)

    def without_last(self, idea: int, count: int) -> "_IdeaTable":
        """The same, as if the last so many who voted for an idea had not voted for it."""
        kept = self.supporters[idea][: self.supporters[idea].size - count]
        supporters = [kept if place == idea else one for place, one in enumerate(self.supporters)]
        return replace(self, supporters=tuple(supporters))

    def names(self, places: Sequence[int]) -> tuple[int, ...]:
        """The numbers of ideas by their places."""
        return tuple(self.entries[place] for place in places)


def _rule_result(rule: BudgetRule, table: _IdeaTable, fewer: _IdeaTable, currency: str) -> RuleResult:
    found = table.built(rule)
    more: dict[str, Any] = {}
    if rule is BudgetRule.EQUAL_SHARES:
        more = {"by_completion": table.names(table.shared.completed), "raised": table.shared.raised}
    return RuleResult(
        rule=rule,
        built=table.names(found.built),
        spent=Money(sum(table.costs[idea] for idea in found.built), currency),
        unrepresented=unrepresented(table.supporters, found.built, table.voters),
        tied=tuple(TiedEntries(table.entries[one.built], table.entries[one.left]) for one in found.ties),
        margin=_margin(rule, table, found),
        without_flagged=fewer.names(fewer.built(rule).built),
        **more,
    )


def _margin(rule: BudgetRule, table: _IdeaTable, found: BuiltIdeas) -> SafetyMargin | None:
    """Find the built idea that is lost first as votes for it fall; of equal shares the one decided last."""
    if not found.built:
        return None
    greedy = _GREEDY.get(rule)
    if greedy is not None:
        each = {
            idea: votes_until_out(table.costs, table.votes, table.budget, idea, greedy)
            for idea in found.built
        }
        idea = min(each, key=lambda one: (each[one], found.built.index(one)))
        return SafetyMargin(table.entries[idea], each[idea])
    if table.voters * len(table.entries) > _MOST_FOR_MARGINS:
        return None
    idea = found.built[-1]
    low, high = 0, table.votes[idea]
    while high - low > 1:
        middle = (low + high) // 2
        if idea in table.without_last(idea, middle).built(rule).built:
            low = middle
        else:
            high = middle
    return SafetyMargin(table.entries[idea], high)


def _idea(entry: ActivationEntry, count: Count, rules: Sequence[RuleResult], currency: str) -> IdeaResult:
    number = entry.id or 0
    return IdeaResult(
        entry_id=number,
        key=entry.key,
        title=entry.title,
        cost=Money(entry.cost_minor or 0, currency),
        votes=count.votes(number),
        flagged=count.votes(number, flagged_only=True),
        built_by=tuple(one.rule for one in rules if number in one.built),
    )
